"""Telegram as a channel: updates in, messages out, over the Bot API."""
