"""Live sources for occupations and places: optional, asked only where the embedded lists are not sure."""
