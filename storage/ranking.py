"""The order of review, as a short queue: what it is drawn from, and putting it in place.

Each response has a random number that nobody sees or chooses. Those below `RANDOM_SHARE` are never picked for what
they say, only in the order of their numbers, so that what people decide on them measures how good the machine is.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from dialogues.script import Language
from nlp.review_order import ONE_DRAWN_IN, Reason
from storage.database import Transaction
from storage.ids import ResponseId

RANDOM_SHARE = 1 / ONE_DRAWN_IN


@dataclass(frozen=True, slots=True)
class Candidate:
    """A reply that waits for review, as it was tagged. `vector` holds float32 rows."""

    response_id: ResponseId
    redacted: str
    vector: bytes
    language: Language


def candidates(tx: Transaction, encoder: str, limit: int) -> list[Candidate]:
    """Return waiting replies that encoder has read and that may be picked: a random sample of at most `limit`.

    Those whose tags are all accepted are left for later.
    """
    rows = tx.execute(
        """
        SELECT responses.id, redacted, vector, language
        FROM responses JOIN taggings ON taggings.response_id = responses.id
        WHERE taggable = 1 AND flags = '[]' AND codebook_version IS NOT NULL AND decided = 0
            AND draw >= :share AND encoder = :encoder
            AND NOT EXISTS (
                SELECT 1 FROM taggers WHERE taggers.version = responses.tagger
                    AND accepted_from <= (SELECT min(confidence) FROM tags WHERE tags.response_id = responses.id)
            )
        ORDER BY draw LIMIT :limit
        """,
        {"share": RANDOM_SHARE, "encoder": encoder, "limit": limit},
    )
    return [Candidate(ResponseId(row[0]), row[1], row[2], Language(row[3])) for row in rows]


def drawn(tx: Transaction, limit: int) -> list[ResponseId]:
    """Return waiting replies that were drawn to measure with, in the order drawn; none of a test run."""
    rows = tx.execute(
        """
        SELECT responses.id FROM responses JOIN conversations ON conversations.id = conversation_id
        WHERE taggable = 1 AND flags = '[]' AND codebook_version IS NOT NULL AND decided = 0
            AND draw < :share AND pilot = 0 AND responses.id NOT IN (SELECT response_id FROM reviews)
        ORDER BY draw LIMIT :limit
        """,
        {"share": RANDOM_SHARE, "limit": limit},
    )
    return [ResponseId(response_id) for (response_id,) in rows]


def decided_counts(tx: Transaction) -> Counter[str]:
    """Return how many decided replies have each theme."""
    rows = tx.execute(
        """
        SELECT theme, count(*) FROM review_themes JOIN responses ON responses.id = response_id
        WHERE taggable = 1 AND flags = '[]' AND decided = 1 GROUP BY theme
        """
    )
    return Counter(dict(rows.fetchall()))


def rank(tx: Transaction, ranked: Sequence[tuple[ResponseId, Reason]]) -> None:
    """Put these replies at the head of review, in this order, in the place of those that were; unknown ids drop out."""
    tx.execute("DELETE FROM review_queue")
    tx.executemany(
        """
        INSERT INTO review_queue (response_id, place, reason)
        SELECT id, :place, :reason FROM responses WHERE id = :id
        """,
        [{"id": response_id, "place": place, "reason": reason} for place, (response_id, reason) in enumerate(ranked)],
    )
