"""Data around the person: occupations and places, behind one small interface each."""
