"""Finds where somebody lives: a street with a house number, a flat, a post box, and the town and postcode behind them.

A street alone is a place that people have opinions about ("Main Street needs bike lanes") and stays, as do suburbs and
towns; one that somebody says they live on goes.
"""

import re
from collections.abc import Iterator

from nlp.redaction import Redaction

_TYPES = (
    "street|str|st|road|rd|avenue|ave|av|lane|ln|drive|dr|close|court|ct|crescent|cres|terrace|tce|place|pl|parade|"
    "pde|grove|gr|boulevard|blvd|highway|hwy|square|sq|gardens|gdns|mews|esplanade|walk|way|circuit|cct|loop|alley|"
    "parkway|pkwy|vale|quay|rise|row"
)
"""What an English street is called behind its name."""
_TYPES_FIRST = (
    r"calle|c/|cl\.|avenida|avda?\.?|av\.|plaza|plz\.|paseo|p[º°]|camino|carretera|ctra\.?|pasaje|callejón|ronda|"
    r"travesía|urbanización|rua|rue|boulevard|chemin|allée|quai|viale?|corso|piazza(?:le|tta)?|vicolo|ul\.|ulica|"
    r"strada|praça|rruga"
)
"""What a street is called before its name, in Spanish and its neighbours."""
_ENDINGS = (
    "stra(?:ß|ss)e|str\\.|straat|laan|plein|gracht|gasse|allee|platz|weg|vägen|gatan|gata|gate|gade|vej|veien|vegen|"
    "vegur|katu|kuja|tie|stræde|utca|wegen|dreef|kade|braut|sgata"
)
"""How one word says that it is a street, in German, Dutch and the north."""

_TYPES_AFTER = "stra(?:ß|ss)e|str\\.?|gate|vei|väg|gata|terrasse|utca|u\\.|út|tér|tee|mnt|pst|puiestee"
"""What a street is called between its name and its number, there and farther east."""

