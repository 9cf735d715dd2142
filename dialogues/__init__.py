"""What is asked and what happens next: pure. Imports nothing of ours, and no I/O but reading its own files."""
