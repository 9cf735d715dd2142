"""The file of /mydata: everything that is held about one person, as JSON, with a line on what each part is."""

import json
from collections.abc import Mapping, Sequence

from bot.mydata_words import ABOUT, HAND_IN, WHAT
from storage import respondents
from storage.belongings import Row, Value, belongings
from storage.database import Transaction
from storage.errors import ExportError
from storage.ids import RespondentId

FILENAME = "mydata.json"
_SHOWN_IN_CHAT = {"outbox": ("text", "buttons")}
"""Columns whose content reaches the person by itself; to a member it may quote others."""


def mydata(tx: Transaction, respondent_id: RespondentId) -> bytes:
    """Return the file. Raises ExportError where nothing is held, since everything was deleted meanwhile."""
    person = respondents.find(tx, respondent_id)
    if person is None:
        raise ExportError("Nothing is held any more.")
    language = person.language if person.language is not None and person.language in WHAT else "en"
    held = belongings(tx, respondent_id)
    document = {
        "about": ABOUT[language],
        "held": {
            table: {"what": WHAT[language].get(table, table), "records": _shown(table, rows)}
            for table, rows in held.rows.items()
        },
        "had a hand in": {"what": HAND_IN[language], "records": {key: ids for key, ids in held.hand_in.items() if ids}},
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _shown(table: str, rows: Sequence[Row]) -> list[Mapping[str, Value]]:
    hidden = _SHOWN_IN_CHAT.get(table, ())
    return [{column: value for column, value in row.items() if column not in hidden} for row in rows]
