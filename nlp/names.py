"""Finds names that what stands around them gives away, in several languages and in lower case, as young people type.

"my name is sam", "ask for Leila at the desk", "mi amiga Rosa". Patterns only; `people` adds what a parsed English text
gives away.
"""

import re
from collections.abc import Iterator

from nlp.redaction import Redaction

_CAPITALISED = r"(?:(?-i:[^\W\d_a-zß-öø-ÿ])[\w'’-]*\.?)"
_PARTICLE = r"(?:de|del|la|las|los|van|von|der|den|bin|al|el|da|di|dos)"
_FURTHER = rf"(?:\s(?:{_PARTICLE}\s){{0,2}}{_CAPITALISED}){{0,3}}"
_NAME = rf"(?P<name>{_CAPITALISED}{_FURTHER})"
"""One to four words with a capital, such as "Ana de la Cruz"."""
_NOT_NAMES = (
    "a an the this that not no none nobody on in my your his her its it is are too very so and or but what why how who "
    "private unknown anonymous just really always never going still also here there i im un una el la los las mi tu su "
    "muy que qué yo people someone everyone help more less it's"
)
_ANY_CASE = rf"(?P<name>(?!(?:{'|'.join(_NOT_NAMES.split())})\b)[^\W\d_][\w'’-]+{_FURTHER})"
"""A word in any case, and the capitalised ones behind it: for places where only a name can stand."""

_INTRODUCTIONS = (
    r"\b(?:my|his|her|their)\s(?:(?:first|last|full|real|middle|sur|maiden)\s?)?name(?:['’]s|\sis|s)\s+",
    r"\b(?:i am|i['’]?m|he['’]?s|she['’]?s|he is|she is)\s(?:called|named)\s+",
    r"\b(?:everyone|everybody|people|they|friends|just|please|can)\scalls?\s(?:me|him|her)\s+",
    r"\bask\s(?:for|4)\s(?=\S+\s+(?:at|in|on|from|when)\b)",
    r"\b(?:me llamo|se llama|mi nombre es|me dicen|me llaman)\s+",
    r"\b(?:je m['’]appelle|mon nom est|ich hei(?:ß|ss)e|mein name ist|mi chiamo|(?:o )?meu nome é)\s+",
    r"(?:^|\n)\W*(?:full |first |last |sur)?(?:name|nombre|nom)\s*:\s*",
    r"\bwhat['’]?s your (?:\w+ )?name\?\s+",
)
_RELATIVES = (
    "friend|bestie|brother|bro|sister|sis|mate|mum|mom|dad|cousin|uncle|aunt|auntie|teacher|boyfriend|girlfriend|"
    "neighbou?r|boss|kid|son|daughter|husband|wife|coach|tutor|nan|grandma|grandad|amig[oa]|herman[oa]|prim[oa]|tí[oa]|"
    "novi[oa]|profe|profesora?|vecin[oa]|hij[oa]"
)
_TITLES = r"mr|mrs|ms|miss|mx|dr|prof|sir|madam|sr|sra|srta|doña|don"
_ENDS = r"\s*(?:$|[.,!?\n(]|and\b|from\b|y\b|de\b|here\b|\d)"
_CAPITAL_CUES = (
    rf"\b(?:i['’]?m|i am|this is|it['’]s|(?:yo )?soy)\s+(?=[\w'’-]+(?:\s{_CAPITALISED})*{_ENDS})",
    rf"\b(?:{_TITLES})\b\.?\s+",
    rf"\b(?:my|our|his|her|their|mi|su|nuestr[oa])\s(?:\w+\s)?(?:{_RELATIVES})s?,?\s"
    r"(?:is\s|called\s|named\s|se llama\s)?",
    rf"\b(?:hi|hey|hello|dear|thanks|cheers|hola|gracias)\s*,?\s(?={_CAPITALISED}(?:\s{_CAPITALISED})?\s*(?:$|[,!.\n]))",
)
_CUES = (
    *(re.compile(cue + _ANY_CASE, re.IGNORECASE) for cue in _INTRODUCTIONS),
    *(re.compile(cue + _NAME, re.IGNORECASE) for cue in _CAPITAL_CUES),
)
_ORIGIN = re.compile(
    r"(?:I|OK|God|English|Muslim|Christian|Catholic|Jew|Sikh|Gay|Trans|\w+(?:ish|[ai]an|ese))$", re.IGNORECASE
)
"""What people say they are, with a capital: "I'm Somalian", "soy Christian"."""


def named(text: str) -> Iterator[Redaction]:
    """Yield the names that a phrase around them gives away; they may overlap."""
    for cue in _CUES:
        for match in cue.finditer(text):
            start, end = match.span("name")
            name = text[start:end].rstrip(".'’-")
            if not _ORIGIN.match(name):
                yield Redaction(start, start + len(name.removesuffix("'s").removesuffix("’s")), "name")
