"""What the machine makes of responses: redacted text, sentence vectors, and tags, which are suggestions.

A person's decision is stored elsewhere (`review`), so nothing here can touch it. Excerpts are offsets in the redacted
text.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from dialogues.script import Language
from storage.database import Transaction
from storage.ids import ResponseId
from storage.moment import to_text


@dataclass(frozen=True, slots=True)
class Untagged:
    """Own words to tag; `revision` counts their amendments, and is to be handed back with the tags."""

    response_id: ResponseId
    text: str
    language: Language
    revision: int


@dataclass(frozen=True, slots=True)
class MachineTag:
    """A theme that the machine suggests, its confidence from 0 to 1, the excerpt that earned it, and why in words."""

    theme: str
    confidence: float
    start: int
    end: int
    why: str


def untagged(tx: Transaction, codebook_version: str, limit: int) -> tuple[Untagged, ...]:
    """Return own words without tags first, then those tagged by another codebook; not what is flagged or failed."""
    rows = tx.execute(
        """
        WITH here AS NOT MATERIALIZED (
            SELECT id, text, language, revision, codebook_version FROM responses
            WHERE taggable = 1 AND flags = '[]' AND id NOT IN (SELECT response_id FROM tagging_failures)
        )
        SELECT id, text, language, revision FROM (
            SELECT * FROM (SELECT * FROM here WHERE codebook_version IS NULL ORDER BY id LIMIT :limit)
            UNION ALL
            SELECT * FROM (SELECT * FROM here WHERE codebook_version < :version ORDER BY codebook_version LIMIT :limit)
            UNION ALL
            SELECT * FROM (SELECT * FROM here WHERE codebook_version > :version ORDER BY codebook_version LIMIT :limit)
        )
        ORDER BY codebook_version IS NOT NULL, id LIMIT :limit
        """,
        {"version": codebook_version, "limit": limit},
    )
    return _untagged(rows)


def _untagged(rows: Iterable[tuple[int, str, str, int]]) -> tuple[Untagged, ...]:
    return tuple(
        Untagged(ResponseId(number), text, Language(language), revision) for number, text, language, revision in rows
    )


def read_by_others(tx: Transaction, encoder: str, limit: int) -> tuple[Untagged, ...]:
    """Return tagged words whose vectors are not of that encoder, in no order; not what is flagged or failed."""
    rows = tx.execute(
        """
        SELECT id, text, language, revision FROM (
            SELECT response_id FROM taggings WHERE encoder < :encoder
            UNION ALL
            SELECT response_id FROM taggings WHERE encoder > :encoder
        ) JOIN responses ON id = response_id
        WHERE taggable = 1 AND flags = '[]' AND id NOT IN (SELECT response_id FROM tagging_failures)
        LIMIT :limit
        """,
        {"encoder": encoder, "limit": limit},
    )
    return _untagged(rows)


def count_untagged(tx: Transaction, codebook_version: str) -> int:
    """Return how many own words `untagged` would return without a limit."""
    row = tx.execute(
        """
        SELECT count(*) FROM responses
        WHERE taggable = 1 AND flags = '[]' AND codebook_version IS NOT :version
            AND id NOT IN (SELECT response_id FROM tagging_failures)
        """,
        {"version": codebook_version},
    ).fetchone()
    return int(row[0])


def store(
    tx: Transaction,
    response_id: ResponseId,
    redacted: str,
    vector: bytes,
    encoder: str,
    model: str,
    codebook_version: str,
    tags: Sequence[MachineTag],
    now: datetime,
    *,
    revision: int,
) -> bool:
    """Put these tags in the place of earlier ones; False, changing nothing, if the words were amended or withdrawn."""
    same = tx.execute(
        """
        UPDATE responses SET codebook_version = :version
        WHERE id = :id AND revision = :revision AND taggable = 1
        """,
        {"id": response_id, "revision": revision, "version": codebook_version},
    )
    if same.rowcount != 1:
        return False
    at = to_text(now)
    tx.execute("DELETE FROM taggings WHERE response_id = :id", {"id": response_id})
    tx.execute(
        """
        INSERT INTO taggings (response_id, redacted, vector, encoder, model, tagged_at)
        VALUES (:id, :redacted, :vector, :encoder, :model, :now)
        """,
        {"id": response_id, "redacted": redacted, "vector": vector, "encoder": encoder, "model": model, "now": at},
    )
    _store_tags(tx, response_id, tags)
    return True


def failed(tx: Transaction, response_id: ResponseId, reason: str, now: datetime, *, revision: int) -> None:
    """Note why a response could not be tagged; it is tried again when it is amended or the codebook changes."""
    tx.execute(
        """
        INSERT INTO tagging_failures (response_id, reason, failed_at)
        SELECT id, :reason, :now FROM responses WHERE id = :id AND revision = :revision
        ON CONFLICT (response_id) DO UPDATE SET reason = excluded.reason, failed_at = excluded.failed_at
        """,
        {"id": response_id, "reason": reason, "now": to_text(now), "revision": revision},
    )


def suggestions(tx: Transaction, response_id: ResponseId) -> tuple[MachineTag, ...]:
    """Return the tags of a response, the most confident first."""
    rows = tx.execute(
        """
        SELECT theme, confidence, start_chars, end_chars, why FROM tags
        WHERE response_id = :id ORDER BY confidence DESC, theme
        """,
        {"id": response_id},
    )
    return tuple(MachineTag(*row) for row in rows)


def _store_tags(tx: Transaction, response_id: ResponseId, tags: Sequence[MachineTag]) -> None:
    rows = [
        {"id": response_id, "theme": one.theme, "confidence": one.confidence, "start": one.start, "end": one.end,
         "why": one.why}
        for one in tags
    ]  # fmt: skip
    tx.executemany(
        """
        INSERT INTO tags (response_id, theme, confidence, start_chars, end_chars, why)
        VALUES (:id, :theme, :confidence, :start, :end, :why)
        """,
        rows,
    )
