"""The card of an alert as a lead sees it: whose it is and what can be done; never the words."""

from collections.abc import Sequence
from datetime import datetime

from bot import member_phrases as words
from bot.tokens import AlertAction
from bot.visit import Row
from storage import alert_words
from storage.alerts import Alert, Outcome
from storage.database import Transaction
from storage.ids import MemberId

OUTCOMES: dict[AlertAction, Outcome] = {"contacted": "contacted", "passed": "passed on", "false": "false alarm"}
_TOLD: dict[Outcome, str] = {outcome: words.CARD_OUTCOMES[action] for action, outcome in OUTCOMES.items()}


def text(tx: Transaction, alert: Alert, lead: MemberId) -> str:
    """Return what the card says to that lead."""
    flags = ", ".join(alert.flags)
    held = alert_words.held_back(tx, alert.id)
    lines = [words.ALERT_LINE.format(id=alert.id, at=time(alert.raised_at), flags=flags)]
    if alert.contact_wanted:
        lines.append(words.CARD_WANTED)
    lines.append(words.CARD_CLOSED.format(outcome=_TOLD[alert.outcome]) if alert.outcome else _whose(alert, lead))
    if held:
        lines.append(words.CARD_HELD.format(count=held))
    return "\n".join(lines)


def _whose(alert: Alert, lead: MemberId) -> str:
    if alert.taken_by is None:
        return words.CARD_WAITS
    return words.CARD_YOURS if alert.taken_by == lead else words.CARD_ANOTHERS


def rows(tx: Transaction, alert: Alert, lead: MemberId) -> list[Row]:
    """Return what that lead can do about it."""
    release: list[tuple[str, AlertAction]] = (
        [(words.CARD_RELEASE, "release")] if alert_words.held_back(tx, alert.id) else []
    )
    if alert.outcome is not None:
        return _buttons(alert, release)
    if alert.taken_by != lead:
        take: tuple[str, AlertAction] = (
            (words.CARD_TAKE, "take") if alert.taken_by is None else (words.CARD_TAKE_OVER, "over")
        )
        return _buttons(alert, [take], [(words.CARD_READ, "read")])
    return _buttons(
        alert,
        [(words.CARD_READ, "read"), (words.CARD_WRITE, "write")],
        release,
        [(words.CARD_HAND_OVER, "hand"), (words.CARD_CLOSE, "close")],
    )


def closing_rows(alert: Alert) -> list[Row]:
    """Return the ways in which an alert can end."""
    outcomes: list[list[tuple[str, AlertAction]]] = [[(words.CARD_OUTCOMES[name], name)] for name in OUTCOMES]
    return _buttons(alert, *outcomes, [(words.CARD_BACK, "back")])


def _buttons(alert: Alert, *rows: Sequence[tuple[str, AlertAction]]) -> list[Row]:
    return [tuple((label, f"a:{alert.id}:{action}") for label, action in row) for row in rows if row]


def time(moment: datetime) -> str:
    """Return when, as a card says it."""
    return f"{moment:%d %b %H:%M} UTC"
