"""Text in; themes, flags and redactions out. Imports nothing of ours."""
