"""Yes or no, from what was typed. A yes beside a no, a condition or a question mark is not clear: it is asked back."""

from dialogues.understanding.declining import declines
from dialogues.understanding.lexicon import lexicon
from dialogues.understanding.reading import Between, Clear, Reading, Unclear
from dialogues.understanding.vocabulary import Assenting
from dialogues.understanding.words import phrase_at, tokens, too_long

_EITHER = Between((True, False))
_RATHER_NO = Between((False, True))
_WEAK = ("doubt", "perhaps", None)


def understand_yes_no(text: str, language: str) -> Reading[bool]:
    """Return whether the reply agrees. Candidates stand in the order of their likelihood."""
    if declining := declines(text, language):
        return declining
    return Unclear() if too_long(text) else _verdict(_settled(_roles(text, language)))


def _roles(text: str, language: str) -> list[Assenting | None]:
    """Return what each word or phrase does, fillers left out; None for a word that the lexicon does not have."""
    vocabulary = lexicon(language).assenting
    given = tokens(text)
    roles: list[Assenting | None] = []
    at = 0
    while at < len(given):
        role, length = phrase_at(given, at, vocabulary) or (None, 1)
        if role != "filler" and not (role is None and given[at].kind == "mark"):
            roles.append(role)
        at += length
    return roles


def _settled(roles: list[Assenting | None]) -> list[Assenting | None]:
    """Return the roles with "definitely" and "don't" settled by what stands beside them."""
    settled: list[Assenting | None] = []
    for at, role in enumerate(roles):
        following = roles[at + 1] if at + 1 < len(roles) else "end"
        if role == "surely" and following not in ("not", "dont", "no"):
            settled.append("yes")
        elif following == "end" and (role == "dont" or roles[max(at - 1, 0) : at + 1] == ["surely", "not"]):
            settled.append("no")
        elif role != "surely":
            settled.append(role)
    return settled


def _verdict(roles: list[Assenting | None]) -> Reading[bool]:
    weak = any(role in _WEAK for role in roles)
    negated = "not" in roles or "dont" in roles
    yes, no = "yes" in roles, "no" in roles
    if negated:
        return _EITHER if no else _RATHER_NO
    if yes and no:
        last = next(role for role in reversed(roles) if role in ("yes", "no"))
        return _EITHER if last == "yes" else _RATHER_NO
    if yes:
        return _EITHER if weak else Clear(True)
    if no:
        return _RATHER_NO if weak else Clear(False)
    return _EITHER if "perhaps" in roles or "doubt" in roles else Unclear()


def leaning(label: str, language: str) -> bool | None:
    """Return whether an option's label is a yes or a no, whatever it adds ("Yes, often"); None where it is neither."""
    roles = _settled(_roles(label, language))
    return {"yes": True, "no": False}.get(roles[0] or "") if roles else None
