"""Messages to several people at once."""
