"""Tests of the occupations: search, lexicon, the official referential."""
