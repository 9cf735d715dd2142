"""What the machine makes of responses: redacted text, sentence vectors, and tags, which are suggestions.

Vectors are stored once; tagging again, after a review or with another codebook, writes tags only. A person's decision
is stored elsewhere (`review`), so nothing here can touch it. Excerpts are offsets in the redacted text.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dialogues.script import Language
from storage.database import Transaction
from storage.ids import ResponseId
from storage.moment import to_text


@dataclass(frozen=True, slots=True)
class Tagger:
    """Who tagged: a version that names all that tags depend on, and the parts of it that people ask for.

    `model` names how it scores and what it has learned, from so many `reviews`. `accepted_from` is the confidence from
    which its tags may stand without a person, None where that was not shown.
    """

    version: str
    encoder: str
    codebook_version: str
    model: str
    reviews: int = 0
    accepted_from: float | None = None


@dataclass(frozen=True, slots=True)
class Untagged:
    """Own words to tag; `revision` counts their amendments, and is to be handed back with the tags."""

    response_id: ResponseId
    text: str
    language: Language
    revision: int


@dataclass(frozen=True, slots=True)
class Outdated:
    """A response whose tags another tagger made. `vectors` are the float32 rows that `encoder` made of `redacted`."""

    response_id: ResponseId
    redacted: str
    vectors: bytes
    encoder: str
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


@dataclass(frozen=True, slots=True)
class Tagged:
    """The tags of a response, as it was at that revision."""

    response_id: ResponseId
    revision: int
    tags: Sequence[MachineTag]


def note(tx: Transaction, tagger: Tagger, now: datetime) -> None:
    """Remember a tagger, before it tags; one that is known stays as it is."""
    tx.execute(
        """
        INSERT INTO taggers (version, encoder, codebook_version, model, reviews, accepted_from, made_at)
        VALUES (:version, :encoder, :codebook_version, :model, :reviews, :accepted_from, :now) ON CONFLICT DO NOTHING
        """,
        {
            "version": tagger.version,
            "encoder": tagger.encoder,
            "codebook_version": tagger.codebook_version,
            "model": tagger.model,
            "reviews": tagger.reviews,
            "accepted_from": tagger.accepted_from,
            "now": to_text(now),
        },
    )


def untagged(tx: Transaction, limit: int) -> tuple[Untagged, ...]:
    """Return own words that have no tags yet, the oldest first; not what is flagged or failed."""
    rows = tx.execute(
        """
        SELECT id, text, language, revision FROM responses
        WHERE taggable = 1 AND flags = '[]' AND codebook_version IS NULL
            AND id NOT IN (SELECT response_id FROM tagging_failures)
        ORDER BY id LIMIT :limit
        """,
        {"limit": limit},
    )
    return tuple(
        Untagged(ResponseId(response_id), text, Language(language), revision)
        for response_id, text, language, revision in rows
    )


def outdated(tx: Transaction, tagger: str, limit: int) -> tuple[Outdated, ...]:
    """Return responses that another tagger than that version has tagged; not what is flagged or failed."""
    rows = tx.execute(
        """
        SELECT id, redacted, vector, encoder, language, revision FROM (
            SELECT * FROM (
                SELECT id, language, revision FROM responses
                WHERE taggable = 1 AND flags = '[]' AND codebook_version IS NOT NULL AND tagger < :tagger
                    AND id NOT IN (SELECT response_id FROM tagging_failures) LIMIT :limit
            )
            UNION ALL
            SELECT * FROM (
                SELECT id, language, revision FROM responses
                WHERE taggable = 1 AND flags = '[]' AND codebook_version IS NOT NULL AND tagger > :tagger
                    AND id NOT IN (SELECT response_id FROM tagging_failures) LIMIT :limit
            )
            LIMIT :limit
        )
        JOIN taggings ON response_id = id
        """,
        {"tagger": tagger, "limit": limit},
    )
    return tuple(
        Outdated(ResponseId(response_id), redacted, vectors, encoder, Language(language), revision)
        for response_id, redacted, vectors, encoder, language, revision in rows
    )


def any_tagged(tx: Transaction) -> bool:
    """Return whether any response has been tagged."""
    return tx.execute("SELECT 1 FROM taggings LIMIT 1").fetchone() is not None


def count_untagged(tx: Transaction) -> int:
    """Return how many own words `untagged` would return without a limit."""
    row = tx.execute(
        """
        SELECT count(*) FROM responses
        WHERE taggable = 1 AND flags = '[]' AND codebook_version IS NULL
            AND id NOT IN (SELECT response_id FROM tagging_failures)
        """
    ).fetchone()
    return int(row[0])


def store(tx: Transaction, tagger: Tagger, reply: Tagged, redacted: str, vectors: bytes, now: datetime) -> bool:
    """Store what was read and its tags, for any earlier ones; False, changing nothing, if the words changed since."""
    key = {"id": reply.response_id, "revision": reply.revision}
    if not tx.execute(
        "SELECT 1 FROM responses WHERE id = :id AND revision = :revision AND taggable = 1", key
    ).fetchone():
        return False
    tx.execute("DELETE FROM taggings WHERE response_id = :id", {"id": reply.response_id})
    tx.execute(
        """
        INSERT INTO taggings (response_id, redacted, vector, encoder, tagged_at)
        VALUES (:id, :redacted, :vectors, :encoder, :now)
        """,
        {**key, "redacted": redacted, "vectors": vectors, "encoder": tagger.encoder, "now": to_text(now)},
    )
    retag(tx, tagger, (reply,))
    return True


def retag(tx: Transaction, tagger: Tagger, replies: Sequence[Tagged]) -> None:
    """Put these tags in the place of earlier ones; those of words that changed since are dropped."""
    keys = [{"id": one.response_id, "revision": one.revision} for one in replies]
    made_by = {"tagger": tagger.version, "codebook": tagger.codebook_version}
    tx.executemany(
        """
        DELETE FROM tags WHERE response_id = :id
            AND EXISTS (SELECT 1 FROM responses WHERE id = :id AND revision = :revision)
        """,
        keys,
    )
    tx.executemany(
        """
        UPDATE responses SET tagger = :tagger, codebook_version = :codebook
        WHERE id = :id AND revision = :revision AND EXISTS (SELECT 1 FROM taggings WHERE response_id = :id)
        """,
        [key | made_by for key in keys],
    )
    tx.executemany(
        """
        INSERT INTO tags (response_id, theme, confidence, start_chars, end_chars, why)
        SELECT :id, :theme, :confidence, :start, :end, :why FROM taggings JOIN responses ON responses.id = response_id
        WHERE response_id = :id AND revision = :revision
        """,
        [
            key | {"theme": tag.theme, "confidence": tag.confidence, "start": tag.start, "end": tag.end, "why": tag.why}
            for key, one in zip(keys, replies, strict=True)
            for tag in one.tags
        ],
    )


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
