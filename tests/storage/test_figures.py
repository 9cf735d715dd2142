"""What figures tell, and above all what they never tell, whatever is asked of them and however it is combined."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, combinations

import pytest
from hypothesis import given as assuming
from hypothesis import settings
from hypothesis import strategies as st

from dialogues.conversation import Conversation
from dialogues.script import Language
from storage import conversations, responses, scripts
from storage.database import Database, Transaction
from storage.figures import SPLITS, Cell, Counts, Question, Split, Table, table, tables
from storage.ids import ConversationId
from storage.suppression import FEW, Group, pooled
from tests.storage.samples import NOW, SCRIPT, given, person, tag

MODE = Question("getting-around", "mode", "option")
VIEWS: tuple[tuple[Split, ...], ...] = ((), *((split,) for split in SPLITS), *combinations(SPLITS, 2))


def chose(tx: Transaction, name: str, mode: str, site: str | None = "north", *, trial: bool = False) -> ConversationId:
    version = scripts.store(tx, SCRIPT, "the file", None, NOW)
    conversation_id = ConversationId(f"conversation-of-{name}-{mode}")
    conversation = Conversation(Language("en"), phase="ended", ending="break_off")
    conversations.begin(
        tx, conversation_id, person(tx, name), version, "telegram", conversation, site, trial=trial, now=NOW
    )
    responses.record(tx, conversation_id, given("mode", mode, None), None, NOW)
    return conversation_id


def the(found: Sequence[Table], question: Question = MODE) -> Table:
    (one,) = [one for one in found if one.question == question]
    return one


def shown(one: Table) -> dict[str, dict[Group, int | None]]:
    return {
        figure.option: dict(zip(one.groups, (cell.count for cell in figure.cells), strict=True))
        for figure in one.figures
    }


# --- what is counted


async def test_people_are_counted_by_option_and_place(database: Database) -> None:
    def work(tx: Transaction) -> None:
        for number in range(7):
            chose(tx, f"n{number}", "bus")
            chose(tx, f"s{number}", "bike", "south")
        one = the(tables(tx, ("site",), (5,)))
        assert shown(one) == {
            "bike": {("north",): None, ("south",): 7},
            "bus": {("north",): 7, ("south",): None},
        }
        assert one.people == Cell(14)

    await database.write(work)


async def test_a_person_counts_once_with_their_latest_response(database: Database) -> None:
    def work(tx: Transaction) -> None:
        for number in range(5):
            chose(tx, f"n{number}", "bus")
        chose(tx, "n0", "bike")
        assert the(tables(tx, (), (4,))).figures[0].all == Cell(4)
        assert the(tables(tx, (), (5,))).figures == ()  # four people and one

    await database.write(work)


async def test_trials_and_flagged_responses_count_nowhere(database: Database) -> None:
    def work(tx: Transaction) -> None:
        for number in range(5):
            chose(tx, f"n{number}", "bus")
            chose(tx, f"t{number}", "bus", trial=True)
            responses.flag(tx, chose(tx, f"f{number}", "bus"), given("mode").question, ("self-harm",))
        assert the(tables(tx, (), (2,))).figures[0].all == Cell(5)

    await database.write(work)


async def test_a_theme_counts_who_said_it_and_the_words_behind_other_are_one_option(database: Database) -> None:
    def work(tx: Transaction) -> None:
        for number in range(6):
            conversation_id = chose(tx, f"n{number}", "a horse")
            tag(tx, responses.record(tx, conversation_id, given(), None, NOW), "transport", "money")
        found = tables(tx, (), (5,))
        assert [one.question.question for one in found] == ["mode", "wish"]
        assert [(figure.option, figure.all.count) for figure in found[0].figures] == [("other", 6)]
        assert [(figure.option, figure.all.count) for figure in found[1].figures] == [("money", 6), ("transport", 6)]
        assert tables(tx, (), (5,), question="wish") == found[1:]

    await database.write(work)


def test_an_option_or_theme_that_few_chose_is_not_named() -> None:
    counts = counts_of({"bus": {("north", "13-15", "en", "1"): 9}, "train": {("north", "13-15", "en", "1"): 1}}, 9)
    assert [figure.option for figure in table(MODE, counts, (), (5,)).figures] == ["bus"]


def test_how_many_answered_is_not_told_where_it_tells_of_a_few_others() -> None:
    def people(*totals: int, answered: int, limits: tuple[int, ...] = (5,)) -> int | None:
        counts = Counts(answered)
        for option, total in enumerate(totals):
            counts.options[str(option)][("north", "", "en", "v1")] = total
        return table(MODE, counts, (), limits).people.count

    assert people(20, 9, answered=29) == 29
    assert people(20, 9, 3, answered=32) is None  # 32 - 20 - 9 are three people
    assert people(20, answered=22) is None  # two did not
    assert people(20, answered=20) is None  # all did
    assert people(3, answered=3) is None
    assert people(3, 7, answered=10, limits=(5, 10)) is None  # who sees the figures inside knows of the seven


# --- what is never told

people_of = st.dictionaries(
    st.tuples(
        st.sampled_from(["north", "south", "east", ""]),
        st.sampled_from(["13-15", "16-18"]),
        st.sampled_from(["en", "es"]),
        st.sampled_from("12"),
    ),
    st.integers(min_value=1, max_value=14),
    max_size=10,
)
questions = st.dictionaries(st.sampled_from(["bus", "bike", "walk"]), people_of, max_size=3)


def counts_of(options: dict[str, dict[Group, int]], more: int) -> Counts:
    counts = Counts(sum(sum(sizes.values()) for sizes in options.values()) + more)
    for option, sizes in options.items():
        counts.options[option].update(sizes)
    return counts


@dataclass(frozen=True, slots=True)
class Published:
    """A number that somebody reads, and the people whom it counts, as (option, group)."""

    number: int
    counted: frozenset[tuple[str, Group]]


def published(options: dict[str, dict[Group, int]], more: int) -> list[Published]:
    """Every number of every view, inside and in public, with whom it counts."""
    counts, found = counts_of(options, more), []
    everyone = frozenset((option, group) for option, sizes in options.items() for group in sizes) | {("none", ())}
    for limits in ((5,), (5, 10)):
        told = {option: retold(sizes, limits) for option, sizes in options.items()}
        for view in VIEWS:
            one = table(MODE, counts, view, limits)
            places = [SPLITS.index(split) for split in view]
            if one.people.count is not None:
                found.append(Published(one.people.count, everyone))
            for figure in one.figures:
                of_all = [((), figure.all), *zip(one.groups, figure.cells, strict=True)]
                for group, cell in of_all:
                    members = frozenset(
                        (figure.option, full)
                        for full, shown in told[figure.option].items()
                        if not group or tuple(shown[place] for place in places) == group
                    )
                    if cell.count is not None:
                        found.append(Published(cell.count, members))
    return found


def retold(sizes: dict[Group, int], limits: Sequence[int]) -> dict[Group, Group]:
    told = {group: group for group in sizes}
    for smallest in limits:
        parts: Counter[Group] = Counter()
        for group, shown in told.items():
            parts[shown] += sizes[group]
        again = pooled(parts, smallest)
        told = {group: again[shown] for group, shown in told.items()}
    return told


@settings(max_examples=200, deadline=None)
@assuming(questions, st.integers(min_value=0, max_value=12))
def test_no_combination_of_any_figures_counts_fewer_people_than_a_group(
    options: dict[str, dict[Group, int]], more: int
) -> None:
    """Two people whom every published number counts alike cannot be told apart by any sum or difference of numbers.

    So it is enough that such people are always at least as many as the smallest group.
    """
    numbers = published(options, more)
    sizes = {(option, group): people for option, sizes in options.items() for group, people in sizes.items()}
    sizes["none", ()] = more
    alike: defaultdict[tuple[bool, ...], int] = defaultdict(int)
    for who, people in sizes.items():
        alike[tuple(who in one.counted for one in numbers)] += people
    for one in numbers:
        assert one.number == sum(sizes[who] for who in one.counted) >= 5
    assert all(people >= 5 for counted, people in alike.items() if any(counted) and people > 0)


@settings(max_examples=200, deadline=None)
@assuming(people_of)
def test_subtracting_any_cells_from_what_contains_them_leaves_nobody_or_a_group(sizes: dict[Group, int]) -> None:
    """The same from outside: only numbers that somebody reads, no knowledge of who was pooled with whom."""
    counts = counts_of({"bus": sizes}, 0)
    for limits in ((5,), (5, 10)):
        for view in VIEWS[1:]:
            for figure in table(MODE, counts, view, limits).figures:
                cells = [cell.count for cell in figure.cells if cell.count is not None]
                for some in chain.from_iterable(combinations(cells, size) for size in range(len(cells) + 1)):
                    left = (figure.all.count or 0) - sum(some)
                    assert left == 0 or left >= limits[-1]


@settings(max_examples=200, deadline=None)
@assuming(people_of)
def test_a_pair_of_splits_adds_up_to_each_of_them(sizes: dict[Group, int]) -> None:
    counts = counts_of({"bus": sizes}, 0)
    for first, second in combinations(SPLITS, 2):
        pair = shown(table(MODE, counts, (first, second), (5,)))
        for place, split in enumerate((first, second)):
            sums: Counter[Group] = Counter()
            for group, people in pair.get("bus", {}).items():
                sums[(group[place],)] += people or 0
            assert sums == shown(table(MODE, counts, (split,), (5,))).get("bus", {})


@pytest.mark.parametrize("view", VIEWS)
def test_one_person_more_or_fewer_at_a_small_site_shows_in_no_cell_of_it(view: tuple[Split, ...]) -> None:
    def cells(small: int) -> set[Group]:
        sizes = {("north", "13-15", "en", "1"): 40, ("south", "13-15", "en", "1"): small}
        return {group for group in table(MODE, counts_of({"bus": sizes}, 0), view, (5,)).groups if "south" in group}

    assert cells(1) == cells(4) == set()


def test_whoever_is_pooled_reads_as_few() -> None:
    sizes = {("north", "13-15", "en", "1"): 40, ("south", "13-15", "en", "1"): 3, ("east", "13-15", "es", "1"): 4}
    assert shown(table(MODE, counts_of({"bus": sizes}, 0), ("site",), (5,))) == {"bus": {("north",): 40, (FEW,): 7}}
