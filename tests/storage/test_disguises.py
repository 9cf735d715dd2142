"""What an export tells of people is shared by enough of them, whoever took part in whatever."""

from collections import defaultdict
from dataclasses import replace
from datetime import timedelta

from hypothesis import given as assuming
from hypothesis import settings
from hypothesis import strategies as st

from dialogues.conversation import Conversation
from dialogues.script import Language
from storage import conversations, responses, rows, scripts
from storage.database import Transaction
from storage.disguises import Disguise, disguises
from storage.export import _record
from storage.ids import ConversationId
from storage.suppression import FEW
from tests.storage.fresh import fresh
from tests.storage.samples import NOW, SCRIPT, given, person

SCRIPTS = (SCRIPT, replace(SCRIPT, title={**SCRIPT.title, Language("en"): "Moving"}), replace(SCRIPT, dialogue="parks"))
parts = st.lists(
    st.tuples(
        st.integers(min_value=0, max_value=20),  # a person
        st.sampled_from(SCRIPTS),
        st.sampled_from([None, "north", "south"]),
        st.sampled_from([None, "13-15", "16-18"]),
        st.sampled_from(["en", "es"]),
        st.sampled_from([0, 3, 9]),  # days
    ),
    max_size=40,
)


def took_part(tx: Transaction, part: tuple[int, object, str | None, str | None, str, int], number: int) -> None:
    who, script, site, band, language, days = part
    assert isinstance(script, type(SCRIPT))
    at = NOW + timedelta(days=days)
    version = scripts.store(tx, script, "the file", None, NOW)
    name = ConversationId(f"c{number}")
    conversation = Conversation(Language(language), phase="ended", ending="break_off")
    respondent = person(tx, f"p{who}")
    conversations.begin(tx, name, respondent, version, "telegram", conversation, site, trial=False, now=at)
    tx.execute("UPDATE conversations SET band = ? WHERE id = ?", (band, name))
    response = replace(given("mode", "bus", None), language=Language(language))
    responses.record(tx, name, response, None, at)


@settings(max_examples=100, deadline=None)
@assuming(parts, st.integers(min_value=2, max_value=5))
def test_whatever_is_told_of_somebody_is_told_of_enough_people_in_that_dialogue(
    given_parts: list[tuple[int, object, str | None, str | None, str, int]], smallest: int
) -> None:
    with fresh() as tx:
        for number, part in enumerate(given_parts):
            took_part(tx, part, number)
        alike: defaultdict[tuple[object, ...], set[str]] = defaultdict(set)
        for name, disguise in disguises(tx, smallest).items():
            dialogue, respondent = tx.execute(
                "SELECT dialogue, respondent_id FROM conversations JOIN scripts ON hash = script_hash WHERE id = ?",
                (name,),
            ).fetchone()
            alike[(dialogue, *disguise.told)].add(respondent)
    for (_, *told), people in alike.items():
        assert len(people) >= smallest or set(told) == {FEW}


def test_times_are_told_as_a_week_and_ids_as_numbers_drawn_for_one_export() -> None:
    with fresh() as tx:
        for number in range(8):
            took_part(tx, (number, SCRIPT, "north", "13-15", "en", 3), number)
        found = list(disguises(tx, 5, shuffle=list.reverse).items())
        version = scripts.store(tx, SCRIPT, "the file", None, NOW)
        assert found[0] == ("c7", Disguise(1, ("north", "13-15", "en", version, "2026-11-23")))  # it was a Thursday
        records = "".join(str(_record(row)) for row in rows.stream(tx, dict(found)))
    assert not any(f"'{kind}{number}'" in records for kind in "cp" for number in range(8))
    assert "12:00" not in records


def test_who_talked_twice_is_one_person() -> None:
    with fresh() as tx:
        for number in range(5):
            took_part(tx, (0, SCRIPT, "north", "13-15", "en", 0), number)
        assert {one.told for one in disguises(tx, 2).values()} == {(FEW,) * 5}


def test_a_pilot_is_disguised_for_itself() -> None:
    with fresh() as tx:
        for number in range(6):
            took_part(tx, (number, SCRIPT, "north", "13-15", "en", 0), number)
        tx.execute("UPDATE conversations SET pilot = 1 WHERE id IN ('c0', 'c1', 'c2')")
        assert {one.told for one in disguises(tx, 4).values()} == {(FEW,) * 5}
        assert len(disguises(tx, 3, pilot=True)) == 3
