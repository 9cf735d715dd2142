"""What the machine tags by: the codebook in use, the responses to stand out against, and when either changed."""

from dataclasses import dataclass

from storage import codebooks
from storage.database import Transaction

BACKGROUND_STEPS = (0, 100, 200, 400, 800)


@dataclass(frozen=True, slots=True)
class State:
    """What tags depend on, as far as it changes by itself: equal states, equal tags.

    `decisions` counts the decisions that stand, `newest` is when the newest was made. `background` is how many
    responses to learn from what all have in common: a step of `BACKGROUND_STEPS`, so that it rarely changes.
    """

    codebook_version: str
    decisions: int
    newest: str
    background: int


def state(tx: Transaction) -> State | None:
    """Return the state of things; None while there is no codebook."""
    active = codebooks.active(tx)
    if active is None:
        return None
    decisions, newest = tx.execute(
        """
        SELECT count(*), coalesce(max(decided_at), '') FROM reviews
        JOIN responses ON responses.id = response_id WHERE decided = 1 AND flags = '[]' AND taggable = 1
        """
    ).fetchone()
    (read,) = tx.execute(
        "SELECT count(*) FROM (SELECT 1 FROM taggings LIMIT :most)", {"most": BACKGROUND_STEPS[-1]}
    ).fetchone()
    return State(active[0], decisions, newest, max(step for step in BACKGROUND_STEPS if step <= read))


def first_vectors(tx: Transaction, encoder: str, count: int) -> tuple[bytes, ...]:
    """Return the stored float32 rows of the oldest responses that this encoder has read, at most `count`."""
    rows = tx.execute(
        "SELECT vector FROM taggings WHERE encoder = :encoder ORDER BY response_id LIMIT :count",
        {"encoder": encoder, "count": count},
    )
    return tuple(vectors for (vectors,) in rows)
