"""Finds the names of people in an English text that spaCy has tagged and searched for entities.

The recogniser alone takes streets and shops for people and misses most names without a surname. So every run of proper
nouns is weighed: what the recogniser says, what stands before and behind it, and how it is written.
"""

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Span, Token

from nlp.names import PLACES, first_names, is_ordinary, word_set
from nlp.redaction import Redaction

ENOUGH = 2
"""Points for a run of proper nouns to count as a person's name."""
_LONGEST_TOKENS = 5
_WITHIN_TOKENS = 2
_NEVER = -9

_ENTITY_POINTS = {"PERSON": 2, "GPE": -1, "FAC": -2, "LOC": -2, "NORP": -3, "EVENT": -2, "LAW": -2, "DATE": -3}
_KIN = word_set(
    "mom moms mum mums mommy mummy mam dad dads daddy papa nan nana nanny gran granny grandma grandmother grandpa "
    "granddad grandad grandfather uncle aunt auntie aunty sis bro cousin i im ill iam ive man god jesus santa lol "
    "omg quarantine māori maori pākehā pakeha hapū hapu iwi somali latino latina insta snap snapchat tiktok "
    "discord roblox youtube"
)
"""Called like a person, and no name."""
_DOES = word_set(
    "say says said tell tells told ask asks asked shout shouts shouted live lives lived think thinks know knows want "
    "wants love loves like likes hate hates help helps helped die died cry cried write writes wrote begin began work "
    "works worked play plays played sing sings sang give gave gives go goes went come comes came feel feels felt "
    "spend spends spent see sees saw hit hits call calls called bully bullies bullied"
)
_DONE_TO = word_set("tell told ask asked meet met call called contact miss thank thanks named cc")
_WITH = word_set("with by said add added")
_INNER_CAPITAL = re.compile(r"^(?!Mc|Mac|De|Di|La|Le|Van|Von|O)[^\W_]*[a-zß-öø-ÿ][A-Z]")
"""A capital inside a word: "HousingCorp", unlike "McDonald"."""
_DRAWN_OUT = re.compile(r"([^\W\d_])\1\1", re.IGNORECASE)
_PLACED = word_set("on in at near between around behind along off through onto across outside inside into onto")


def people(doc: Doc) -> Iterator[Redaction]:
    """Yield the names of people; nothing where the doc was not tagged."""
    points = {run: _points(run) for run in _runs(doc) if len(run) <= _LONGEST_TOKENS}
    places = [run for run in points if _is_place(run)]
    points = {run: own - 2 * _is_listed_with(run, places) for run, own in points.items()}
    sure = [run for run, own in points.items() if own >= ENOUGH]
    for run, own in points.items():
        if run in sure or (own >= 0 and _is_listed_with(run, sure)):
            yield Redaction(run.start_char, run.end_char, "name")


def _is_listed_with(run: Span, others: Sequence[Span]) -> bool:
    """Tell whether a run is one of several, of which another is among the others: "Zak, Romi and Teresa"."""
    neighbours = [own for own in others if 0 < max(run.start - own.end, own.start - run.end) <= _WITHIN_TOKENS]
    between = (run.doc[min(run.end, own.end) : max(run.start, own.start)] for own in neighbours)
    return any(all(token.lower_ in (",", "and", "or", "&") for token in gap) for gap in between)


def _runs(doc: Doc) -> Iterator[Span]:
    """Yield the longest runs of proper nouns on one line."""
    start = None
    for token in doc:
        if _is_proper(token):
            start = token.i if start is None else start
        elif start is not None:
            yield doc[start : token.i]
            start = None
    if start is not None:
        yield doc[start:]


def _is_proper(token: Token) -> bool:
    """Tell whether a token may be part of a name: a proper noun, or a rare word behind a first name on the list."""
    if token.tag_ in ("NNP", "NNPS"):
        return token.text.replace("-", "").rstrip(".").isalpha()
    return token.is_alpha and token.i > 0 and token.nbor(-1).lower_ in first_names() and not is_ordinary(token.lower_)


def _points(run: Span) -> int:
    acronym = any(token.shape_.startswith("XX") for token in run)
    if (
        _is_place(run)
        or acronym
        or _is_trade(run)
        or _is_talk(run)
        or run[-1].tag_ == "NNPS"
        or all(token.lower_ in _KIN for token in run)
    ):
        return _NEVER
    return _recognised(run) + _written(run) + _surroundings(run)


def _is_place(run: Span) -> bool:
    """Tell whether a run names a place: "Bell Street", "Knoxville", "Gallatin, TN"."""
    state = _follows(run) == "," and run.end + 1 < len(run.doc) and run.doc[run.end + 1].shape_ == "XX"
    return (
        state
        or _follows(run) in PLACES
        or any(token.lower_ in PLACES or token.lower_.endswith("ville") for token in run)
    )


def _is_trade(run: Span) -> bool:
    """Tell whether a run is written like a firm's name, is a letter, or goes on behind a hyphen."""
    inner = any(_INNER_CAPITAL.search(token.text) for token in run)
    return inner or len(run.text.rstrip(".")) < 2 or _follows(run).startswith("-")


def _is_talk(run: Span) -> bool:
    """Tell whether a run is one small or drawn-out word that begins with a capital: "Is", "Soooo"."""
    small = run[0].is_stop and run[0].lower_ != "will"
    return len(run) == 1 and (small or _DRAWN_OUT.search(run.text) is not None)


def _recognised(run: Span) -> int:
    """Return points for what the recogniser takes the run for, and for a first name on the list."""
    labels = {token.ent_type_ for token in run if token.ent_type_}
    listed = 2 * (run[0].lower_ in first_names())
    return max((_ENTITY_POINTS.get(label, 0) for label in labels), default=0) + listed


def _written(run: Span) -> int:
    """Return points for a middle initial, rare words and foreign letters.

    The first word of a sentence has its capital anyway.
    """
    rare = not any(is_ordinary(token.lower_) for token in run)
    ordinary = all(is_ordinary(token.lower_) for token in run)
    middle = any(len(token.text.rstrip(".")) == 1 for token in run[1:-1]) if len(run) > 2 else False
    begins = len(run) == 1 and (run.start == 0 or run.doc[run.start - 1].text in ".!?\n")
    lower = not any(token.text[0].isupper() for token in run)
    foreign = rare and not run.text.isascii()
    return 2 * middle + len(run[:2]) * rare + foreign - begins - 2 * lower - (ordinary and len(run) > 1)


def _surroundings(run: Span) -> int:
    before, after = _precedes(run), _follows(run)
    points = 2 * (after in _DOES) + 2 * (before in _DONE_TO) + (before in _WITH)
    points -= 2 * (before == "like" and run.start > 1 and run.doc[run.start - 2].tag_ == "NNS")
    points -= (before in _PLACED) + (before in ("the", "a", "this", "more"))
    return points + 2 * (after == ":" and run.start == 0)


def _precedes(run: Span) -> str:
    return run.doc[run.start - 1].lower_ if run.start else ""


def _follows(run: Span) -> str:
    return run.doc[run.end].lower_ if run.end < len(run.doc) else ""
