"""Every word that a young person can be shown, on one page, side by side in each language: for whoever answers for it.

Words in braces are filled in when they are sent. What members read comes last: many of them are young too.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, is_dataclass
from typing import TypeAlias

from bot import introduction, library, member_phrases
from bot.commands import listed
from bot.deployment import Deployment, text_in
from bot.help_phrases import help_phrases
from bot.mydata_words import ABOUT, HAND_IN, WHAT
from bot.phrases import bot_phrases
from bot.welcome_phrases import welcome_phrases
from dialogues.phrases import LANGUAGES, phrases

Said: TypeAlias = tuple[str, tuple[str, ...]]
"""A text by its name, in each language of `LANGUAGES` in that order; in the first alone where the rest are missing."""


@dataclass(frozen=True, slots=True)
class Part:
    """What is said on one occasion, in the order in which it stands in the program."""

    title: str
    said: tuple[Said, ...]


def page(deployment: Deployment) -> str:
    """Return the page in Markdown, with the introduction as that deployment says it."""
    return "\n\n".join(["# Every word that the bot says", *map(_table, parts(deployment))])


def parts(deployment: Deployment) -> tuple[Part, ...]:
    """Return all that is said, in the order in which a young person meets it."""
    shipped = [Part(f"{script.dialogue}.yaml", tuple(_written("", script))) for script, _ in library.shipped_sets()]
    members = {name: text for name, text in vars(member_phrases).items() if name.isupper()}
    return (
        Part("The introduction, filled in", tuple(_introduced(deployment))),
        Part("Around the introduction", _spoken(lambda code: asdict(welcome_phrases(code)))),
        Part("The menu, commands and what is kept", _spoken(lambda code: asdict(bot_phrases(code)))),
        Part("Behind the menu button", _spoken(listed(deployment.languages).__getitem__)),
        Part("Within a set of questions", _spoken(lambda code: asdict(phrases(code)))),
        Part("Where something sounds serious", _spoken(lambda code: asdict(help_phrases(code)))),
        *shipped,
        Part("In the file of /mydata", _spoken(lambda code: [ABOUT[code], HAND_IN[code], WHAT[code]])),
        Part("To members", tuple(_beside("", [members]))),
    )


def _introduced(deployment: Deployment) -> Iterator[Said]:
    """Yield what the deployment's own words are part of."""
    yield "opening", tuple(introduction.opening(deployment, code) for code in LANGUAGES)
    yield "agreement", tuple(introduction.agreement(deployment, code) for code in LANGUAGES)
    yield "more", tuple(introduction.more(deployment, code) for code in LANGUAGES)
    yield "guardian", tuple(introduction.guardian_ask(deployment, code) for code in LANGUAGES)
    yield "other way", tuple(text_in(deployment.other_way, code) for code in LANGUAGES)
    for line in deployment.help_lines:
        yield "help line", tuple(line.shown(code) for code in LANGUAGES)


def _spoken(words: Callable[[str], object]) -> tuple[Said, ...]:
    return tuple(_beside("", [words(code) for code in LANGUAGES]))


def _beside(name: str, versions: Sequence[object]) -> Iterator[Said]:
    """Yield the texts of things that have the same shape, one thing a language, with the way to each as its name."""
    first = versions[0]
    if isinstance(first, str):
        yield name, tuple(map(str, versions))
    for key in first if isinstance(first, Mapping) else range(len(first)) if isinstance(first, list) else ():
        inner = [version[key] for version in versions if isinstance(version, Mapping | list)]
        yield from _beside(f"{name} {key}".strip(), inner)


def _written(name: str, thing: object) -> Iterator[Said]:
    """Yield the texts of a question set or of a part of one."""
    if isinstance(thing, Mapping):
        yield name, tuple(thing[code] for code in LANGUAGES if code in thing)
    elif isinstance(thing, tuple):
        for one in thing:
            yield from _written(f"{name} {getattr(one, 'id', '')}".strip(), one)
    elif is_dataclass(thing):
        for field in fields(thing):
            inner = "" if field.name in ("steps", "options", "text") else field.name
            yield from _written(f"{name} {inner}".strip(), getattr(thing, field.name))


def _table(part: Part) -> str:
    """Return a table: a row a text, a column a language."""
    languages = list(LANGUAGES.values())[: max(len(texts) for _, texts in part.said)]
    rows = [
        ("", *languages),
        ("---",) * (len(languages) + 1),
        *((name, *map(_cell, texts)) for name, texts in part.said),
    ]
    return f"## {part.title}\n\n" + "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", "<br>")
