"""Coming in, choosing, breaking off and taking up again."""

from dataclasses import replace

import pytest

from bot.menu import ABOUT_CHARS
from bot.phrases import ENGLISH, SPANISH
from tests.bot.town import BUSES, PARKS, WHOLE, Town, play


def test_a_conversation_from_greeting_to_thanks_reads_like_this(town: Town) -> None:
    ana = town.person("ana")
    play(ana, "/menu", "[Buses · 2 min]", "[I'm in]", "by bus", "30", "buses", "at night")
    assert ana.transcript == (
        "ana: /menu\n"
        "bot: What's on today. Pick one:\n\n"
        "Buses – How you travel\n"
        "Parks – Where you sit\n"
        "[Buses · 2 min]\n"
        "[Parks]\n"
        "ana: [Buses · 2 min]\n"
        "bot: Take part?\n"
        "[I'm in] [No thanks]\n"
        "ana: [I'm in]\n"
        "edit: Take part?\n\n✓ I'm in\n"
        "bot: 1 of 3\n\nHow do you travel?\n"
        "[By bus] [By bike]\n"
        "[Another way]\n"
        "[Skip]\n"
        "ana: by bus\n"
        "bot: 2 of 3\n\nHow many minutes?\n"
        "[Skip] [Back]\n"
        "ana: 30\n"
        "bot: 3 of 3\n\nWhat would help?\n"
        "[Skip] [Back]\n"
        "ana: buses\n"
        "bot: Can you say more?\n"
        "[Skip] [Back]\n"
        "ana: at night\n"
        "bot: Thank you.\n"
        "bot: There's more on the menu if you feel like it:\n\n"
        "Parks – Where you sit\n"
        "[Parks]"
    )
    assert town.responses() == [
        ("q1", "answered", "true", None),
        ("mode", "answered", '"by-bus"', "by bus"),
        ("minutes", "answered", "30", "30"),
        ("wish", "answered", '"buses"', "buses"),
        ("wish.probe", "answered", '"at night"', "at night"),
    ]


def test_the_terminal_plays_the_same_conversation(town: Town) -> None:
    telegram, terminal = town.person("ana"), town.person("ana", channel="terminal")
    play(telegram, *WHOLE)
    play(terminal, *WHOLE)
    assert telegram.transcript == terminal.transcript
    assert town.rows("SELECT channel FROM conversations ORDER BY rowid") == [("telegram",), ("terminal",)]


def test_a_site_code_is_noted_and_stays_with_the_conversation(town: Town) -> None:
    ana = town.person("ana")
    play(ana, "/start North", "[Parks]")
    assert town.rows("SELECT site, band, pilot FROM conversations") == [("north", "16-17", 0)]


def test_starting_without_a_code_keeps_the_site(town: Town) -> None:
    ana = town.person("ana")
    play(ana, "/start north", "/start")
    assert town.rows("SELECT site FROM respondents") == [("north",)]


@pytest.mark.parametrize(
    "code", ["'; DROP TABLE x", "a b", "-north", "ü", "x" * 33, "elsewhere", "i_forged", "i_" + "x" * 32]
)
def test_a_forged_code_is_no_site_and_the_menu_comes_all_the_same(town: Town, code: str) -> None:
    ana = town.person("ana")
    assert "[Parks]" in ana.say(f"/start {code}")
    assert town.rows("SELECT site FROM respondents") == [(None,)]


def test_the_menu_shows_what_is_under_way_first(town: Town) -> None:
    ana = town.person("ana")
    play(ana, "/menu", "[Parks]", "/menu")
    assert ana.labels == ["Carry on: Parks", "Buses · 2 min"]


def test_carrying_on_asks_the_question_again(town: Town) -> None:
    ana = town.person("ana")
    play(ana, "/menu", "[Buses · 2 min]", "[I'm in]", "/menu")
    assert "How do you travel?" in ana.tap("Carry on: Buses")
    play(ana, "By bus")
    assert [row[0] for row in town.responses()] == ["q1", "mode"]


