"""One turn of one person against the database: load, let the dialogues speak, carry out, save. One transaction."""
