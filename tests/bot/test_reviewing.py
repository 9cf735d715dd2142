"""A member reviews one reply at a time; what the machine says is a suggestion."""

import pytest

from bot import member_phrases as words
from bot.phrases import ENGLISH
from bot.reviewing import SHOWN_FIRST, theme_code
from tests.bot.town import WHOLE, Person, Town, play


def replied(town: Town, name: str, wish: str) -> Person:
    person = town.person(name)
    play(person, *WHOLE[:-1], wish)
    return person


@pytest.fixture
def amy(town: Town) -> Person:
    replied(town, "ana", "my friend Jo says buses should run later")
    town.tag("buses", redacted="my friend [name] says buses should run later")
    return town.member("amy", "ambassador")


def test_a_review_reads_like_this(amy: Person) -> None:
    amy.story.clear()
    play(amy, "/review", "[Parks]", "[✓ Parks]", "[Confirm]")
    assert amy.transcript == (
        "amy: /review\n"
        "bot: 0 reviewed, 1 to go\n"
        "How often is the machine right? Too few to say yet.\n\n"
        "“What would help?”\n\n"
        "my friend [name] says buses should run later\n\n"
        "Suggested:\n"
        "• Buses, 80% sure: “my friend ”\n"
        "  (says “buses”)\n"
        "bot: Tap the themes that fit, then Confirm.\n"
        "[✓ Buses] [Parks]\n"
        "[Confirm] [None of these]\n"
        "[Leave it for someone else]\n"
        "amy: [Parks]\n"
        "edit: Tap the themes that fit, then Confirm.\n"
        "[✓ Buses] [✓ Parks]\n"
        "[Confirm] [None of these]\n"
        "[Leave it for someone else]\n"
        "amy: [✓ Parks]\n"
        "edit: Tap the themes that fit, then Confirm.\n"
        "[✓ Buses] [Parks]\n"
        "[Confirm] [None of these]\n"
        "[Leave it for someone else]\n"
        "amy: [Confirm]\n"
        "edit: ✓ Buses\n"
        "[Change it]\n"
        f"bot: {words.REVIEW_EMPTY}"
    )
    (row,) = [row for row in amy.town.exported() if row.question == "wish"]
    assert (row.themes, row.coder, row.review_state) == (("buses",), "ambassador", "reviewed")


def test_none_of_these_is_a_decision(amy: Person) -> None:
    play(amy, "/review", "[None of these]")
    (row,) = [row for row in amy.town.exported() if row.question == "wish"]
    assert (row.themes, row.review_state) == ((), "reviewed")


def test_confirming_nothing_asks_for_a_theme_first(amy: Person) -> None:
    play(amy, "/review", "[✓ Buses]")
    assert amy.tap("Confirm") == f"note: {words.REVIEW_PICK}"
    assert amy.town.rows("SELECT count(*) FROM reviews") == [(0,)]


def test_what_is_left_goes_to_someone_else_and_never_comes_back(amy: Person) -> None:
    assert words.REVIEW_EMPTY in (amy.say("/review") and amy.tap("Leave it for someone else"))
    assert words.REVIEW_EMPTY in amy.say("/review")
    assert "run later" in amy.town.member("bo", "ambassador").say("/review")


def test_two_members_never_review_the_same(amy: Person) -> None:
    bo = amy.town.member("bo", "ambassador")
    assert "run later" in amy.say("/review")
    assert words.REVIEW_EMPTY in bo.say("/review")
    replied(amy.town, "ben", "cheaper fares for all of us")
    amy.town.tag("buses")
    assert "cheaper fares" in bo.say("/review")
    assert "run later" in amy.say("/review")


def test_a_reply_that_nobody_decided_goes_to_the_next_after_a_while(amy: Person) -> None:
    bo = amy.town.member("bo", "ambassador")
    amy.say("/review")
    amy.town.later(minutes=31)
    assert "run later" in bo.say("/review")
    assert words.REVIEW_TAKEN in amy.tap("Confirm")
    assert amy.town.rows("SELECT count(*) FROM reviews") == [(0,)]


