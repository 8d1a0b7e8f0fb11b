"""The counsellors' shared group: who is followed, who needs whom today, and what is said there."""
