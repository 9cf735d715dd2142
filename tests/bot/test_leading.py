"""What a lead does about an alert, step by step, and who sees what of it."""

from datetime import timedelta

import pytest

from bot import alerting
from bot.phrases import ENGLISH
from tests.bot.town import Person, Town, play, texts

INTO_OPEN = ("/menu", "[Buses · 2 min]", "[I'm in]", "[By bus]", "20")
WORRYING = "i want to kill myself, ring 0412 345 678"


@pytest.fixture
def lea(town: Town) -> Person:
    return town.member("lea", "lead")


@pytest.fixture
def ana(town: Town, lea: Person) -> Person:
    """Somebody who has just written serious words."""
    assert lea
    ana = town.person("ana")
    play(ana, *INTO_OPEN, WORRYING)
    return ana


def steps(town: Town) -> list[object]:
    return [step for (step,) in town.rows("SELECT step FROM alert_steps ORDER BY id")]


def in_review(town: Town, name: str = "amy") -> str:
    """Return what an ambassador gets to review."""
    amy = town.member(name, "ambassador")
    town.tag("buses", redacted="[redacted]")
    return amy.say("/review")


@pytest.mark.usefixtures("ana")
def test_a_lead_takes_an_alert_reads_the_words_and_closes_it(town: Town, lea: Person) -> None:
    assert lea.tap("I'll take this one") == (
        "edit: #1 · 23 Nov 12:00 UTC · self-harm\nIt is yours.\nReplies held back until you release them: 1.\n"
        "[Read the words] [Write to them]\n[Release the reply]\n[Hand over] [Close]"
    )
    assert lea.tap("Read the words") == (
        "bot: #1, for you only. That you read it is recorded; the words go when you close the alert.\n\n"
        f"23 Nov 12:00 UTC\n“{WORRYING}”"
    )
    lea.tap("Close")
    assert "Closed: “I was in touch”." in lea.tap("I was in touch")
    assert steps(town) == ["raised", "acknowledged", "read", "closed"]
    assert "No words are kept" in lea.tap_token("a:1:read")


@pytest.mark.usefixtures("ana")
def test_closing_can_be_thought_better_of(lea: Person) -> None:
    play(lea, "[I'll take this one]", "[Close]")
    assert "It is yours." in lea.tap("Not yet")


@pytest.mark.usefixtures("ana")
def test_every_reading_is_recorded_with_who_read(town: Town, lea: Person) -> None:
    play(lea, "[Read the words]", "[Read the words]")
    (lead,) = town.rows("SELECT id FROM respondents WHERE role = 'lead'")
    assert town.rows("SELECT step, member_id FROM alert_steps WHERE step = 'read'") == [("read", lead[0])] * 2


@pytest.mark.usefixtures("ana")
def test_of_two_leads_one_has_the_alert_and_the_other_can_take_it_over(town: Town, lea: Person) -> None:
    max_ = town.member("max", "lead")
    lea.tap("I'll take this one")
    assert "Another lead has it." in max_.say("/alerts")
    assert max_.labels == ["Take it over", "Read the words"]
    assert "It is yours." in max_.tap("Take it over")
    assert "changed meanwhile" in lea.tap("Hand over")
    assert "Nobody has taken it yet." in max_.tap("Hand over")
    assert lea.story[-1].startswith("bot: Another lead handed #1 over. It waits for you.")


@pytest.mark.usefixtures("ana")
@pytest.mark.parametrize("action", ["take", "read", "release", "false", "write"])
def test_nobody_but_a_lead_can_do_or_read_anything(town: Town, action: str) -> None:
    for member in (town.member("amy", "ambassador"), town.member("sam", "staff"), town.person("ben")):
        before = steps(town)
        assert member.tap_token(f"a:1:{action}") == f"note: {ENGLISH.stale}"
        assert steps(town) == before


def test_a_lead_without_the_alert_cannot_close_it(ana: Person, lea: Person) -> None:
    assert ana
    assert "changed meanwhile" in lea.tap_token("a:1:false")
    assert "changed meanwhile" in lea.tap_token("a:1:close")


def test_an_alert_that_is_gone_says_so(lea: Person) -> None:
    assert "no open alert #7" in lea.say("/alerts 7")
    assert "no open alert #7" in lea.tap_token("a:7:take")
    assert lea.say("/alerts") == "bot: Nothing is waiting."


