"""Tables, engine, and units of work: plain synchronous functions over SQLAlchemy Core."""
