"""Responses that no theme of the codebook catches, as material for new themes: redacted, with their vectors.

Never a flagged one, and none that a person gave a theme to. Where a person decided, the machine's tags do not count.
"""

from dataclasses import dataclass

from dialogues.script import Language
from storage.database import Transaction


@dataclass(frozen=True, slots=True)
class Uncaught:
    """A response in redacted words; `vectors` are the float32 rows that the encoder made of it, the whole first."""

    redacted: str
    vectors: bytes
    language: Language


def uncaught(tx: Transaction, encoder: str) -> tuple[Uncaught, ...]:
    """Return the responses without a theme that this encoder has read, the oldest first."""
    rows = tx.execute(
        """
        SELECT redacted, vector, language
        FROM responses JOIN taggings ON taggings.response_id = responses.id
        WHERE taggable = 1 AND flags = '[]' AND encoder = :encoder AND CASE decided
            WHEN 1 THEN NOT EXISTS (SELECT 1 FROM review_themes WHERE response_id = responses.id)
            ELSE NOT EXISTS (SELECT 1 FROM tags WHERE response_id = responses.id)
        END
        ORDER BY responses.id
        """,
        {"encoder": encoder},
    )
    return tuple(Uncaught(redacted, vectors, Language(language)) for redacted, vectors, language in rows)


def count_read(tx: Transaction, encoder: str) -> int:
    """Return how many responses this encoder has read, with a theme or without; flagged ones do not count."""
    row = tx.execute(
        """
        SELECT count(*) FROM responses JOIN taggings ON taggings.response_id = responses.id
        WHERE taggable = 1 AND flags = '[]' AND encoder = :encoder
        """,
        {"encoder": encoder},
    ).fetchone()
    return int(row[0])
