"""What the commands of `bob` do, one subject a file."""
