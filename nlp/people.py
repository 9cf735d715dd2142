"""Finds the names of people in an English text that spaCy has tagged and searched for entities.

The recogniser alone takes streets and shops for people and misses most names without a surname. So every run of proper
nouns is weighed: what the recogniser says, what stands before and behind it, and how it is written.
"""

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from nlp.redaction import Redaction


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


ENOUGH = 2
"""Points for a run of proper nouns to count as a person's name."""
_LONGEST_TOKENS = 5

_ENTITY_POINTS = {"PERSON": 2, "GPE": -1, "FAC": -2, "LOC": -2, "NORP": -3, "EVENT": -2, "LAW": -2, "DATE": -3}
_PLACES = _words(
    "street st road rd avenue ave lane ln boulevard blvd drive way highway hwy bypass parkway pkwy park square mall "
    "row plaza county co city town village school elementary high college university academy church hall club "
    "hospital clinic creek river lake cave trail bridge station library museum center centre court golf market store "
    "shop bar cafe restaurant hotel inn lounge festival day days act bill ordinance law party government council "
    "department police company inc ltd group association society north south east west area estate tower house "
    "building field beach island bay hill mount mountain valley fc united road. st. inc. ave. toolkit complex "
    "property"
)
_DOES = _words(
    "say says said tell tells told ask asks asked shout shouts shouted live lives lived think thinks know knows want "
    "wants love loves like likes hate hates help helps helped die died cry cried write writes wrote begin began work "
    "works worked play plays played sing sings sang give gave gives go goes went come comes came feel feels felt "
    "spend spends spent see sees saw hit hits call calls called bully bullies bullied"
)
_DONE_TO = _words(
    "tell told ask asked meet met call called contact see saw know knew miss hate love with by add added thank "
    "thanks help helped like said cc"
)
_PLACED = _words("on in at near between around behind along off through outside inside into onto")


def people(doc: Doc) -> Iterator[Redaction]:
    """Yield the names of people; nothing where the doc was not tagged."""
    for run in _runs(doc):
        if len(run) <= _LONGEST_TOKENS and _points(run) >= ENOUGH:
            yield Redaction(run.start_char, run.end_char, "name")


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
    return token.tag_ in ("NNP", "NNPS") and (token.is_alpha or "-" in token.text or token.text.endswith("."))


def _points(run: Span) -> int:
    if any(token.lower_ in _PLACES for token in run) or _follows(run) in _PLACES or run.text.isupper():
        return 0
    return _recognised(run) + _written(run) + _surroundings(run)


def _recognised(run: Span) -> int:
    labels = {token.ent_type_ for token in run if token.ent_type_}
    return max((_ENTITY_POINTS.get(label, 0) for label in labels), default=0)


def _written(run: Span) -> int:
    """Return points for a middle initial and for capitals; the first word of a sentence has its capital anyway."""
    middle = any(len(token.text.rstrip(".")) == 1 for token in run[1:-1]) if len(run) > 2 else False
    begins = run.start == 0 or run.doc[run.start - 1].text in ".!?\n"
    lower = not any(token.text[0].isupper() for token in run)
    return 2 * middle - (begins and len(run) == 1) - lower


def _surroundings(run: Span) -> int:
    before, after = _precedes(run), _follows(run)
    points = 2 * (after in _DOES) + (before in _DONE_TO)
    points -= before in _PLACED
    points -= before == "the"
    return points + 2 * (after == ":" and run.start == 0)


def _precedes(run: Span) -> str:
    return run.doc[run.start - 1].lower_ if run.start else ""


def _follows(run: Span) -> str:
    return run.doc[run.end].lower_ if run.end < len(run.doc) else ""