def test_ones_own_replies_are_never_shown(amy: Person) -> None:
    play(amy, "/review", "[Confirm]", *WHOLE[:-1], "longer hours please")
    amy.town.tag("buses")
    assert words.REVIEW_EMPTY in amy.say("/review")


def test_a_doubled_confirm_decides_once_and_says_so_kindly(amy: Person) -> None:
    amy.say("/review")
    number, token = amy.find("Confirm")
    amy.tap_token(token, number)
    assert amy.tap_token(token, number) == f"note: {words.REVIEW_TAKEN}\nbot: {words.REVIEW_EMPTY}"
    assert amy.town.rows("SELECT count(*) FROM reviews") == [(1,)]


def test_a_doubled_toggle_changes_once(amy: Person) -> None:
    amy.say("/review")
    number, token = amy.find("Parks")
    amy.tap_token(token, number)
    assert amy.tap_token(token, number) == ""
    assert amy.town.rows("SELECT theme FROM claim_themes ORDER BY theme") == [("buses",), ("parks",)]


@pytest.mark.parametrize("value", ["ok", "none", "leave", "next", "change", "+0", "-0", "+00000000"])
def test_the_token_of_a_review_does_nothing_for_a_respondent(amy: Person, value: str) -> None:
    amy.say("/review")
    before = amy.town.rows("SELECT * FROM claim_themes"), amy.town.rows("SELECT * FROM claims")
    ((response,),) = amy.town.rows("SELECT response_id FROM claims")
    assert amy.town.person("eve").tap_token(f"r:{response}:{value}") == f"note: {ENGLISH.stale}"
    assert (amy.town.rows("SELECT * FROM claim_themes"), amy.town.rows("SELECT * FROM claims")) == before


@pytest.mark.parametrize("value", ["ok", "none", "leave", "next", "change", "+0", "-0", "+00000000"])
def test_a_member_cannot_decide_what_they_did_not_get(amy: Person, value: str) -> None:
    bo = amy.town.member("bo", "ambassador")
    amy.say("/review")
    ((response,),) = amy.town.rows("SELECT response_id FROM claims")
    bo.tap_token(f"r:{response}:{value}")
    bo.tap_token(f"r:999999:{value}")
    assert amy.town.rows("SELECT count(*) FROM reviews") == [(0,)]


def test_a_theme_that_is_not_there_is_a_stale_button(amy: Person) -> None:
    amy.say("/review")
    ((response,),) = amy.town.rows("SELECT response_id FROM claims")
    assert amy.tap_token(f"r:{response}:+00000000") == f"note: {ENGLISH.stale}"


def test_an_amended_reply_is_reviewed_again(town: Town) -> None:
    ana, amy = replied(town, "ana", "more buses at night please"), town.member("amy", "ambassador")
    town.tag("buses")
    play(amy, "/review", "[Confirm]")
    ana.edit("rather more benches in the park")
    assert words.REVIEW_EMPTY in amy.say("/review")
    town.tag("parks")
    assert "more benches" in amy.say("/review")
    assert "✓ Buses" in amy.labels  # as was decided before
    (row,) = [row for row in town.exported() if row.question == "wish"]
    assert row.review_state == "reopened"


def test_what_is_flagged_after_it_was_shown_cannot_be_decided(town: Town) -> None:
    ana, amy = replied(town, "ana", "more buses at night please"), town.member("amy", "ambassador")
    town.tag("buses")
    amy.say("/review")
    ana.edit("i want to kill myself")
    assert words.REVIEW_EMPTY in amy.tap("Confirm")
    assert town.rows("SELECT count(*) FROM reviews") == [(0,)]
    assert "kill" not in amy.transcript


def many_themes(count: int) -> str:
    themes = (
        f"  - id: theme-{n}\n    name: Theme {n}\n    definition: All about the {n}th thing\n    keywords: [word{n}]\n"
        for n in range(count)
    )
    return f"codebook: wide\nthemes:\n{''.join(themes)}"


