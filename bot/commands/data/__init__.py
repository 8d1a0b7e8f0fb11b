"""`bob data ...`: the data around the person, imported or made anew from open sources."""