def test_choosing_another_asks_which_of_the_two(town: Town) -> None:
    ana = town.person("ana")
    play(ana, "/menu", "[Buses · 2 min]", "[I'm in]", "[By bus]", "/menu")
    assert ana.tap("Parks") == (
        "bot: You're partway through “Buses”.\n[Carry on: Buses]\n[Start: Parks]"  # nothing has changed yet
    )
    assert "What do parks lack?" in ana.tap("Start: Parks")
    assert town.rows("SELECT ending FROM conversations ORDER BY rowid") == [("break_off",), (None,)]


def test_what_was_broken_off_is_taken_up_where_it_stood(town: Town) -> None:
    ana = town.person("ana")
    play(ana, "/menu", "[Buses · 2 min]", "[I'm in]", "[By bus]", "/stop", "/menu")
    assert ana.labels == ["Buses · 2 min", "Parks"]
    assert "How many minutes?" in ana.tap("Buses · 2 min")
    play(ana, "20", "/skip")
    assert town.rows("SELECT ending FROM conversations") == [("complete",)]
    assert [row[0] for row in town.responses()] == ["q1", "mode", "minutes", "wish"]


def test_what_was_done_is_not_offered_again(town: Town) -> None:
    ana = town.person("ana")
    play(ana, *WHOLE, "/menu")
    assert ana.labels == ["Parks"]


def test_an_old_menu_does_not_start_again_what_was_done(town: Town) -> None:
    ana = town.person("ana")
    play(ana, *WHOLE)
    assert ana.tap("Buses · 2 min") == f"note: {ENGLISH.done_before}"
    assert town.rows("SELECT count(*) FROM conversations") == [(1,)]


@pytest.mark.parametrize("token", ["m:buses", "m!buses"])
def test_an_old_menu_does_not_start_again_what_was_done_while_another_is_under_way(town: Town, token: str) -> None:
    ana = town.person("ana")
    play(ana, *WHOLE, "[Parks]")
    assert ana.tap_token(token) == f"note: {ENGLISH.done_before}"
    assert town.rows("SELECT ending FROM conversations ORDER BY rowid") == [("complete",), (None,)]


def test_who_has_done_everything_is_thanked(town: Town) -> None:
    ana = town.person("ana")
    play(ana, "/menu", "[Parks]", "benches", "/menu", "[Buses · 2 min]", "[I'm in]", "/skip", "/skip", "/skip")
    assert ana.say("/menu") == f"bot: {ENGLISH.menu_done}"


def test_an_empty_menu_says_so(town: Town) -> None:
    town.tx.execute("DELETE FROM releases")
    assert town.person("ana").say("/menu") == f"bot: {ENGLISH.menu_empty}"


@pytest.mark.parametrize("under_way", [False, True])
def test_what_is_gone_from_the_menu_shows_what_there_is(town: Town, *, under_way: bool) -> None:
    ana = town.person("ana")
    play(ana, "/menu", *(("[Parks]",) if under_way else ()))
    assert ana.tap_token("m:long-gone").startswith(f"bot: {ENGLISH.gone}\n\nBuses – ")
    assert ana.tap_token("m!long-gone").startswith(f"bot: {ENGLISH.gone}\n\nBuses – ")


def test_who_declines_can_come_back(town: Town) -> None:
    ana = town.person("ana")
    play(ana, "/menu", "[Buses · 2 min]", "[No thanks]")
    assert town.responses() == []
    assert "Buses · 2 min" in ana.labels


def test_consent_given_once_is_not_asked_again(town: Town) -> None:
    ana = town.person("ana")
    play(ana, *WHOLE)
    town.offer(BUSES.replace("dialogue: buses", "dialogue: trams").replace("title: {en: Buses", "title: {en: Trams"))
    play(ana, "/menu")
    assert "How do you travel?" in ana.tap("Trams · 2 min")


def test_the_language_is_the_one_that_the_phone_reports_where_we_speak_it(town: Town) -> None:
    assert "Esto es lo que hay" in town.person("ana", "es-MX").say("/start")
    assert "what's on" in town.person("ben", "fr").say("/start")
    assert "what's on" in town.person("cleo", None).say("/start")


