"""Where people meet it: Telegram, terminal, command line, wiring. Imports all the other rooms."""
