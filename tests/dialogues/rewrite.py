"""`python -m tests.dialogues.rewrite`: plays the transcripts again and writes down what the bot says now.

Read the difference before you commit it. To add a transcript, write a file with its two lines at the top and the lines
of the respondent, and run this.
"""

from tests.dialogues.transcript import TRANSCRIPTS, replayed


def main() -> None:
    for path in TRANSCRIPTS:
        path.write_text(replayed(path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
