"""What the answers of everybody teach about the actions: outcomes in, a small table of multipliers out."""