def test_few_themes_are_shown_first_and_more_on_demand(town: Town) -> None:
    town.use_codebook(many_themes(16))
    replied(town, "ana", "more buses at night please")
    town.tag("theme-9", "theme-12")
    amy = town.member("amy", "ambassador")
    amy.say("/review")
    assert amy.labels[: SHOWN_FIRST + 1] == [
        "✓ Theme 9",
        "✓ Theme 12",
        "Theme 0",
        "Theme 1",
        "Theme 2",
        "Theme 3",
        "More themes",
    ]
    amy.tap("More themes")
    assert len([label for label in amy.labels if "Theme" in label]) == 16
    amy.tap("Theme 15")
    assert "✓ Theme 15" in amy.labels
    play(amy, "[Confirm]")
    (row,) = [row for row in town.exported() if row.question == "wish"]
    assert row.themes == ("theme-12", "theme-15", "theme-9")


def test_the_longest_reply_can_be_reviewed(town: Town) -> None:
    replied(town, "ana", "🚌 " * 1365)
    town.tag("buses", "parks")
    amy = town.member("amy", "ambassador")
    shown = amy.say("/review")
    assert shown.count("🚌") >= 1365
    assert amy.tap("✓ Parks").startswith("edit: Tap the themes that fit")
    assert amy.tap("Confirm").count("✓ Buses") == 1
    assert sum(message.text.count("🚌") for message in amy.screen.values()) >= 1365


def test_a_decision_can_be_changed_and_the_next_reply_stays_where_it_is(amy: Person) -> None:
    replied(amy.town, "ben", "cheaper fares for all of us")
    amy.town.tag("buses")
    play(amy, "/review", "[Confirm]")
    amy.story.clear()
    number, token = amy.find("Change it")
    for value in ("change", f"-{theme_code('buses')}", f"+{theme_code('parks')}", "ok"):
        amy.tap_token(token.replace("change", value), number)
    assert "cheaper" not in amy.transcript
    assert amy.transcript.endswith("edit: ✓ Parks\n[Change it]")
    assert amy.town.rows("SELECT theme FROM review_themes") == [("parks",)]
    assert amy.town.rows("SELECT count(*) FROM claims") == [(1,)]
    deeds = [deed for (deed,) in amy.town.rows("SELECT deed FROM audit WHERE about LIKE 'response%' ORDER BY seq")]
    assert deeds == ["decided", "reopened", "decided"]


def test_nobody_changes_what_another_member_decided(amy: Person) -> None:
    play(amy, "/review", "[Confirm]")
    _, token = amy.find("Change it")
    assert words.REVIEW_EMPTY in amy.town.member("bo", "ambassador").tap_token(token)
    assert amy.town.rows("SELECT decided FROM responses WHERE text LIKE '%run later%'") == [(1,)]


def test_what_measures_the_machine_is_reviewed_without_its_suggestions(amy: Person) -> None:
    amy.town.tx.execute("INSERT INTO review_queue SELECT response_id, 0, 'random' FROM tags")
    shown = amy.say("/review")
    assert words.REVIEW_MEASURED in shown
    assert "Suggested" not in shown
    assert amy.labels[:2] == ["Buses", "Parks"]


def test_only_what_is_likelier_than_not_is_ticked_beforehand(amy: Person) -> None:
    amy.town.tx.execute("UPDATE tags SET confidence = 0.49")
    assert "• Buses, 49% sure" in amy.say("/review")
    assert amy.labels[0] == "Buses"


def test_members_see_how_often_the_machine_is_right(amy: Person) -> None:
    for number in range(50):
        replied(amy.town, f"p{number}", "more buses at night please")
        amy.town.tag("buses")
    amy.town.tx.execute("INSERT INTO review_queue SELECT response_id, response_id, 'random' FROM tags")
    amy.say("/review")
    for number in range(50):
        play(amy, "[Parks]" if number % 5 == 0 else "[Buses]", "[Confirm]")
    assert "The machine is right 8 times in 10 so far (from 50 random replies)." in amy.transcript
