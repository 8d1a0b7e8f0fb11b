"""A strict local Bot API server with a web page, for trying Bob in a browser and for the end-to-end tests."""
