"""Members decide which themes a response has, one member a response: claimed, selected, then confirmed or left.

A decision stands over every later tagging; only the respondent's amending their words opens it again.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from dialogues.script import Language, ScriptHash
from storage import audit, scripts
from storage.answers import public_wording, question_step
from storage.database import Transaction
from storage.ids import MemberId, RespondentId, ResponseId
from storage.moment import to_text
from storage.tagging import MachineTag, suggestions

CLAIM_MINUTES = 30  # a member who wandered off holds a response up no longer than this
SELECTED_FROM = 0.5
"""A theme is selected beforehand where the machine holds it for likelier than not; people tend to let such stand."""
FEWEST_REVIEWS = 50
"""With fewer, the machine's quality is too few to say."""


@dataclass(frozen=True, slots=True)
class Item:
    """A response as a member reviews it: without names; `selected` are the themes chosen so far.

    `is_measured` where it was drawn to measure the machine with: then `suggestions` is empty, since who has seen them
    tends to agree.
    """

    response_id: ResponseId
    respondent: RespondentId
    wording: str
    redacted: str
    language: Language
    suggestions: tuple[MachineTag, ...]
    selected: frozenset[str]
    site: str | None
    dialogue: str
    is_measured: bool


@dataclass(frozen=True, slots=True)
class Decided:
    """A reply that a member decided on: what to learn from. `vector` holds float32 rows as `encoder` made them.

    `codebook_version` is what the member chose from; None where that was not noted.
    """

    response_id: ResponseId
    redacted: str
    vector: bytes
    encoder: str
    language: Language
    themes: frozenset[str]
    codebook_version: str | None


@dataclass(frozen=True, slots=True)
class Quality:
    """How often the machine is right, measured on so many `reviews` of replies drawn at random; None: too few to say.

    `precision` is the share of its suggestions that people let stand, `recall` the share of people's themes that it
    suggested.
    """

    reviews: int
    precision: float | None
    recall: float | None


def claim_next(tx: Transaction, member_id: MemberId, now: datetime) -> Item | None:
    """Return what the member is reviewing already, else the first response of the queue, else the oldest that waits.

    It is claimed for them.
    """
    response_id = reviewing(tx, member_id) or _next(tx, member_id, now)
    if response_id is None:
        return None
    _claim(tx, response_id, member_id, now)
    return item(tx, response_id, member_id)


def reviewing(tx: Transaction, member_id: MemberId) -> ResponseId | None:
    """Return which response the member is reviewing, None if none."""
    row = tx.execute(
        """
        SELECT claims.response_id FROM claims JOIN responses ON responses.id = claims.response_id
        WHERE claims.member_id = :member_id
            AND taggable = 1 AND flags = '[]' AND codebook_version IS NOT NULL AND decided = 0
        ORDER BY claims.response_id LIMIT 1
        """,
        {"member_id": member_id},
    ).fetchone()
    return None if row is None else ResponseId(row[0])


def item(tx: Transaction, response_id: ResponseId, member_id: MemberId) -> Item | None:
    """Return a response that the member has claimed; None if they have not, or it is no longer for review."""
    row = tx.execute(
        """
        SELECT respondent_id, question, wording, redacted, language, site, script_hash, drawn IS 'random'
        FROM claims
        JOIN responses ON responses.id = claims.response_id
        JOIN taggings ON taggings.response_id = responses.id
        JOIN conversations ON conversations.id = responses.conversation_id
        WHERE claims.response_id = :id AND claims.member_id = :member_id AND flags = '[]' AND decided = 0
        """,
        {"id": response_id, "member_id": member_id},
    ).fetchone()
    if row is None:
        return None
    respondent, question, shown, redacted, code, site, script_hash, is_measured = row
    script = scripts.load(tx, ScriptHash(script_hash))
    wording = public_wording(question_step(script, question), question, code, shown)
    language, title = Language(code), script.title[script.language(code)]
    selected = frozenset(_selected(tx, response_id))
    suggested = () if is_measured else suggestions(tx, response_id)
    return Item(
        response_id,
        RespondentId(respondent),
        wording,
        redacted,
        language,
        suggested,
        selected,
        site,
        title,
        bool(is_measured),
    )


def toggle(tx: Transaction, response_id: ResponseId, member_id: MemberId, theme: str, on: bool) -> Item | None:
    """Select a theme or not, and return what is selected now; None if the claim is lost. Twice is as good as once."""
    if item(tx, response_id, member_id) is None:
        return None
    tx.execute(
        "INSERT INTO claim_themes (response_id, theme) VALUES (:id, :theme) ON CONFLICT DO NOTHING"
        if on
        else "DELETE FROM claim_themes WHERE response_id = :id AND theme = :theme",
        {"id": response_id, "theme": theme},
    )
    return item(tx, response_id, member_id)


