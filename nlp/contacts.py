"""Finds what leads to somebody on the internet by how it is written: e-mail addresses, links, and names in apps."""

import re
from collections.abc import Iterator

from nlp.redaction import Kind, Redaction

_APPS = (
    r"(?:insta(?:gram)?|ig|snap(?:chat)?|sc|tiktok|tik tok|tt|discord|telegram|twitter|whats ?app|wsp|fb|facebook|"
    r"messenger|"
    r"roblox|psn|xbox|steam|twitch|fortnite|minecraft|epic|valorant|bereal|kik|wechat|reddit|tumblr|pinterest|"
    r"youtube|threads|spotify|strava)"
)
_NAMED = r"(?:user ?name|usuario|user|gamer ?tag|handle|screen ?name|nick(?:name)?|tag|acc(?:ount)?|cuenta)"
_IS = rf"(?:\b(?:{_NAMED}|name|id|is|it['’]?s|es|ist|est|called)\b|['’]s\b|[:=-])"
_ADD = (
    r"(?:add|follow|message|msg|dm|text|find|hmu|hit me up|friend|reach|contact|agr[eé]ga(?:me|nos)?|añ[aá]deme|"
    r"s[ií]gue(?:me|nos)?|b[uú]scame|escr[ií]beme|h[aá]blame)"
)
_SAID = (
    "a an as como the my your our is it its it's on in at if and or but to for of so not no never always just only "
    "also still too very "
    "really please pls plz when where who how what why me us you i im i'm they he she we that this there here with "
    "from by "
    "about because cause bc cos than then now later anytime maybe bad good great boring private public down broken "
    "full gone "
    "dead banned blocked deleted hacked old new cool fun ok fine better best worse addictive toxic everything "
    "everywhere all "
    "mostly everyone anyone people or&or was were has had can could would should will wont doesnt dont or getting "
    "like more "
    "mi tu su un una el la los las es está no y o pero por para que con en de del si sí siempre nunca también muy "
    "mal malo mala bien buena bueno aburrido privado privada público cuando donde como porque todo todos nada"
)
_TOKEN = (
    rf"(?!(?:{'|'.join(map(re.escape, dict.fromkeys(_SAID.split())))})(?![\w.-])|"
    rf"\+?\d{{7}})[\w.\-]*[\w\-](?:#\d{{2,5}})?"
)
"""A word that can be a name in an app: any that is not what people go on with ("my insta is private")."""
_ODD = r"(?=[\w.-]{0,40}(?:\d|_|[^\W\d_]\.[^\W\d_]))[^\W\d][\w.\-]{0,38}[\w\-]"
"""A word written like no other: "sam_99", "its.leila"."""
_SITE = r"(?:[a-z0-9-]+\.)+"
_PATH = r"/[^\s<>\"']*[^\s<>\"'.,;:!?)\]]"
_TLD = r"(?:com|org|net|edu|gov|info|io|gg|app|dev|eu|uk|de|nl|au|nz)"
"""Endings that no sentence without a space behind its full stop runs into, unlike `.it` or `.me`."""
_NO_ONE = r"(?!(?:work|home|school|night|all|the|least|risk|ease|me|you|everyone|here|gmail|hotmail)\b)"
"""Words that "@" stands before for "at"."""


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _spelt(words: str) -> str:
    """Return a pattern for a sign that is spelt out, alone or in brackets: "me at mail dot com", "me (at) mail"."""
    return rf"\s{{0,2}}[(\[]?\s{{0,2}}\b(?:{words})\b\s{{0,2}}[)\]]?\s{{0,2}}"


_DOT = _spelt("dot|punto")
_ENDING = r"(?:com|co|net|org|edu|gov|io|me|info|au|nz|uk|ie|us|ca|in|es|mx|ar|cl|pe|eu|de|fr|it|pt|nl|se|no|fi|dk)"


_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("email", _form(r"(?<![\w.+'%-])[\w.+'%-]*[\w+%-]\s?@\s?(?:[\w-]+\.)+[^\W\d_]{2,}")),
    (
        "email",
        _form(
            rf"(?<![\w.+-])[\w.+-]{{1,64}}(?:{_DOT}[\w-]{{1,30}}){{0,2}}{_spelt('at|arroba')}[\w-]+(?:{_DOT}{_ENDING}){{1,2}}\b"
        ),
    ),
    ("email", _form(r"(?<![\w.+-])[\w.+-]{1,64}\s?@\s?(?:gmail|hotmail|outlook|yahoo|icloud|live|proton(?:mail)?)\b")),
    ("link", _form(r"(?:https?://|www\.)[^\s<>\"']*[^\s<>\"'.,;:!?)\]]")),
    ("link", re.compile(rf"(?<![\w@.])(?:{_SITE}{_TLD}|{_SITE}[a-z]{{2,}}(?={_PATH}))(?:{_PATH})?(?![\w@-])")),
    ("handle", _form(rf"(?<![\w@.])@{_NO_ONE}\w[\w.]*\w")),
    ("handle", _form(r"(?<!\w)\w{2,32}#\d{4}(?!\w)")),
    ("handle", _form(rf"\b(?:my|mi|mon|mein)\s+(?:{_APPS}|{_NAMED})(?:\s*{_IS})+\s*(?P<data>{_TOKEN})")),
    ("handle", _form(rf"(?<!\w){_APPS}\s*[:=]\s*(?P<data>{_TOKEN})")),
    ("handle", _form(rf"(?<!\w){_APPS}\s(?:{_IS}\s?)?(?P<data>{_ODD})")),
    (
        "handle",
        _form(
            rf"\b{_ADD}\s+(?:me\s+|us\s+)?(?:on|at|en)\s+(?:my\s+|mi\s+)?{_APPS}\s*[:,=-]?\s+(?:as\s|"
            rf"como\s)?(?P<data>{_TOKEN})"
        ),
    ),
    (
        "handle",
        _form(
            rf"\b(?:{_ADD}\s(?:me\s)?(?:as\s)?|(?:como|as|called)\s)(?P<data>{_TOKEN})\s(?:on|in|"
            rf"en)\s(?:my\s)?{_APPS}\b"
        ),
    ),
    ("handle", _form(rf"(?<!\w)(?P<data>{_ODD})\s(?:on|in|en)\s{_APPS}\b")),
    ("handle", _form(rf"\b{_ADD}\s(?:me\s)?[:,-]?\s?(?P<data>{_ODD})")),
)


def contacts(text: str) -> Iterator[Redaction]:
    """Yield e-mail addresses, links and names in apps; they may overlap."""
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            yield Redaction(*match.span("data" if "data" in pattern.groupindex else 0), kind)
