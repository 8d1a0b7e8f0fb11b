"""`bob data`: the embedded tables, written again from the packages that publish them."""
