"""Reports: of each person for their counsellor, and of the team."""