_CAPITAL = r"(?-i:[^\W\d_a-zß-öø-ÿα-ωа-я])"
_PARTICLE = r"(?:d[aeou]s?|dei|degli|e|del|della|delle|di|la|las|le|les|los|el|l['’]|van|von|der|den|the|of|y|z|à|a)"
_TITLED = rf"{_CAPITAL}[\w'’.-]*"
_NAME = rf"(?:{_TITLED}|\d{{1,3}}(?:st|nd|rd|th))(?:\s(?:{_PARTICLE}\s){{0,2}}{_TITLED}){{0,3}}"
_SAID = (
    "las los la el de del zone speed limit min mins minutes minute pm am th nd people cars car lane lanes way ways "
    "hour hours day days week weeks of in on to the "
    "a an and or at from down up along off by near year years old more new bus buses stop stops metre metres meter "
    "meters "
    "feet foot mile miles km kms mph kmh m percent times time per for is are was were need needs should with kids "
    "other "
    "main busy big dark quiet bad local major side bike dirt long blocks block shops shop different lights parked "
    "my our "
    "your no every this that trees crossings hay con tiene son faltan falta por más mas solo en hasta desde que "
    "para sin "
    "mucha mucho muy al está esta es somos cada sobre se me lo un una donde cuando como todos todas días horas "
    "minutos años noche día metros pasan pasa van va"
)
_PLAIN = rf"(?!(?:{_SAID.replace(' ', '|')})\b)[^\W\d_][\w'’-]+"
"""A word in any case of a street's name: not one that people say between a number and a street."""
_HOUSE = r"\d{1,6}[a-h]?(?:\s?[-/–]\s?\d{1,5}[a-h]?)?"
_UNIT = (
    r"(?:apt|apartment|suite|ste|flat|unit|room|rm|floor|level|lot|piso|depto|dpto|departamento|puerta|portal|bloque|"
    r"escalera|esc|appt|wohnung|apartado)\b\.?\s?#?\d{1,5}(?:\s?[a-z]\b)?"
)
_STOREY = r"\d{1,2}\s?[ºª°]\s?(?:[a-z]{1,4}\b|\d{1,2}\b)?"
_NUMBERED = r"(?:,?\s?(?:n[º°.o]\.?|núm(?:ero)?\.?|number|#)\s?|,?\s)\d{1,5}(?:\s?[a-h]\b)?"
_GAP = r"[ \t>|]{0,4}[,\n]?[\s>|]{1,8}"
_COUNTED = (
    "jan(?:uary)?|feb(?:ruary)?|march|april|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|"
    "dec(?:ember)?|years?|grades?|class|bus|route|line|tram|platform|room|level|section|top|ages?|covid|unit|chapter|"
    "weeks?|days?|[a-z]{2,6}day|over|under|about|around|only|than"
)
"""What has a number behind it and is no street."""
_LIVES = (
    r"\b(?:i|we|he|she|they|who)\s(?:(?:all|still|now|also|currently)\s)?(?:live|lives|lived|stay|stays)\s(?:now\s)?"
    r"(?:at|on|in|off)\s|\b(?:my|our|his|her|their)\s(?:home\s|street\s|new\s|old\s)?(?:address|place|"
    r"house)\s?(?:is|:|=)"
    r"\s?(?:(?:at|on|in)\s)?|\baddress\s?(?:is|:|=)\s*|\b(?:vivo|vivimos|vive|viven)\s(?:ahora\s)?en\s|"
    r"\b(?:mi|nuestra)\s(?:direcci[oó]n|casa|calle)\s(?:es|está en)\s|\bdirecci[oó]n\s?:\s*"
)


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_STREETS = tuple(
    map(
        _form,
        (
            rf"(?<![\w.,$£€-])(?:{_HOUSE},?\s+)?{_HOUSE},?\s(?:{_NAME}|"
            rf"{_PLAIN}(?:\s{_PLAIN}){{0,2}})\s(?:{_TYPES})\b",
            rf"(?<![\w.,$£€-])(?:{_HOUSE},?\s+){{1,2}}(?:{_TYPES_FIRST})\s(?:{_PARTICLE}\s?){{0,2}}(?:{_NAME}|"
            rf"{_PLAIN})"
            r"(?:,?\s\d{1,5}\b)?",
            rf"(?<!\w)(?:\d{{1,6}}\s)?(?:{_TYPES_FIRST})\s?(?:{_PARTICLE}\s){{0,2}}(?:{_NAME}|"
            rf"{_PLAIN}(?:\s{_PLAIN}){{0,2}}){_NUMBERED}",
            rf"(?<!\w)(?:\d{{1,6}}\s)?(?:{_TITLED}\s){{0,2}}\w{{2,30}}(?:{_ENDINGS})\s\d{{1,5}}[a-h]?\b",
            rf"(?<![\w.,$£€-])\d{{2,6}}\s(?!(?:{_COUNTED})\b){_NAME}\s(?!(?:19|20)\d\d\b)\d{{1,5}}\b(?!\s?[%:])",
            rf"(?<!\w)(?:\d{{1,6}}\s)?{_NAME}\s(?:{_TYPES_AFTER})\s\d{{1,5}}[a-h]?\b",
            rf"(?<!\w)(?:\d{{1,6}}\s)?{_NAME}\s\d{{1,5}}(?:\s{_NAME})?(?={_GAP}{_UNIT})",
            r"(?<!\w)(?:\d{1,6}\s)?(?:p\.?\s?o\.?\s?box|post\s?box|apartado de correos|postfach)\s#?\d{1,6}",
            rf"(?<!\w)(?:(?:PSC|CMR|Unit)\s\d+,?\s+Box\s\d+|"
            rf"US[A-Z]{{1,3}}\s{_TITLED}),?\s+[ADF]PO,?\s+A[AEP]\s+\d{{5}}",
            rf"(?:{_LIVES})(?:the\s|la\s)?(?P<data>(?:{_HOUSE}\s)?(?:{_NAME}|{_PLAIN}(?:\s{_PLAIN}){{0,2}})\s"
            rf"(?:{_TYPES})\b)",
            rf"(?:{_LIVES})(?:the\s|la\s|el\s)?(?P<data>(?:{_TYPES_FIRST})\s?(?:{_PARTICLE}\s){{0,2}}(?:{_NAME}|"
            rf"{_PLAIN}))",
            rf"(?:{_LIVES})(?P<data>(?:\d{{1,6}}\s)?{_NAME}\s\d{{1,5}}\b)",
            rf"(?:{_LIVES})(?P<data>\d{{1,6}}\s{_NAME})",
            rf"(?:{_LIVES})(?P<data>{_HOUSE}\sthe\s(?:{_TYPES})\b)",
            rf"(?:{_LIVES})[^.,;!?\n]{{1,30}}?\son\s(?P<data>{_NAME}\s(?:{_TYPES})\b)",
            rf"\b(?:number|no\.?|house)\s?{_HOUSE},?\s(?:on|in|of)\s(?:the\s)?(?:{_PLAIN}\s){{1,3}}(?:{_TYPES})\b",
            rf"\b(?:número|n[º°])\s?{_HOUSE}\s(?:de|en)\s(?:la\s|el\s)?(?:{_TYPES_FIRST})\s(?:{_PARTICLE}\s){{0,2}}"
            rf"(?:{_NAME}|{_PLAIN})",
        ),
    )
)
_WHOLE = r"(?=[ \t]*(?:$|[,.;!?\n)]))"
"""A town's name fills its line or stands between commas; a sentence that begins with a capital goes on."""
_POSTCODE = r"(?:[a-z]{2}[ -])?\d{4,6}(?:-\d{3,4})?\b|[a-z]{1,2}\d[a-z\d]?\s?\d[a-z]{2}\b|[a-z]\d[a-z]\s?\d[a-z]\d\b"
_TOWN = rf"{_NAME}(?:\s\([^()\n]{{1,20}}\))?(?:,?\s(?:{_POSTCODE}))?{_WHOLE}"
_REST = (
    _form(rf"(?:\.?,?\s|{_GAP})(?:{_UNIT}|{_STOREY})"),
    _form(rf",\s?{_TOWN}"),
    _form(rf"{_GAP}(?:{_NAME}[\s,]{{1,4}}){{0,3}}(?:{_POSTCODE})(?!\w)"),
)
"""What an address goes on with: a flat, a town between commas, a postcode."""
_TOWN_BELOW = _form(rf"{_GAP}{_TOWN}")
_FLAT_BEFORE = _form(rf"\b(?:{_UNIT}|(?:apartment|apt|flat|unit|level|floor|lot|shop)\.?|\d{{1,4}}\s?/)[\s,]{{0,2}}$")
_LONGEST_FLAT = 24
_ALONE = _form(r"(?:^|\n)[\s>|]{0,6}(?P<data>(?:apt|suite|flat)\b\.?\s\d{1,5})(?=\s*(?:$|\n))")


def addresses(text: str) -> Iterator[Redaction]:
    """Yield the addresses, each with its flat, town and postcode; they may overlap."""
    if not any(map(str.isdigit, text)) and not _LIVES_AT.search(text):
        return
    for pattern in _STREETS:
        for match in pattern.finditer(text):
            start, end = match.span("data" if "data" in pattern.groupindex else 0)
            yield Redaction(_with_flat(text, start), _with_town(text, end), "address")


_LIVES_AT = _form(_LIVES)


def _with_flat(text: str, start: int) -> int:
    """Return where an address begins, with a flat in front of its street: "Flat 2, 12 High Street"."""
    before = text[max(0, start - _LONGEST_FLAT) : start]
    flat = _FLAT_BEFORE.search(before)
    return start - len(before) + flat.start() if flat else start


def _with_town(text: str, end: int) -> int:
    """Return where an address ends, with all that belongs to it."""
    has_flat = False
    while True:
        further = next((found for form in _REST if (found := form.match(text, end))), None)
        has_flat = has_flat or bool(further and further.re is _REST[0])
        if further is None and has_flat:
            further = _TOWN_BELOW.match(text, end)
        if further is None:
            return end
        end = further.end()
