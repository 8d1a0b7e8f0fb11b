"""`bob evaluate`: how often what people type is understood, on rows with the expected answer."""
