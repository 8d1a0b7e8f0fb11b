"""Telegram's edge: updates in, calls out, through aiogram."""
