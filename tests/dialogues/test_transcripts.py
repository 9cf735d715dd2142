from collections import Counter
from pathlib import Path

import pytest

from tests.dialogues.plays import SETS
from tests.dialogues.transcript import TRANSCRIPTS, head, replayed


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_a_conversation_reads_line_by_line_as_its_transcript(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert replayed(text).splitlines() == text.splitlines(), "see tests/dialogues/rewrite.py"


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_every_shipped_set_has_a_transcript(path: Path) -> None:
    texts = [transcript.read_text(encoding="utf-8") for transcript in TRANSCRIPTS]
    assert ("en", path.stem) in [(head(text, "language"), head(text, "set")) for text in texts]


def test_there_are_transcripts_in_both_languages() -> None:
    languages = Counter(head(path.read_text(encoding="utf-8"), "language") for path in TRANSCRIPTS)
    assert languages["es"] >= 2


def test_a_transcript_that_taps_what_is_not_there_fails() -> None:
    with pytest.raises(ValueError, match="no button 'Boat'"):
        replayed("set: getting-around\nlanguage: en\n> [I'm in]\n> [Boat]\n")
