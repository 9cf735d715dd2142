"""Replies that decline to answer: a refusal, or a don't-know. Only where the whole message says so."""

from dialogues.understanding.lexicon import lexicon
from dialogues.understanding.reading import DontKnow, Refusal
from dialogues.understanding.words import Token, phrase_at, tokens, too_long

_SILENT_MARKS = frozenset(".,!?…;:()*_~-\"'¿¡")


def declines(text: str, language: str) -> Refusal | DontKnow | None:
    """Return what the whole message declines; None where it says anything else. Emoji beside the words do not count."""
    if too_long(text):
        return None
    roles = _roles(tokens(text), language)
    if None in roles or not roles & {"refuse", "unsure"}:
        return None
    return DontKnow() if "unsure" in roles else Refusal()


def _roles(given: tuple[Token, ...], language: str) -> set[str | None]:
    vocabulary = lexicon(language).declining
    roles: set[str | None] = set()
    at = 0
    while at < len(given):
        found = phrase_at(given, at, vocabulary)
        if found:
            roles.add(found[0])
        elif given[at].kind != "sign" and given[at].text not in _SILENT_MARKS:
            roles.add(None)
        at += found[1] if found else 1
    return roles
