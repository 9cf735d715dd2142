"""Tells replies that say nothing about the question from those that do: a refusal and a don't-know are not the same.

Looks at whole replies only: "no idea" is a don't-know, "no idea why buses are so late" is a reply.
"""

import re
from typing import Literal, TypeAlias

Nonresponse: TypeAlias = Literal["refusal", "dont_know", "noise"]
"""Would not say; could not say; no words at all."""

_DONT_KNOW = """
    idk | i dk | dk | dunno | i dunno | don't know | i don't know | i really don't know | i do not know | do not know
    not sure | i'm not sure | im not sure | no idea | i have no idea | no clue | who knows | hard to say | can't say
    can't think of anything | can't think of any | i don't know what to say | whatever | don't care | i don't care
    ni idea | no sé | no se | no lo sé | no lo se | ns | yo qué sé | yo que se | quién sabe | quien sabe
    no sabría decir | me da igual | je ne sais pas | jsp | weiß nicht | weiss nicht | ich weiß nicht | keine ahnung
    non so | não sei | nao sei
"""
_REFUSAL = """
    no | nope | nah | none | nothing | nothing really | not really | nothing much | nothing to say | no comment
    no answer | n/a | na | skip | pass | next | i'd rather not say | rather not say | i'd rather not | prefer not to say
    i prefer not to say | don't want to say | i don't want to say | none of your business | private | no thanks
    no thank you | nada | ninguno | ninguna | nada más | prefiero no decirlo | prefiero no decir | no quiero decirlo
    paso | siguiente | no gracias | rien | nichts | niente
"""
_ASSENT = """
    yes | yeah | yep | ok | okay | k | lol | haha | hahaha | hmm | hm | um | uh | idc | same | test | hi | hello | hey
    sí | si | vale | jaja | jajaja | hola | oui | ja
"""
_NOT_WORD = re.compile(r"[^\w'/]+")


def _phrases(listed: str) -> frozenset[str]:
    return frozenset(_plain(phrase) for phrase in re.split(r"[|\n]", listed) if phrase.strip())


def _plain(text: str) -> str:
    """Return the words in lower case without apostrophes, which are rarely typed: "Don't know!!" is "dont know"."""
    return " ".join(_NOT_WORD.sub(" ", text.lower().replace("’", "'")).replace("'", "").split())


_KNOWN: tuple[tuple[Nonresponse, frozenset[str]], ...] = (
    ("dont_know", _phrases(_DONT_KNOW)),
    ("refusal", _phrases(_REFUSAL)),
    ("noise", _phrases(_ASSENT)),
)


def nonresponse(text: str) -> Nonresponse | None:
    """Return in which way a reply says nothing; None where it says something."""
    plain = _plain(text)
    if not any(char.isalpha() for char in plain):
        return "noise"
    return next((kind for kind, phrases in _KNOWN if plain in phrases), None)
