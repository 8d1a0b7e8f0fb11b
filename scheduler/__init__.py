"""Time: the clock, who is due, the day's push, reminders, the courier. Never imports aiogram."""
