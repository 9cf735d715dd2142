"""Typed words, new or edited: what they do to a conversation."""

from dataclasses import replace
from typing import assert_never

from dialogues import asking, path
from dialogues.condition import Value
from dialogues.conversation import Edited, Response
from dialogues.labels import number_label
from dialogues.phrases import phrases
from dialogues.replying import understand
from dialogues.script import Choice, Choices, Consent, Language, Number, Question, Scale, names_other, probe_of
from dialogues.turn import Turn
from dialogues.understanding.assent import understand_yes_no
from dialogues.understanding.declining import declines
from dialogues.understanding.reading import Between, Clear, DontKnow, Refusal, Unclear
from dialogues.understanding.words import words


def take_words(turn: Turn, text: str, *, unseen: bool = False) -> None:
    """Take words typed to the question that the conversation stands at, unless it was not yet on the screen."""
    if turn.conversation.phase == "paused":
        turn.pause(turn.words.still_paused)
    elif unseen:
        turn.say(turn.words.crossed)
    elif turn.conversation.waiting == "other":
        _other(turn, text)
    elif not _confirmed(turn, text) and not _pressed(turn, text):
        _reply(turn, text)


def _other(turn: Turn, text: str) -> None:
    """Take the words behind "other", unless they say that there is no more to say."""
    refused = isinstance(declines(text, turn.conversation.language), Refusal)
    turn.respond("answered", turn.with_other(), None if refused else text)


def _confirmed(turn: Turn, text: str) -> bool:
    """Take a yes or no to what was just asked back, if that had one answer; return whether the text was that."""
    state = turn.conversation
    reading = understand_yes_no(text, state.language)
    only = state.candidates[0].value if len(state.candidates) == 1 else None
    if (only is None and state.unplaced is None) or not isinstance(reading, Clear):
        return False
    if not reading.value:
        turn.change(candidates=(), unplaced=None)
        turn.ask()
    elif only is not None:
        _clear(turn, only, text)
    elif (problem := out_of_bounds(turn.question, turn.with_other(), state.language)) is not None:
        turn.miss(problem, unplaced=state.unplaced)
    else:
        turn.respond("answered", turn.with_other(), state.unplaced)
    return True


def _pressed(turn: Turn, text: str) -> bool:
    """Take words that are what a button says, as a tap on it; return whether they were. An option's words come first.

    Never below an open question, where the same words may be an answer.
    """
    rows = asking.buttons(turn.script, turn.question, turn.conversation)
    named = (button.value for row in rows for button in row if words(button.label) == words(text))
    match None if turn.takes_any_words else next(named, None):
        case "done" if turn.conversation.selected:
            turn.choose(turn.conversation.selected)
        case "done":
            turn.miss(turn.words.nothing_selected, unplaced=turn.conversation.unplaced)
        case "skip":
            turn.skip()
        case "back":
            turn.back()
        case "keep":
            turn.leave()
        case _:
            return False
    return True


def _reply(turn: Turn, text: str) -> None:
    consenting = isinstance(turn.question, Consent)
    reading = understand(turn.question, turn.conversation, text)
    match reading:
        case Clear(value):
            _clear(turn, value, text)
        case Between(values, faint):
            _between(turn, values, faint=faint)
        case Refusal() if not consenting:
            turn.skip()
        case DontKnow() if not consenting:
            turn.respond("dont_know", None, text)
        case Refusal() | DontKnow() | Unclear():
            _unclear(turn, text)
        case _:
            assert_never(reading)


def _between(turn: Turn, values: tuple[Value, ...], *, faint: bool) -> None:
    """Ask which of these was meant; where several may be chosen and one way is plain, tick that to be completed."""
    language = turn.conversation.language
    problems = [out_of_bounds(turn.question, value, language) for value in values]
    fitting = [value for value, problem in zip(values, problems, strict=True) if problem is None]
    if fitting and isinstance(turn.question, Consent):
        turn.miss(turn.words.did_you_mean)
    elif len(fitting) == 1 and not faint and _ticked(turn, fitting[0]):
        turn.miss(turn.words.ticked)
    elif fitting:
        turn.ask_which(fitting)
    else:
        turn.miss(problems[0] or turn.words.not_understood_buttons)


