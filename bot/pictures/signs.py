"""What a day of the calendar may be, as one letter: a picture's values are plain text while they wait to be drawn."""

DONE, OPEN, REST, NOTHING, BLANK = "d", "o", "r", "n", " "
MARKS = (DONE, OPEN, REST, NOTHING)
"""Those that are drawn; BLANK (before the beginning, or still to come) shows nothing."""
