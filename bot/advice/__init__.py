"""What Bob recommends: profile and history in; diagnosis, strategies, action and reasons out. No I/O but
reading its own files.
"""