def _ticked(turn: Turn, value: Value) -> bool:
    """Tick these options beside those that are; return whether that is possible here."""
    return isinstance(value, tuple) and turn.select((*turn.conversation.selected, *value))


def _clear(turn: Turn, value: Value, text: str) -> None:
    question, selected = turn.question, turn.conversation.selected
    problem = out_of_bounds(question, value, turn.conversation.language)
    if problem is not None:
        turn.miss(problem)
    elif isinstance(question, Consent):
        turn.consented(agreed=value is True, text=text)
    elif isinstance(question, Choices) and selected and isinstance(value, tuple):
        add_options(turn, question, (*selected, *value))
    else:
        turn.choose(value, text)


def add_options(turn: Turn, question: Choices, names: tuple[str, ...]) -> None:
    """Tick more options and ask whether that is all, or say that it is too many."""
    problem = out_of_bounds(question, tuple(dict.fromkeys(names)), turn.conversation.language)
    if problem is not None:
        turn.miss(problem)
        return
    turn.select(names)
    turn.change(candidates=(), unplaced=None)
    turn.ask()


def _unclear(turn: Turn, text: str) -> None:
    question = turn.question
    if isinstance(question, Choice | Choices) and question.other is not None:
        other = question.other[turn.conversation.language]
        turn.miss(turn.words.as_other.format(other=other), unplaced=text)
    elif isinstance(question, Number):
        turn.miss(turn.words.not_understood_number)
    else:
        turn.miss(turn.words.not_understood_buttons)


def out_of_bounds(question: Question, value: Value, language: Language) -> str | None:
    """Return, in words, which bound of the question a value that was understood breaks; None where it fits."""
    own = phrases(language)
    if isinstance(question, Choices) and isinstance(value, tuple) and question.at_most is not None:
        return own.too_many_typed.format(most=question.at_most) if len(value) > question.at_most else None
    if not isinstance(question, Number | Scale) or not isinstance(value, int | float):
        return None
    lowest, highest = question.lowest, question.highest
    if (lowest is None or value >= lowest) and (highest is None or value <= highest):
        return None
    if lowest is None or highest is None:
        bound = number_label(lowest if lowest is not None else highest or 0, language)
        return (own.number_most if lowest is None else own.number_least).format(bound=bound)
    low, high = (number_label(bound, language) for bound in (lowest, highest))
    return own.number_between.format(lowest=low, highest=high)


# --- edited


def take_edit(turn: Turn, event: Edited) -> None:
    """Take new words for a response, or for a message that had not become one."""
    old = next((given for given in turn.conversation.responses if given.question == event.question), None)
    misunderstood = turn.conversation.misses > 0 and turn.conversation.phase == "asking" and not event.unseen
    if event.question is None and misunderstood:
        take_words(turn, event.text)
        return
    new = _reread(turn, old, event.text) if old else None
    if new is None:
        turn.say(turn.words.edit_unclear if old else turn.words.edit_unused)
        return
    turn.keep(new)
    turn.say(turn.words.amended)
    if turn.conversation.phase != "ended":
        _follow(turn)


def _follow(turn: Turn) -> None:
    """Go where an edited response leads: to a question that now applies, away from one that does not any more."""
    state = turn.conversation
    undisturbed = not state.revisiting and state.waiting == "reply"
    elsewhere = undisturbed and path.next_question(turn.script, state) != state.step
    if turn.is_orphaned and state.phase == "paused":
        turn.forget()
    elif turn.is_orphaned or (elsewhere and state.phase == "asking"):
        turn.leave()


def _reread(turn: Turn, old: Response, text: str) -> Response | None:
    """Return the response with the new words, or None where they are not clear."""
    question = next(step for step in turn.script.questions if old.question in (step.id, probe_of(step.id)))
    if isinstance(question, Consent):
        return None
    own_words = names_other(question, old.value) and bool(old.text)
    if isinstance(question, Choices) and own_words:
        return replace(old, text=text)
    reading = understand(question, replace(turn.conversation, language=old.language), text)
    match reading:
        case Clear(value) if out_of_bounds(question, value, turn.conversation.language) is None:
            return replace(old, outcome="answered", value=value, text=text)
        case Refusal():
            return replace(old, outcome="refused", value=None, text=None)
        case DontKnow():
            return replace(old, outcome="dont_know", value=None, text=text)
        case _:
            return replace(old, text=text) if own_words else None
