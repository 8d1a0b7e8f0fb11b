"""Who needs a counsellor: the list, the alerts, the morning's digest."""
