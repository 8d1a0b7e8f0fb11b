"""`bob evaluate ...`: how well Bob understands, on sets of rows that people might type.

Each set has two parts: `work` is looked at while the search is worked on, `report` is only counted.
"""
