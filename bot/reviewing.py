"""Reviewing replies in the chat: one at a time, the suggested themes as toggles.

A reply and its toggles are two messages: taps edit the short second one, so that a long reply stays as it was shown.
"""

import hashlib
from collections.abc import Sequence

from bot import member_phrases as words
from bot.visit import Row, Visit
from nlp.codebook import Theme, from_json, text_in
from storage import codebooks, review
from storage.ids import ResponseId
from storage.review import Item

SHOWN_FIRST = 6
"""So many themes stand on the keyboard at first; the rest come with "More themes".

All of them where the machine is measured: those that come first are chosen more readily.
"""


def next_reply(visit: Visit) -> None:
    """Show the next reply to review, or say that there is none."""
    item = review.claim_next(visit.tx, visit.respondent.id, visit.now)
    if item is None:
        visit.send(words.REVIEW_EMPTY)
    else:
        visit.send(_text(visit, item), quotes=item.respondent)
        visit.send(words.REVIEW_HOW, *_rows(visit, item, more=False))


def tapped(visit: Visit, response: int, value: str) -> None:
    """Take a tap on a button below a reply."""
    response_id, member = ResponseId(response), visit.respondent.id
    item = review.item(visit.tx, response_id, member)
    if item is None and value == "change":
        item = review.reopen(visit.tx, response_id, member, visit.now)
    if item is None:
        visit.notice = words.REVIEW_TAKEN
        next_reply(visit)
    else:
        _decide(visit, item, value)


def _decide(visit: Visit, item: Item, value: str) -> None:
    match value:
        case "ok":
            _confirm(visit, item)
        case "none":
            review.none_of_these(visit.tx, item.response_id, visit.respondent.id, visit.now)
            _settle(visit, words.REVIEW_DONE_NONE, *_change(item))
        case "leave":
            review.leave(visit.tx, item.response_id, visit.respondent.id, visit.now)
            _settle(visit, words.REVIEW_LEFT)
        case "next" | "change":
            visit.replace(words.REVIEW_HOW, *_rows(visit, item, more=True))
        case _:
            _toggle(visit, item, value)


def _confirm(visit: Visit, item: Item) -> None:
    if not item.selected:
        visit.notice = words.REVIEW_PICK
        return
    review.confirm(visit.tx, item.response_id, visit.respondent.id, visit.now)
    names = {theme.id: text_in(theme.name, "en") for theme in _themes(visit)}
    chosen = ", ".join(sorted(names.get(theme, theme) for theme in item.selected))
    _settle(visit, words.REVIEW_DONE.format(themes=chosen), *_change(item))


def _change(item: Item) -> tuple[Row, ...]:
    return (((words.REVIEW_CHANGE, f"r:{item.response_id}:change"),),)


def _settle(visit: Visit, outcome: str, *rows: Row) -> None:
    """Say what was decided, and show the next reply; after a change, the next one stands in the chat already."""
    visit.replace(outcome, *rows)
    if review.reviewing(visit.tx, visit.respondent.id) is None:
        next_reply(visit)


def _toggle(visit: Visit, item: Item, value: str) -> None:
    themes = _themes(visit)
    index = next((place for place, theme in enumerate(themes) if theme_code(theme.id) == value[1:]), None)
    if index is None:
        visit.notice = visit.words.stale
        return
    theme, on = themes[index].id, value[0] == "+"
    after = review.toggle(visit.tx, item.response_id, visit.respondent.id, theme, on)
    if after is not None and after.selected != item.selected:
        shown = _suggested_first(item, themes)[:SHOWN_FIRST]
        more = not {*item.selected, theme} <= {themes[position].id for position in shown}
        visit.replace(words.REVIEW_HOW, *_rows(visit, after, more=more or index not in shown))


def theme_code(theme_id: str) -> str:
    """Return what a token carries of a theme; not its place, which another codebook may give to another theme."""
    return hashlib.sha256(theme_id.encode()).hexdigest()[:8]


def _themes(visit: Visit) -> Sequence[Theme]:
    active = codebooks.active(visit.tx)
    return () if active is None else from_json(active[1]).themes


def _text(visit: Visit, item: Item) -> str:
    decided, waiting = review.progress(visit.tx)
    names = {theme.id: text_in(theme.name, "en") for theme in _themes(visit)}
    suggestions = "\n".join(
        words.REVIEW_SUGGESTION.format(
            theme=names.get(tag.theme, tag.theme),
            confidence=tag.confidence,
            excerpt=item.redacted[tag.start : tag.end],
            why=tag.why,
        )
        for tag in item.suggestions
    )
    head = words.REVIEW_HEAD.format(decided=decided, waiting=waiting, quality=_quality(visit))
    suggested = words.REVIEW_SUGGESTED.format(suggestions=suggestions) if suggestions else words.REVIEW_NONE_SUGGESTED
    reply = words.REVIEW_TEXT.format(wording=item.wording, reply=item.redacted)
    return "\n\n".join((head, reply, words.REVIEW_MEASURED if item.is_measured else suggested))


def _quality(visit: Visit) -> str:
    found = review.quality(visit.tx)
    if found.precision is None:
        return words.REVIEW_QUALITY_UNKNOWN
    return words.REVIEW_QUALITY.format(right=round(10 * found.precision), reviews=found.reviews)


def _rows(visit: Visit, item: Item, *, more: bool) -> list[Row]:
    themes, prefix = _themes(visit), f"r:{item.response_id}:"
    order = _suggested_first(item, themes)
    shown = order if more or item.is_measured else order[:SHOWN_FIRST]
    toggles = [
        (f"✓ {text_in(themes[index].name, 'en')}", f"{prefix}-{theme_code(themes[index].id)}")
        if themes[index].id in item.selected
        else (text_in(themes[index].name, "en"), f"{prefix}+{theme_code(themes[index].id)}")
        for index in shown
    ]
    rows: list[Row] = [tuple(toggles[start : start + 2]) for start in range(0, len(toggles), 2)]
    if len(shown) < len(order):
        rows.append(((words.REVIEW_MORE, f"{prefix}next"),))
    rows.append(((words.REVIEW_CONFIRM, f"{prefix}ok"), (words.REVIEW_NONE, f"{prefix}none")))
    rows.append(((words.REVIEW_LEAVE, f"{prefix}leave"),))
    return rows


def _suggested_first(item: Item, themes: Sequence[Theme]) -> list[int]:
    """Return the indices of the themes, the suggested ones first, in order of confidence."""
    confidence = {tag.theme: tag.confidence for tag in item.suggestions}
    return sorted(range(len(themes)), key=lambda index: (-confidence.get(themes[index].id, 0.0), index))
