"""What Bob says: one file per conversation, each a pure decision table."""
