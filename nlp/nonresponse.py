"""Tells replies that say nothing about the question from those that do: a refusal and a don't-know are not the same.

Looks at whole replies only: "no idea" is a don't-know, "no idea why buses are so late" is a reply.
"""

import re
from typing import Literal, TypeAlias

from nlp.redaction import without_marks

Nonresponse: TypeAlias = Literal["refusal", "dont_know", "noise"]
"""Would not say; could not say; no words at all."""

# Without apostrophes and with letters that are drawn out written once, as `_plain` leaves them.
_DONT_KNOW = """
    idk | i dk | dk | dunno | i dunno | duno | dont know | i dont know | i dont no | dont no | i dnt know | dnt know
    dont kno | i dont kno | i do not know | do not know | have no idea | i wouldnt know | no opinion
    i have no opinion | i dont have an opinion | unsure | im unsure | not sure | im not sure | i am not sure | no idea
    i have no idea | noidea | no clue | not a clue | who knows | hard to say | cant say | cant think of anything
    i cant think of anything | cant think of any | i dont know what to say | dont know what to say | whatever
    dont care | i dont care | idc | i dont mind | dont mind | not bothered | i dont remember | cant remember | ni idea
    no tengo ni idea | ni puta idea | no sé | no se | nose | no lo sé | no lo se | yo no sé | yo no se | ns
    yo qué sé | yo que se | quién sabe | quien sabe | no sabría decir | no estoy seguro | no estoy segura
    me da igual | no me importa | sin opinión | no tengo opinión | no me acuerdo | ns nc | ns/nc | weiß nicht
    weiss nicht | weis nicht | ich weiß nicht | ich weiss nicht | ich weis nicht | weiß ich nicht | weiss ich nicht
    weiß es nicht | ich weiß es nicht | kp | kein plan | keine ahnung | ka | k a | hab keine ahnung
    ich habe keine ahnung | ich hab keine ahnung | keinen plan | keine idee | keine meinung | bin mir nicht sicher
    ich bin mir nicht sicher | nicht sicher | egal | ist mir egal | mir egal | mir doch egal | schwer zu sagen
    je ne sais pas | je sais pas | jsp | chais pas | aucune idée | aucune idee | ça mest égal | non so | non lo so
    boh | não sei | nao sei | sei lá | sei la | não faço ideia | tanto faz | nie wiem | weet ik niet
    ik weet het niet | geen idee
"""
_REFUSAL = """
    no | nope | nah | none | nothing | nothin | nuthing | nothing at all | nothing else | nothing really | not really
    nothing much | nothing to say | nothing comes to mind | no comment | no answer | n/a | na | skip | pass | next
    nil | id rather not say | rather not say | id rather not | prefer not to say | i prefer not to say
    prefer not to answer | id prefer not to say | dont want to say | i dont want to say | i dont want to answer
    dont want to answer | i wont say | not telling | not saying | none of your business | non of your business | nunya
    mind your business | private | thats private | its private | personal | no thanks | no thank you | leave me alone
    stop asking | nada | nada más | nada mas | ninguno | ninguna | prefiero no decirlo | prefiero no decir
    prefiero no contestar | prefiero no responder | no quiero decirlo | no quiero decir | no quiero contestar
    no quiero responder | paso | no es asunto tuyo | no te importa | es privado | siguiente | no gracias | nichts
    nix | gar nichts | nein | ne | nö | nee | keine antwort | keine angabe | kein kommentar | möchte ich nicht sagen
    will ich nicht sagen | das möchte ich nicht sagen | ich möchte nichts sagen | lieber nicht | sag ich nicht
    geht dich nichts an | geht euch nichts an | privat | ist privat | weiter | nein danke | keins | keine | rien | non
    pas envie | niente | no grazie | não | nao | nada a declarar | prefiro não dizer | nic | niets
"""
_ASSENT = """
    yes | yeah | yep | yup | ya | yh | ok | okay | k | lol | lmao | rofl | xd | hm | mhm | um | uh | er | eh | meh
    same | test | testing | hi | hello | hey | hiya | yo | sup | bye | thanks | thank you | ty | bruh | bro | sí | si
    vale | hola | gracias | bueno | adiós | adios | buenas | oui | ja | jo | jup | klar | hallo | moin | servus
    danke | tschüss | passt | bonjour | salut | merci | ciao | grazie | olá | oi | sim | obrigado | obrigada | prueba
"""
_FILLERS = """
    um uh er hmm hm well so oh ok okay lol haha tbh honestly sorry just man bro mate ngl fr rn really i guess to be
    honest pues bueno eh ay jaja la verdad sinceramente perdón perdon tío also ehrlich gesagt naja halt äh ähm hä
    einfach bah ben euh beh allora então
"""
_FILLER_WORDS = frozenset(_FILLERS.split())
_LONGEST_CHARS = 80
"""A longer text is none of the phrases below: most replies need no look at each."""
_DRAWN_OUT = re.compile(r"([^\W\d])\1{2,}")
_LAUGHTER = re.compile(r"(?:[hj]+[aeiou]+){2,}[hj]*|(?:lo+l ?)+|x+d+|k{2,}|rs(?:rs)+")
_MASHED = re.compile(r"(?:asd|sdf|dfg|fgh|ghj|hjk|jkl|qwe|zxc|xcv|poiu|lkjh)\w*")
_NOT_WORD = re.compile(r"[^\w'/]+")


def _phrases(listed: str) -> frozenset[str]:
    return frozenset(_plain(phrase) for phrase in re.split(r"[|\n]", listed) if phrase.strip())


def _plain(text: str) -> str:
    """Return the words in lower case, without apostrophes, and nooo as no: "Don't know!!" is "dont know"."""
    words = _NOT_WORD.sub(" ", text.lower().replace("’", "'")).replace("'", "")
    return _DRAWN_OUT.sub(r"\1", " ".join(words.split()))


def _without_fillers(plain: str) -> str:
    """Return the words without those at either end that say nothing: "um idk tbh" is "idk"."""
    words = plain.split()
    while words and words[0] in _FILLER_WORDS:
        words.pop(0)
    while words and words[-1] in _FILLER_WORDS:
        words.pop()
    return " ".join(words)


_KNOWN: tuple[tuple[Nonresponse, frozenset[str]], ...] = (
    ("dont_know", _phrases(_DONT_KNOW)),
    ("refusal", _phrases(_REFUSAL)),
    ("noise", _phrases(_ASSENT)),
)


def nonresponse(text: str) -> Nonresponse | None:
    """Return in which way a reply says nothing; None where it says something. A mark as "[phone]" says nothing."""
    text = without_marks(text)
    if len(text) > _LONGEST_CHARS and any(map(str.isalpha, text)):
        text = " ".join(text.split())
        if len(text) > _LONGEST_CHARS:
            return None
    plain = _plain(text)
    if not any(map(str.isalpha, plain)) or _LAUGHTER.fullmatch(plain) or _MASHED.fullmatch(plain):
        return "noise"
    core = _without_fillers(plain)
    if not core:
        return "noise"
    return next((kind for kind, phrases in _KNOWN if plain in phrases or core in phrases), None)
