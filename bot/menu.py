"""The menu: what there is to take part in, and how a visitor comes in, switches language and finds help."""

from collections.abc import Iterable
from textwrap import shorten

from bot import conversing, welcoming
from bot import member_phrases as words
from bot.tokens import MenuButton
from bot.visit import Row, Visit
from bot.welcome_phrases import welcome_phrases
from dialogues.phrases import LANGUAGES
from dialogues.script import Script
from dialogues.understanding.options import understand_option
from dialogues.understanding.reading import Clear
from storage import conversations, respondents, scripts
from storage.conversations import Stored
from storage.scripts import Live

ABOUT_CHARS = 100
"""So much of what a dialogue is about stands in the menu: two lines on a phone."""


def welcome(visit: Visit, site: str) -> None:
    """Note the site that a visitor comes from; show the menu, to a newcomer what comes before it."""
    if visit.house.deployment.site(site.casefold()) is not None:
        respondents.set_site(visit.tx, visit.respondent.id, site.casefold())
        visit.refresh()
    show(visit, welcome_phrases(visit.language).welcome_back)


def show(visit: Visit, head: str) -> None:
    """Show what the visitor has not done yet, with a line about each; what is under way first.

    Who has still to agree, or to say how old they are, is asked that.
    """
    step = welcoming.due(visit)
    if step is not None:
        welcoming.ask(visit, step)
        return
    scripts_open = _open(visit)
    rows = [*_under_way(visit), *(((_entry(script, visit), f"m:{script.dialogue}"),) for script in scripts_open)]
    done = conversations.finished_dialogues(visit.tx, visit.respondent.id)
    if rows:
        about = "\n".join(_about(script, visit) for script in scripts_open)
        visit.send(f"{head}\n\n{about}".strip(), *rows)
    else:
        visit.send(visit.words.menu_done if done else visit.words.menu_empty)


def show_after(visit: Visit, stored: Stored, *, ended: bool) -> None:
    """Show what else there is, if that conversation has just ended."""
    if ended and stored.trial:
        visit.send(words.TRY_DONE)
    elif ended:
        show(visit, visit.words.menu_next)


def _under_way(visit: Visit) -> list[Row]:
    stored = conversations.current(visit.tx, visit.respondent.id)
    if stored is None:
        return []
    script = scripts.load(visit.tx, stored.script_hash)
    title = visit.words.carry_on.format(title=_title(script, visit.language))
    return [((title, f"m:{script.dialogue}"),)]


def _open(visit: Visit) -> list[Script]:
    done = conversations.finished_dialogues(visit.tx, visit.respondent.id)
    current = conversations.current(visit.tx, visit.respondent.id)
    going_on = scripts.load(visit.tx, current.script_hash).dialogue if current else None
    return [live.script for live in scripts.live(visit.tx) if live.dialogue not in done and live.dialogue != going_on]


def _entry(script: Script, visit: Visit) -> str:
    title = _title(script, visit.language)
    return title if script.minutes is None else visit.words.minutes.format(title=title, minutes=script.minutes)


def _about(script: Script, visit: Visit) -> str:
    about = shorten(script.about[script.language(visit.language)], ABOUT_CHARS, placeholder="…")
    return visit.words.about.format(title=_title(script, visit.language), about=about)


def _title(script: Script, language: str) -> str:
    return script.title[script.language(language)]


def choose(visit: Visit, button: MenuButton) -> None:
    """Start what was tapped on the menu; ask first where something else is under way."""
    live = next((one for one in scripts.live(visit.tx) if one.dialogue == button.dialogue), None)
    current = conversations.current(visit.tx, visit.respondent.id)
    if current is not None and scripts.load(visit.tx, current.script_hash).dialogue == button.dialogue:
        show_after(visit, current, ended=conversing.resume(visit, current))
    elif live is None:
        show(visit, visit.words.gone)
    elif button.dialogue in conversations.finished_dialogues(visit.tx, visit.respondent.id):
        visit.notice = visit.words.done_before
    elif current is None:
        _begin(visit, live)
    else:
        _choose_beside(visit, button, live, current)


def take_words(visit: Visit, text: str) -> None:
    """Take words written while no dialogue is going on: its title, or its number, is as good as a tap."""
    step = welcoming.due(visit)
    if step is not None:
        go_on(visit, done=welcoming.take_words(visit, step, text))
        return
    offered = _open(visit)
    reading = understand_option(text, [_title(script, visit.language) for script in offered], visit.language)
    if isinstance(reading, Clear):
        choose(visit, MenuButton(offered[reading.value].dialogue, instead=False))
    else:
        show(visit, visit.words.no_questions_now)


def go_on(visit: Visit, *, done: bool) -> None:
    """Show the menu to who is through with the introduction."""
    if done:
        show(visit, visit.words.menu)


def _begin(visit: Visit, live: Live) -> None:
    """Start it; one that was broken off behind its last reply ends at once."""
    step = welcoming.due(visit)
    if step is not None:
        welcoming.ask(visit, step)
    elif conversing.begin(visit, live):
        show(visit, visit.words.menu_next)


def _choose_beside(visit: Visit, button: MenuButton, live: Live, current: Stored) -> None:
    script = scripts.load(visit.tx, current.script_hash)
    if button.instead:
        conversing.break_off(visit, current)
        _begin(visit, live)
    else:
        title = _title(script, visit.language)
        other = visit.words.start_instead.format(title=_title(live.script, visit.language))
        visit.send(
            visit.words.under_way.format(title=title),
            ((visit.words.carry_on.format(title=title), f"m:{script.dialogue}"),),
            ((other, f"m!{live.dialogue}"),),
        )


def ask_language(visit: Visit) -> None:
    """Ask which language to go on in."""
    buttons = tuple((LANGUAGES[code], f"l:{code}") for code in spoken(visit.house.languages))
    visit.send(visit.words.choose_language, buttons)


def spoken(languages: Iterable[str]) -> tuple[str, ...]:
    """Return those of the house's languages that the bot has words in; English where it has none."""
    return tuple(code for code in languages if code in LANGUAGES) or ("en",)


def set_language(visit: Visit, language: str) -> None:
    """Go on in this language, here and in the conversation that is under way."""
    if language not in spoken(visit.house.languages):
        visit.notice = visit.words.stale
        return
    if language == visit.respondent.language:
        visit.notice = visit.words.language_set
        return
    respondents.set_language(visit.tx, visit.respondent.id, language)
    visit.refresh()
    visit.replace(visit.words.language_set)
    current = conversations.current(visit.tx, visit.respondent.id)
    if current is None:
        show(visit, visit.words.menu)
    else:
        show_after(visit, current, ended=conversing.switch(visit, current, language))
