"""Finds which school somebody goes to, in English and Spanish: with a class and an age it leads to one person.

A school is one by its whole name ("South Warren High School", "IES Cervantes"), or by a shorter one where somebody says
that they go there ("I go to northcote high", "voy al San José"). Universities go only where somebody says so; "my
school" and "the high school" stay.
"""

import re
from collections.abc import Iterator

from nlp.redaction import Redaction

_CAPITAL = r"(?-i:[^\W\d_a-zß-öø-ÿ])"
_PARTICLE = r"(?:de|del|la|las|los|el|da|do|y|i|of|the|and|&|for)"
_WORD = rf"{_CAPITAL}[\w'’.-]*"
_STARTS = (
    "SCHOOL|OK|Ok|The|Our|My|Your|Every|Each|Any|Some|All|No|Most|Many|More|New|Local|Public|Private|State|Catholic|"
    "Build|Fix|Why|When|If|In|At|And|But|So|Make|Teach|Free|After|Before|This|That|These|City|County|Old|Good|Bad|"
    "Better|Elementary|Primary|Secondary|High|Middle|Junior|Senior|Girls|Boys|Charter|Summer|Sunday|Night|Art|"
    "Music|Driving|Medical|Law|Business"
)
"""Capitalised words that begin a sentence, or say what sort of school it is, and name none."""
_NAME = rf"(?!(?-i:{_STARTS})\b){_WORD}(?:\s(?:{_PARTICLE}\s){{0,2}}(?!(?-i:School|High|College)\b){_WORD}){{0,4}}"
_SORT = (
    "primary|elementary|elem|secondary|high|senior high|junior high|middle|grammar|comprehensive|comp|public|state|"
    "community|catholic|anglican|girls['’]?|boys['’]?|junior|senior|infant|infants|prep|preparatory|academy|special"
)
_WHOLE = (
    rf"(?:(?:{_SORT})\s){{0,3}}(?:(?:{_SORT})\s(?:school|college)|(?-i:School|Academy)|(?-i:Grammar|Elementary|"
    rf"P\.?S\.?)(?!\s[a-z])|"
    r"sixth form(?:\scollege)?|secondary college|high(?=\s(?-i:School)))"
)
"""What stands behind a school's name in full."""
_SHORT = (
    rf"(?:(?:{_SORT})\s?){{0,3}}(?:school|college|academy|primary|secondary|high|grammar|elementary|sec|ps|hs|sc|uni|"
    r"university|tafe|sixth form|prep|middle|elem)"
)
"""What stands behind it as young people say it."""
_PLAIN = (
    r"(?!(?:the|a|an|my|our|your|this|that|their|his|her|any|every|some|same|different|another|local|public|"
    r"private|school|"
    r"high|primary|junior|senior|middle|normal|big|small|state|new|old|good|bad|catholic|night|art|music|dance|"
    r"special|"
    r"and|or|in|to|at|is|was|from|so|for|near|on|after|law|med|medical|all|girls|boys|single|sex|one|no|online|"
    r"home|it|year|we|i|but|get|go|of|about|with|after|before|graduate|language|drama|summer|driving|"
    r"back)\b)[^\W\d_][\w'’.-]*"
)
_IN_CLASS = r"(?:year|grade|yr|class|form|y)\s?\d{1,2}|\d{1,2}(?:th|st|nd|rd)\sgrade"
_GOES = (
    r"\b(?:i|we|me and \w+|(?:my|his|her|our)\s(?:\w+\s)?\w+|he|she|they)\s(?:(?:all|both|still|now|also|only|just|"
    r"used to|currently)\s)?"
    r"(?:go|goes|went|goes|studied|study|studies|attend|attends|attended)\s(?:to\s|at\s)?(?:school\s|uni\s|"
    r"college\s)?(?:at\s|to\s)?|\b(?:been|was|were|teaches)\s(?:to|at)\s|"
    r"\b(?:i['’]?m|i am|we['’]?re|we are|im)\s(?:(?:still|now|currently|all|a student|students|studying|going to|"
    r"in school|at school|"
    rf"a pupil|{_IN_CLASS}|in (?:{_IN_CLASS})|in my last year)\s)*(?:at|from|in)\s|"
    rf"\b(?:{_IN_CLASS})\s(?:student\s|kid\s)?(?:at|from|in)\s|\b(?:student|pupil|kid|kids|students|prefect|"
    rf"captain)\s(?:at|from)\s|"
    r"\b(?:my|our)\s(?:school|college|uni|high school|primary school|primary|old school)\s?(?:is\scalled|is|['’]s|"
    r"was|,|:)\s?"
)
_VA = (
    r"\b(?:voy|vamos|iba|fui|estudio|estudiamos|estoy|estamos|soy alumn[oa]|alumn[oa]s?)\s(?:al|a la|en el|en la|"
    r"en|del|de la|a|de)\s|"
    r"\b(?:mi|nuestro|nuestra)\s(?:cole|colegio|insti|instituto|escuela|liceo)\s(?:se llama|es)\s(?:(?:el|la)\s)?"
)
_CENTRO = (
    r"(?:colegio|cole|instituto|insti|escuela|liceo|ies|i\.e\.s\.|ceip|ceipso|ceo|cra|cpr|secundaria|preparatoria|"
    r"prepa|primaria)"
)
_NO_CENTRO = (
    "de|del|oficial|municipal|nacional|electoral|profesional|infantil|público|publico|público|privado|es|no|y|a|con|"
    "está|andando|corriendo|juntos|solo|sola|aquí|hoy|mañana|también|para|que|en|por|hay|me|se|mexicano|cervantes de"
)
_SANTO = r"(?-i:San|Santa|Santo|Sagrad[oa]|Nuestra|Virgen|La|Los|Las|El|María|Padre|Don)"


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_SCHOOLS = tuple(
    map(
        _form,
        (
            rf"(?<![\w'’-])(?P<data>{_NAME}\s{_WHOLE})(?!\w)",
            rf"(?<![\w'’-])(?P<data>st\.?\s(?!(?:and|or|to|on|in|at|is|near|by|the|has|"
            rf"y)\b)[\w'’]+(?:\s{_WORD})?\s(?:{_WHOLE}|college|high))(?!\w|\s(?:st|street|road|rd)\b)",
            rf"(?:{_GOES})(?:the\s)?(?P<data>(?:{_NAME}|{_PLAIN}(?:\s{_PLAIN}){{0,2}}?)\s{_SHORT})(?!\w|\s(?:st|"
            rf"street|road|rd)\b)",
            rf"\b(?:at|from)\s(?P<data>{_NAME}\s(?-i:High|Primary|Secondary|College|Grammar))(?!\w|\s(?-i:[A-Z]))",
            rf"(?:{_GOES}|\b(?:goes?|went)\sto\s)(?P<data>(?:st|saint)\.?\s\w+(?:['’]s|"
            rf"s)(?:\s{_WORD})?)(?!\s(?:beach|park|road|street|"
            rf"bay|hospital)\b)",
            rf"(?:{_GOES})(?:the\s)?(?P<data>(?:university|uni) of (?:{_NAME}|{_PLAIN}))",
            rf"\b(?:my|our)\s(?:school|college|uni|high school)(?:['’]s|\sis)\scalled\s(?P<data>{_NAME}|{_PLAIN})",
            rf"\b(?:my|our)\s(?:school|college|uni|high school)\s?(?:is\s|['’]s\s|,\s|:\s|\()"
            rf"(?P<data>{_NAME}(?:\s{_SHORT})?)(?=\s*(?:$|[.,!\n)]|and\b))",
            rf"\b(?P<data>{_CENTRO}\s(?:público\s|público de\s|de educación secundaria\s|de secundaria\s)?"
            rf"(?!(?:{_NO_CENTRO})\b){_NAME})",
            rf"(?:{_VA})(?P<data>{_CENTRO}\s(?:de\s)?(?!(?:{_NO_CENTRO})\b)"
            rf"(?:{_NAME}|[^\W\d_]\w+(?=\s*(?:$|[.,!\n]|y\b))))",
            rf"(?:{_VA})(?P<data>(?:universidad|facultad)\s(?:de\s)?(?:la\s)?{_NAME})",
            rf"(?:{_VA})(?<=\b(?:al|el|la|es)\s)(?P<data>{_SANTO}\s(?:{_PARTICLE}\s){{0,2}}{_NAME})",
            r"\b(?:mi|nuestro|nuestra)\s(?:cole|colegio|insti|instituto|escuela|liceo)\sse llama\s"
            rf"(?P<data>(?:el\s|la\s)?(?:{_NAME}|[^\W\d_]\w+))",
        ),
    )
)
_SIGN = _form(
    rf"school|college|academy|grammar|elementary|\b(?:high|uni|university|universidad|facultad|st|saint|ps|hs|sc|"
    rf"tafe|sixth form|primary|secondary|sec|prep|middle|elem)\b|\b{_CENTRO}\b|{_SANTO}"
)
"""One of these stands in every text that names a school; most texts have none and are left alone."""


def schools(text: str) -> Iterator[Redaction]:
    """Yield the schools that are named; they may overlap."""
    if _SIGN.search(text):
        for pattern in _SCHOOLS:
            for match in pattern.finditer(text):
                start, end = match.span("data")
                yield Redaction(start, start + len(text[start:end].rstrip(".'’-")), "school")