def confirm(tx: Transaction, response_id: ResponseId, member_id: MemberId, now: datetime) -> bool:
    """Decide for the selected themes; False, changing nothing, if the member's claim is lost."""
    if item(tx, response_id, member_id) is None:
        return False
    _note_what_the_machine_said(tx, response_id, now)
    outcome = "themes" if _selected(tx, response_id) else "none"
    tx.execute(
        "UPDATE reviews SET member_id = :member_id, outcome = :outcome, decided_at = :now WHERE response_id = :id",
        {"id": response_id, "member_id": member_id, "outcome": outcome, "now": to_text(now)},
    )
    for statement in (
        "DELETE FROM review_themes WHERE response_id = :id",
        """
        INSERT INTO review_themes (response_id, theme)
        SELECT response_id, theme FROM claim_themes WHERE response_id = :id
        """,
        "UPDATE responses SET decided = 1 WHERE id = :id",
        "DELETE FROM claims WHERE response_id = :id",
        "DELETE FROM review_queue WHERE response_id = :id",
    ):
        tx.execute(statement, {"id": response_id})
    audit.record(tx, member_id, "decided", f"response {response_id}", now)
    return True


def none_of_these(tx: Transaction, response_id: ResponseId, member_id: MemberId, now: datetime) -> bool:
    """Decide that the response has none of the themes; False, changing nothing, if the member's claim is lost."""
    if item(tx, response_id, member_id) is None:
        return False
    tx.execute("DELETE FROM claim_themes WHERE response_id = :id", {"id": response_id})
    return confirm(tx, response_id, member_id, now)


def leave(tx: Transaction, response_id: ResponseId, member_id: MemberId, now: datetime) -> bool:
    """Leave the response to others, and never offer it to this member again; False if the member's claim is lost."""
    if item(tx, response_id, member_id) is None:
        return False
    tx.execute(
        """
        INSERT INTO passes (member_id, response_id, passed_at) VALUES (:member_id, :id, :now) ON CONFLICT DO NOTHING
        """,
        {"id": response_id, "member_id": member_id, "now": to_text(now)},
    )
    tx.execute("DELETE FROM claims WHERE response_id = :id", {"id": response_id})
    audit.record(tx, member_id, "left", f"response {response_id}", now)
    return True


def reopen(tx: Transaction, response_id: ResponseId, member_id: MemberId, now: datetime) -> Item | None:
    """Open the member's own decision again, claimed for them, with what they chose selected; None if it is not theirs.

    What the machine had said before the first decision stays.
    """
    opened = tx.execute(
        """
        UPDATE responses SET decided = 0
        WHERE id = :id AND decided = 1 AND taggable = 1 AND flags = '[]'
            AND EXISTS (SELECT 1 FROM reviews WHERE response_id = :id AND member_id = :member_id)
        """,
        {"id": response_id, "member_id": member_id},
    )
    if opened.rowcount != 1:
        return None
    _claim(tx, response_id, member_id, now)
    audit.record(tx, member_id, "reopened", f"response {response_id}", now)
    return item(tx, response_id, member_id)


def progress(tx: Transaction) -> tuple[int, int]:
    """Return how many responses were decided, and how many wait for a decision."""
    row = tx.execute(
        """
        SELECT
            (SELECT count(*) FROM responses WHERE taggable = 1 AND flags = '[]' AND decided = 1),
            (SELECT count(*) FROM responses INDEXED BY responses_to_review
             WHERE taggable = 1 AND flags = '[]' AND codebook_version IS NOT NULL AND decided = 0)
        """  # INDEXED BY: SQLite would take another index and read a row for each
    ).fetchone()
    return int(row[0]), int(row[1])


def decisions(tx: Transaction) -> list[Decided]:
    """Return what there is to learn from: every decision that stands, on replies that are not flagged."""
    rows = tx.execute(
        """
        SELECT responses.id, redacted, vector, encoder, language,
            (SELECT json_group_array(theme) FROM review_themes WHERE review_themes.response_id = responses.id),
            reviews.codebook_version
        FROM responses JOIN taggings ON taggings.response_id = responses.id
        LEFT JOIN reviews ON reviews.response_id = responses.id
        WHERE taggable = 1 AND flags = '[]' AND decided = 1 ORDER BY responses.id
        """
    )
    return [
        Decided(ResponseId(own), redacted, vector, encoder, Language(language), frozenset(json.loads(themes)), version)
        for own, redacted, vector, encoder, language, themes, version in rows
    ]


def random_decisions(tx: Transaction) -> tuple[list[tuple[float, bool]], int]:
    """Return what the machine had said of replies drawn at random: confidences, and whether the person agreed.

    Beside it, how many such replies were decided. What it said by another codebook than the active one says nothing
    of this one. It never had learned from the reply when it said so: the decision came after, and a second decision
    on the same words changes what is right, not what was said.
    """
    found = tx.execute(
        f"""
        SELECT confidence, EXISTS (
            SELECT 1 FROM review_themes AS own
            WHERE own.response_id = review_tags.response_id AND own.theme = review_tags.theme
        )
        FROM review_tags JOIN ({_RANDOM}) AS drawn ON drawn.id = review_tags.response_id
        ORDER BY response_id, theme
        """  # noqa: S608 - our own text
    )
    said = [(float(confidence), bool(right)) for confidence, right in found]
    (reviews,) = tx.execute(f"SELECT count(*) FROM ({_RANDOM})").fetchone()  # noqa: S608 - our own text
    return said, int(reviews)


