"""Applies the retention clock of a deployment: by itself once a day, or when told to."""

from datetime import datetime, timedelta
from functools import lru_cache

from bot.deployment import Deployment
from nlp.pipeline import load_redaction
from storage import audit, raw_words, retention
from storage.audit import Actor
from storage.database import Database, Transaction
from storage.raw_words import Redact
from storage.retention import Counts, Terms

EVERY = timedelta(days=1)
AT_ONCE = 50
"""Conversations redacted in one transaction: nobody's chat waits for long."""
RAW = "raw words"


class _UndoneError(Exception):
    """Carries the counts out of a transaction that is rolled back."""

    def __init__(self, counts: Counts) -> None:
        super().__init__()
        self.counts = counts


def redactor(region: str) -> Redact:
    """Return what takes personal data out of a text; the model of a language is loaded when it is first needed."""
    pipeline = lru_cache(lambda language: load_redaction(language, region))

    def redact(text: str, language: str) -> str:
        return str(pipeline(language)(text)._.redacted)

    return redact


async def retain(database: Database, deployment: Deployment, redact: Redact, by: Actor, now: datetime) -> Counts:
    """Let go what was kept long enough, record it, and return how many of what. `Database.purge` must follow."""
    terms, before = _terms(deployment), _raw_before(deployment, now)
    raw = 0
    while done := await database.write(lambda tx: raw_words.drop(tx, before, AT_ONCE, redact, now)):
        raw += done

    def rest(tx: Transaction) -> Counts:
        counts = {RAW: raw, **retention.sweep(tx, terms, now)}
        retention.note(tx, counts, now)
        audit.record(tx, by, "applied", "retention", now)
        return counts

    return await database.write(rest)


async def would_go(database: Database, deployment: Deployment, now: datetime) -> Counts:
    """Return what `retain` would let go, and change nothing."""

    def tried(tx: Transaction) -> Counts:
        raw = raw_words.kept(tx, _raw_before(deployment, now))
        raise _UndoneError({RAW: raw, **retention.sweep(tx, _terms(deployment), now)})

    try:
        return await database.write(tried)
    except _UndoneError as undone:
        return undone.counts


def is_due(last: datetime | None, now: datetime) -> bool:
    """Return whether it is time again; `last` is when the clock last ran."""
    return last is None or now - last >= EVERY


def _terms(deployment: Deployment) -> Terms:
    return Terms(deployment.raw_text_days, deployment.contact_days, deployment.response_days)


def _raw_before(deployment: Deployment, now: datetime) -> datetime:
    return now - timedelta(days=deployment.raw_text_days)
