"""Bob: a job seeker's companion on Telegram."""