def test_the_language_can_be_changed_in_mid_conversation(town: Town) -> None:
    ana = town.person("ana")
    play(ana, "/menu", "[Buses · 2 min]", "[I'm in]", "/language")
    assert ana.labels == ["English", "Español"]
    said = ana.tap("Español")
    assert said.startswith("edit: De acuerdo, seguimos en español.")
    assert "¿Cómo viajas?" in said
    play(ana, "En bus")
    assert town.rows("SELECT language FROM responses WHERE question = 'mode'") == [("es",)]


def test_changing_the_language_outside_a_conversation_shows_the_menu_in_it(town: Town) -> None:
    ana = town.person("ana")
    play(ana, "/language")
    assert "Parques" in ana.tap("Español")


def test_tapping_the_language_twice_changes_nothing(town: Town) -> None:
    ana = town.person("ana")
    play(ana, "/language")
    number, token = ana.find("Español")
    ana.tap_token(token, number)
    assert ana.tap_token(token, number) == "note: De acuerdo, seguimos en español."
    assert ana.tap_token("l:xx") == "note: Ese botón es de antes, así que no ha cambiado nada."


def test_whoever_is_part_way_keeps_the_version_that_they_began(town: Town) -> None:
    ana = town.person("ana")
    play(ana, "/menu", "[Buses · 2 min]", "[I'm in]")
    town.offer(BUSES.replace("How many minutes?", "How many hours?"))
    assert "How many minutes?" in ana.say("by bus")
    ben = town.person("ben")
    play(ben, "/menu", "[Buses · 2 min]", "[I'm in]")
    assert "How many hours?" in ben.say("by bus")


def test_a_language_that_the_house_does_not_speak_cannot_be_tapped(town: Town) -> None:
    town.house = replace(town.house, deployment=replace(town.house.deployment, languages=("en",)))
    ana = town.person("ana")
    ana.say("/language")
    assert ana.labels == ["English"]
    assert ana.tap_token("l:es") == f"note: {ENGLISH.stale}"
    assert town.rows("SELECT language FROM respondents") == [("en",)]


def test_the_menu_says_what_each_is_about_in_a_line_that_is_not_long(town: Town) -> None:
    town.offer(PARKS.replace("Where you sit", "Where you sit " * 100))
    said = town.person("ana").say("/menu")
    (line,) = [line for line in said.splitlines() if line.startswith("Parks – ")]
    assert len(line) <= len("Parks – ") + ABOUT_CHARS
    assert line.endswith("…")
    assert "Buses – Cómo viajas\n" in town.person("ben", "es").say("/menu")


FLAGGED_AT_THE_END = (*WHOLE[:-1], "i want to kill myself")
"""The last reply is stored and pauses the questions: going on ends them."""


@pytest.mark.parametrize(
    ("lines", "last", "shown"),
    [
        (("/menu",), "[Carry on: Buses]", ENGLISH.menu_next),
        (("/language",), "[Español]", SPANISH.menu_next),
        (("/menu", "[Parks]", "[Start: Parks]", "benches"), "[Buses · 2 min]", ENGLISH.menu_done),
        (("/menu", "[Parks]", "[Start: Parks]", "/menu", "[Buses · 2 min]"), "[Start: Buses]", ENGLISH.menu_next),
        ((), "/resume", ENGLISH.menu_next),
    ],
    ids=["carry on", "language", "begin again", "instead", "resume"],
)
def test_what_ends_by_going_on_shows_the_menu_too(town: Town, lines: tuple[str, ...], last: str, shown: str) -> None:
    ana = town.person("ana")
    play(ana, *FLAGGED_AT_THE_END, *lines)
    before = len(ana.story)
    play(ana, last)
    assert shown in "\n".join(ana.story[before:])


def test_the_title_of_a_dialogue_typed_is_as_good_as_a_tap(town: Town) -> None:
    ana = town.person("ana")
    play(ana, "/start")
    assert "What do parks lack?" in ana.say("parks")
    bo = town.person("bo")
    play(bo, "/start")
    assert bo.say("what is this about").startswith(f"bot: {ENGLISH.no_questions_now}")
