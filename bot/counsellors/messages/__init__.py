"""Messages between people and their counsellors, as copies, both ways."""
