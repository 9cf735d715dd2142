"""Commands: they win over whatever is being asked, in every state."""

from collections.abc import Callable, Sequence

from bot import complaining, conversing, helping, leading, menu, privacy, reaching, reviewing, roles, welcoming
from bot import member_phrases as words
from bot.incoming import Command
from bot.invitations import PREFIX, redeem
from bot.visit import Visit
from dialogues import conversation as talk
from dialogues.phrases import LANGUAGES
from storage import audit, conversations
from storage.export import ENDINGS
from storage.ids import AlertId
from storage.outbox import Outgoing

DESCRIPTIONS = {
    "en": {
        "menu": "what's on",
        "skip": "leave a question out",
        "back": "change your last answer",
        "pause": "take a break",
        "resume": "go on",
        "stop": "stop these questions",
        "safe": "help lines at once, and a break",
        "language": "{languages}",
        "mydata": "see what is stored about you",
        "delete": "remove all of it",
        "complain": "something is wrong",
        "help": "what I can do",
    },
    "es": {
        "menu": "qué hay",
        "skip": "saltar una pregunta",
        "back": "cambiar tu última respuesta",
        "pause": "hacer una pausa",
        "resume": "seguir",
        "stop": "dejar estas preguntas",
        "safe": "teléfonos de ayuda y una pausa",
        "language": "{languages}",
        "mydata": "ver lo que hay guardado sobre ti",
        "delete": "borrarlo todo",
        "complain": "algo está mal",
        "help": "qué sé hacer",
    },
}
"""What Telegram lists behind the menu button, by language; `listed` fills in what is spoken."""

EVENTS: dict[str, Callable[[], talk.Event]] = {
    "skip": talk.Skipped,
    "back": talk.WentBack,
    "pause": talk.Paused,
    "resume": talk.Resumed,
    "stop": talk.Stopped,
}

OBEYED_ALL_THE_SAME = frozenset({"stop", "pause", "delete"})
"""Commands that are obeyed even where the words behind them sound serious."""

TURNING_AWAY = frozenset({"start", "menu", "resume", "skip", "back", "stop"})
"""Commands with which somebody who was writing with a lead turns to the bot again."""

MOST_DIGITS = 15


def listed(languages: Sequence[str]) -> dict[str, dict[str, str]]:
    """Return what Telegram lists behind the menu button: each command's description, by language."""
    names = _names(languages)
    return {
        language: {name: text.format(languages=names) for name, text in descriptions.items()}
        for language, descriptions in DESCRIPTIONS.items()
    }


def _names(languages: Sequence[str]) -> str:
    return " / ".join(LANGUAGES[code] for code in menu.spoken(languages))


def own_words(visit: Visit, command: Command) -> str:
    """Return what a command says in its sender's own words; one that we do not know may begin a sentence.

    What a lead writes to a young person is not about the lead.
    """
    if command.name == "reach" and roles.may(visit.respondent.role, "alerts"):
        return ""
    return (
        command.argument if command.name in roles.COMMANDS else f"{command.name.replace('_', ' ')} {command.argument}"
    )


def obey(visit: Visit, command: Command) -> None:
    """Carry out a command, if its sender may."""
    need = roles.COMMANDS.get(command.name)
    if not roles.may(visit.respondent.role, need):
        _refuse(visit, need)
    elif command.name in EVENTS:
        _in_conversation(visit, command.name)
    elif command.name == "start":
        _start(visit, command.argument)
    elif need == "nothing":
        _around(visit, command)
    else:
        _as_member(visit, command)


def _refuse(visit: Visit, need: roles.Need | None) -> None:
    """Say who may; to somebody who is no member, no more than that there is no such command."""
    if visit.respondent.role is None or need is None or need == "nothing":
        visit.send(visit.words.unknown_command)
    else:
        visit.send(words.NOT_ALLOWED.format(roles=roles.who_may(need)))


def _around(visit: Visit, command: Command) -> None:
    match command.name:
        case "menu":
            menu.show(visit, visit.words.menu)
        case "help":
            _help(visit)
        case "safe":
            conversing.take_break(visit, typed=False)
        case "language":
            menu.ask_language(visit)
        case "mydata":
            privacy.show(visit)
        case "delete":
            privacy.ask_to_delete(visit)
        case "complain":
            complaining.begin(visit, command.argument)
        case _:
            visit.send(visit.words.unknown_command)


def _help(visit: Visit) -> None:
    """Say what the visitor can do here, and whom they can turn to."""
    house, words_here = visit.house, visit.words
    parts = [words_here.help.format(languages=_names(house.languages)), *abilities(visit)]
    parts.append(words_here.help_help_lines.format(help_lines=helping.help_lines(visit)))
    visit.send("\n\n".join(parts))


def _in_conversation(visit: Visit, name: str) -> None:
    current = conversations.current(visit.tx, visit.respondent.id)
    step = welcoming.due(visit)
    if current is not None:
        menu.show_after(visit, current, ended=conversing.happen(visit, current, EVENTS[name]()))
    elif step is not None:
        menu.go_on(visit, done=welcoming.break_off(visit, step, name))
    else:
        visit.send(visit.words.not_started)


def _start(visit: Visit, argument: str) -> None:
    role = redeem(visit, argument)
    if role is None:
        menu.welcome(visit, "" if argument.startswith(PREFIX) else argument)
    else:
        visit.send(words.WELCOME.format(role=words.ROLES[role], abilities="\n".join(abilities(visit))))


def abilities(visit: Visit) -> list[str]:
    """Return what the visitor can do as a member, a line each."""
    role = visit.respondent.role
    return [words.ABILITIES[action] for action in roles.ALLOWED[role]] if role else []


def _as_member(visit: Visit, command: Command) -> None:
    visit.as_member = True
    match command.name:
        case "review":
            reviewing.next_reply(visit)
        case "export":
            _export(visit, command.argument)
        case "reach":
            reaching.reach(visit, command.argument)
        case "complaints":
            complaining.show(visit, command.argument)
        case "alerts":
            _alerts(visit, command.argument.strip())
        case _:
            visit.send(visit.words.unknown_command)


def _export(visit: Visit, argument: str) -> None:
    ending = argument.strip().lstrip(".").casefold() or "xlsx"
    if f".{ending}" not in ENDINGS:
        visit.send(words.EXPORT_FORMATS)
        return
    visit.send(words.EXPORT_STARTED.format(filename=f"tagged.{ending}"))
    visit.put(Outgoing("export", f"tagged.{ending}"))
    audit.record(visit.tx, visit.respondent.id, "exported", ending, visit.now)


def _alerts(visit: Visit, argument: str) -> None:
    """Show the cards of the open alerts, or of the one with that number."""
    number = argument.removeprefix("#")
    if number.isascii() and number.isdigit() and len(number) < MOST_DIGITS:
        leading.show(visit, AlertId(int(number)))
    else:
        leading.show_open(visit)