def quality(tx: Transaction) -> Quality:
    """Return how good the machine's suggestions were on replies drawn at random, before it learned from them."""
    said, reviews = random_decisions(tx)
    right = sum(is_right for _, is_right in said)
    (themes,) = tx.execute(
        f"SELECT count(*) FROM review_themes WHERE response_id IN ({_RANDOM})"  # noqa: S608 - our own text
    ).fetchone()
    enough = reviews >= FEWEST_REVIEWS
    return Quality(
        reviews, right / len(said) if enough and said else None, right / themes if enough and themes else None
    )


_RANDOM = """
    SELECT responses.id FROM reviews JOIN responses ON responses.id = reviews.response_id
    WHERE taggable = 1 AND flags = '[]' AND decided = 1 AND reviews.drawn = 'random'
        AND reviews.codebook_version = (SELECT version FROM activations ORDER BY id DESC LIMIT 1)
"""


def _note_what_the_machine_said(tx: Transaction, response_id: ResponseId, now: datetime) -> None:
    """Begin a decision with what the machine says; one that is taken again keeps what it said before the first."""
    begun = tx.execute(
        """
        INSERT INTO reviews (response_id, outcome, decided_at, drawn, model, codebook_version)
        SELECT responses.id, 'none', :now, drawn, taggers.model, responses.codebook_version
        FROM responses
        JOIN claims ON claims.response_id = responses.id
        LEFT JOIN taggers ON taggers.version = responses.tagger
        WHERE responses.id = :id
        ON CONFLICT (response_id) DO NOTHING
        """,
        {"id": response_id, "now": to_text(now)},
    )
    if begun.rowcount == 1:
        tx.execute(
            """
            INSERT INTO review_tags (response_id, theme, confidence)
            SELECT response_id, theme, confidence FROM tags WHERE response_id = :id
            """,
            {"id": response_id},
        )


def _next(tx: Transaction, member_id: MemberId, now: datetime) -> ResponseId | None:
    """Return the first response in the queue, else the oldest, that this member may review now."""
    binding = {"member_id": member_id, "stale": to_text(now - timedelta(minutes=CLAIM_MINUTES))}
    row = tx.execute(_FIRST_QUEUED, binding).fetchone() or tx.execute(_OLDEST, binding).fetchone()
    return None if row is None else ResponseId(row[0])


_FREE = """
    JOIN conversations ON conversations.id = responses.conversation_id
    LEFT JOIN claims ON claims.response_id = responses.id
    WHERE taggable = 1 AND flags = '[]' AND codebook_version IS NOT NULL AND decided = 0
        AND conversations.respondent_id <> :member_id
        AND (claims.claimed_at IS NULL OR claims.claimed_at < :stale)
        AND NOT EXISTS (
            SELECT 1 FROM passes WHERE passes.member_id = :member_id AND passes.response_id = responses.id
        )
"""
_FIRST_QUEUED = f"""
    SELECT responses.id FROM review_queue CROSS JOIN responses ON responses.id = review_queue.response_id
    {_FREE} ORDER BY place LIMIT 1
"""  # noqa: S608 - our own text; CROSS JOIN: from the short queue on, not through all that waits
_OLDEST = f"SELECT responses.id FROM responses {_FREE} ORDER BY responses.id LIMIT 1"  # noqa: S608 - our own text


def _claim(tx: Transaction, response_id: ResponseId, member_id: MemberId, now: datetime) -> None:
    """Claim a response, with the themes of its reopened decision or else what the machine is sure of; or renew.

    What is drawn to measure begins with nothing selected.
    """
    renewed = tx.execute(
        "UPDATE claims SET claimed_at = :now WHERE response_id = :id AND member_id = :member_id",
        {"id": response_id, "member_id": member_id, "now": to_text(now)},
    )
    if renewed.rowcount == 1:
        return
    tx.execute("DELETE FROM claims WHERE response_id = :id", {"id": response_id})
    tx.execute(
        """
        INSERT INTO claims (response_id, member_id, claimed_at, drawn)
        SELECT :id, :member_id, :now, coalesce(
            (SELECT drawn FROM reviews WHERE response_id = :id),
            (SELECT reason FROM review_queue WHERE response_id = :id)
        )
        """,
        {"id": response_id, "member_id": member_id, "now": to_text(now)},
    )
    tx.execute(
        """
        INSERT INTO claim_themes (response_id, theme)
        SELECT response_id, theme FROM review_themes WHERE response_id = :id
        UNION
        SELECT response_id, theme FROM tags JOIN claims USING (response_id)
        WHERE response_id = :id AND confidence >= :sure AND drawn IS NOT 'random'
            AND NOT EXISTS (SELECT 1 FROM reviews WHERE reviews.response_id = :id)
        """,
        {"id": response_id, "sure": SELECTED_FROM},
    )


def _selected(tx: Transaction, response_id: ResponseId) -> tuple[str, ...]:
    rows = tx.execute("SELECT theme FROM claim_themes WHERE response_id = :id ORDER BY theme", {"id": response_id})
    return tuple(theme for (theme,) in rows)
