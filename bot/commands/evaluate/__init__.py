"""`bob evaluate`: how much of what people type is understood, on the rows of `tests/evaluation/`."""