def test_many_alerts_do_not_flood_the_chat(town: Town, lea: Person) -> None:
    for number in range(12):
        town.person(f"person {number}").say(WORRYING)
    said = lea.say("/alerts")
    assert said.count("Nobody has taken it yet.") == 10
    assert said.endswith("... and 2 more. Close some of these first.")


# --- replies held back


@pytest.mark.usefixtures("ana")
def test_a_flagged_reply_reaches_no_ambassador_and_no_export(town: Town) -> None:
    assert "Nothing to review" in in_review(town)
    assert WORRYING not in str(town.exported())


@pytest.mark.usefixtures("ana")
def test_a_released_reply_comes_back_to_review_and_export_redacted(town: Town, lea: Person) -> None:
    play(lea, "[I'll take this one]", "[Release the reply]")
    assert "[Release" not in lea.story[-1]
    assert "[redacted]" in in_review(town)
    assert "[redacted]" in str(town.exported())
    assert "0412" not in str(town.exported())


@pytest.mark.usefixtures("ana")
def test_a_false_alarm_releases_the_reply(town: Town, lea: Person) -> None:
    play(lea, "[I'll take this one]", "[Close]", "[False alarm: release the reply]")
    assert steps(town)[-2:] == ["closed", "released"]
    assert "[redacted]" in in_review(town)


@pytest.mark.usefixtures("ana")
def test_a_reply_stays_held_back_after_closing_until_it_is_released(town: Town, lea: Person) -> None:
    play(lea, "[I'll take this one]", "[Close]", "[Passed on to someone else]")
    assert "Nothing to review" in in_review(town)
    lea.tap("Release the reply")
    assert "[redacted]" in in_review(town, "abe")


def test_an_innocent_edit_of_flagged_words_is_held_back_until_the_lead_looks(
    town: Town, lea: Person, ana: Person
) -> None:
    lea.tap("I'll take this one")
    ana.edit("more lamps please")
    assert lea.story[-1].startswith("bot: A reply that was held back has other words now.")
    assert "more lamps please" in list(texts(town))
    assert "Nothing to review" in in_review(town)
    said = lea.tap("Read the words")
    assert WORRYING in said
    assert "more lamps please" in said
    lea.tap("Release the reply")
    assert town.rows("SELECT flags FROM responses WHERE question = 'wish'") == [("[]",)]


def test_an_innocent_edit_after_the_alert_was_closed_raises_another(town: Town, lea: Person, ana: Person) -> None:
    play(lea, "[I'll take this one]", "[Close]", "[I was in touch]")
    ana.edit("more lamps please")
    assert "#2 · " in lea.story[-1]
    play(lea, "[I'll take this one]", "[Release the reply]")
    assert "[redacted]" in in_review(town)


def test_an_edit_to_other_serious_words_is_one_alert_and_brings_help(town: Town, lea: Person, ana: Person) -> None:
    assert "Kids Helpline" in ana.edit("my dad hits me")
    assert town.rows("SELECT flags FROM responses WHERE question = 'wish'") == [('["abuse"]',)]
    assert "abuse, self-harm" in lea.story[-1]
    assert "changed words" not in steps(town)


# --- waiting


def escalated(town: Town) -> int:
    told = alerting.escalate(town.tx, timedelta(minutes=60), town.now)
    town.deliver()
    return told


@pytest.mark.usefixtures("ana")
def test_an_alert_that_nobody_takes_is_told_again_to_leads_and_staff_each_hour(town: Town, lea: Person) -> None:
    sam, amy = town.member("sam", "staff"), town.member("amy", "ambassador")
    heard = len(amy.story)
    assert escalated(town) == 0
    for _ in range(2):
        town.later(minutes=61)
        assert escalated(town) == 1
        assert escalated(town) == 0
        assert lea.story[-1].startswith("bot: #1 is still waiting for one of you.")
        assert sam.story[-1].startswith("bot: A message that sounded serious has been waiting")
    assert "self-harm" not in sam.transcript
    assert len(amy.story) == heard
    lea.tap("I'll take this one")
    town.later(days=1)
    assert escalated(town) == 0
