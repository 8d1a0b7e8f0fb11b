"""Pictures: values in, the bytes of a PNG out. No words of its own, no clock, no network."""
