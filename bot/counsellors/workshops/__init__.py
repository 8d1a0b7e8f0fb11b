"""Workshops, with seats kept for named people."""
