"""One person's visit to the desk: who it is, when, and what is put in the outbox for them, in one transaction."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.deployment import Deployment
from bot.phrases import BotPhrases, bot_phrases
from storage import outbox, respondents
from storage.database import Transaction
from storage.ids import RespondentId
from storage.outbox import Outgoing
from storage.respondents import Respondent

Row = tuple[tuple[str, str], ...]
MAX_MESSAGE = 4000
"""Characters; Telegram takes 4,096 UTF-16 units, and an emoji is two."""


@dataclass(frozen=True, slots=True)
class House:
    """What holds for every visit: the deployment, and how texts are screened.

    `screen` returns the flags of a text in a language; `new_id` a fresh, unguessable id of 16 hexadecimal digits.
    """

    deployment: Deployment
    upload_bytes: int
    screen: Callable[[str, str], tuple[str, ...]]
    new_id: Callable[[], str]

    @property
    def languages(self) -> tuple[str, ...]:
        """What is spoken, the first by default."""
        return self.deployment.languages


@dataclass(slots=True)
class Visit:
    """Collects what is said to the visitor; `tapped` is the message whose button was tapped, `notice` the answer.

    `second` are the flags that a second look raised on what the visitor sent; None where there was no time for one.
    `as_member` marks what is said as for a member alone: it is not sent to who is none any more.
    `held` says that the words are stored where it will find them.
    """

    house: House
    tx: Transaction
    respondent: Respondent
    now: datetime
    tapped: int | None = None
    notice: str | None = None
    second: tuple[str, ...] | None = ()
    as_member: bool = False
    held: bool = False

    @property
    def language(self) -> str:
        """The visitor's language, or the house's first."""
        return self.respondent.language or self.house.languages[0]

    @property
    def words(self) -> BotPhrases:
        """The bot's own words in the visitor's language."""
        return bot_phrases(self.language)

    def screen(self, text: str) -> tuple[str, ...]:
        """Return the flags of what the visitor wrote: of its phrases, and those of the second look."""
        if not text.strip():
            return ()
        return tuple(sorted({*self.house.screen(text, self.language), *(self.second or ())}))

    def refresh(self) -> None:
        """Read again who the visitor is, after something about them was stored."""
        self.respondent = respondents.find(self.tx, self.respondent.id) or self.respondent

    def send(self, text: str, *rows: Row, quotes: RespondentId | None = None) -> None:
        """Send a message, in parts where it is too long; the buttons stand under the last.

        `quotes` is whose words are in it, where they are not the visitor's: it is not sent once they were deleted.
        """
        parts = split(text)
        for part in parts[:-1]:
            self.put(Outgoing("message", part, quotes=quotes))
        self.put(Outgoing("message", parts[-1], buttons=rows, quotes=quotes))

    def replace(self, text: str, *rows: Row) -> None:
        """Put this in the place of the message that was tapped; send it where there is none.

        Of a text too long for a message, the end takes the place: what was tapped stood under that.
        """
        if self.tapped is None:
            self.send(text, *rows)
        else:
            self.put(Outgoing("edit", split(text)[-1], buttons=rows, edits=self.tapped))

    def put(self, outgoing: Outgoing) -> None:
        """Put something in the visitor's outbox."""
        outbox.put(self.tx, self.respondent.id, replace(outgoing, members_only=self.as_member), self.now)


def split(text: str, most: int = MAX_MESSAGE) -> list[str]:
    """Return the text in parts of at most `most` UTF-16 units, cut at lines or words where that is possible."""
    parts, rest = [], text
    while len(rest.encode("utf-16-le")) // 2 > most:
        end = most // 2 if any(ord(character) > 0xFFFF for character in rest[:most]) else most
        cut = max(rest.rfind("\n", 0, end), 0) or max(rest.rfind(" ", 0, end), 0) or end
        parts.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip("\n ")
    return [part for part in (*parts, rest) if part.strip()] or ["…"]
