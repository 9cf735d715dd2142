"""A chat as a story that a youth worker can read: who said, tapped and edited what, in order."""

from collections.abc import Iterable

from tests.botapi.world import Chat, Entry


def transcript(chat: Chat) -> str:
    """Return what happened in a chat, one event a line, keyboards below as `[label]` rows."""
    return "\n".join(_lines(chat.entries))


def _lines(entries: Iterable[Entry]) -> Iterable[str]:
    for entry in entries:
        yield _line(entry).replace("\n", "\n    ")
        if entry.kind in {"said", "edited"}:
            for row in entry.rows:
                yield "    " + " ".join(f"[{label}]" for label in row)


def _line(entry: Entry) -> str:
    name, at = entry.by.first_name, f"#{entry.message_id}"
    match entry.kind:
        case "said":
            return f"{name} {at}: {entry.text}"
        case "edited":
            return f"{name} edits {at}: {entry.text}"
        case "deleted":
            return f"{name} deletes {at}"
        case "tapped":
            return f"{name} taps {entry.text} on {at}"
        case "toasted":
            return f"{name} notes: {entry.text}"
        case "blocked" | "unblocked":
            return f"{name} has {entry.kind} the bot"
        case "left":
            return f"{name} leaves"
