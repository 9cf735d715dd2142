"""What an export tells of a conversation besides its responses, so that nobody can be picked out by it.

Where, how old, in which language, which version and which week: each is told only where, with all else that is told,
at least `smallest` people took part in the same dialogue alike (k-anonymity, see `suppression`). Conversations get
numbers in an order drawn for each export, so that neither the order nor a number says when somebody came, or which
row of one export is which of another.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import SystemRandom
from typing import TypeAlias

from storage.database import Transaction
from storage.ids import ConversationId
from storage.suppression import FEW, Group, pooled


@dataclass(frozen=True, slots=True)
class Disguise:
    """A conversation's number in this export, and what is told of it; `week` is the date of a Monday (ISO 8601)."""

    number: int
    told: Group

    @property
    def site(self) -> str:
        """Return the site's code, "" where there was none."""
        return self.told[0]

    @property
    def band(self) -> str:
        """Return the id of the age group, "" where there was none."""
        return self.told[1]

    @property
    def language(self) -> str:
        """Return the language of the first response."""
        return self.told[2]

    @property
    def version(self) -> str:
        """Return the version of the dialogue."""
        return self.told[3]

    @property
    def week(self) -> str:
        """Return the Monday of the week in which the conversation began."""
        return self.told[4]


Disguises: TypeAlias = Mapping[ConversationId, Disguise]
"""By conversation, in the order of their numbers."""
Shuffle: TypeAlias = Callable[[list[ConversationId]], None]

drawn: Shuffle = SystemRandom().shuffle
"""Puts the conversations in an order that nobody can work out again."""


def disguises(
    tx: Transaction, smallest: int, *, pilot: bool = False, shuffle: Shuffle = drawn
) -> dict[ConversationId, Disguise]:
    """Return what may be told of every conversation that has responses to export; `smallest` is a number of people."""
    groups, sizes = _groups(tx, pilot=pilot)
    told = {dialogue: pooled(people, smallest) for dialogue, people in sizes.items()}
    order = list(groups)
    shuffle(order)
    return {
        conversation: Disguise(number, told[dialogue].get(group, (FEW,) * len(group)))
        for number, conversation in enumerate(order, start=1)
        for dialogue, group in [groups[conversation]]
    }


def _groups(
    tx: Transaction, *, pilot: bool
) -> tuple[dict[ConversationId, tuple[str, Group]], dict[str, Counter[Group]]]:
    """Return each conversation's dialogue and group, and by dialogue how many people each group has.

    Who talked about the same twice counts in the first group only: counting both could make two people of one.
    """
    groups: dict[ConversationId, tuple[str, Group]] = {}
    sizes: defaultdict[str, Counter[Group]] = defaultdict(Counter)
    shared: dict[Group, Group] = {}
    for conversation, dialogue, first, *values in _conversations(tx, pilot=pilot):
        group = shared.setdefault(tuple(values), tuple(values))
        groups[conversation] = dialogue, group
        sizes[dialogue][group] += first
    return groups, sizes


def _conversations(tx: Transaction, *, pilot: bool) -> list[tuple[ConversationId, str, int, str, str, str, str, str]]:
    return tx.execute(
        """
        SELECT conversations.id, dialogue,
            row_number() OVER (PARTITION BY respondent_id, dialogue ORDER BY conversations.rowid) = 1,
            coalesce(site, ''), coalesce(band, ''),
            (SELECT language FROM responses WHERE conversation_id = conversations.id ORDER BY responses.id LIMIT 1),
            script_hash, date(started_at, 'weekday 0', '-6 days')
        FROM conversations JOIN scripts ON scripts.hash = script_hash
        WHERE trial = 0 AND pilot = :pilot
            AND EXISTS (SELECT 1 FROM responses WHERE conversation_id = conversations.id AND flags = '[]')
        ORDER BY conversations.rowid
        """,
        {"pilot": pilot},
    ).fetchall()
