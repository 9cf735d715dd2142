"""What young people learn, agree to and tell before the first question."""

from dataclasses import replace

import pytest

from bot import introduction
from bot.deployment import Deployment
from bot.phrases import ENGLISH
from bot.welcome_phrases import ENGLISH as SAYS
from tests.bot.town import DEPLOYMENT, PARKS, Person, Town, play

OTHER_WAY = "You can write to youth@yarra.invalid."
AGES = "[Under 13] [13–15]\n[16–17] [18–24]\n[25 or over]\n[I'd rather not say]"
SHARED = PARKS.replace("steps:", "steps:\n  - {consent: {en: Join?, es: ¿Vienes?}, id: participation}")


@pytest.fixture
def sam(town: Town) -> Person:
    return town.newcomer("sam")


def deploy(town: Town, **changed: object) -> None:
    """Change what the deployment says."""
    town.house = replace(town.house, deployment=replace(town.house.deployment, **changed))  # type: ignore[arg-type] - as given


def kept(town: Town) -> list[tuple[object, ...]]:
    """Return how many respondents and consents there are."""
    return town.rows("SELECT (SELECT count(*) FROM respondents), (SELECT count(*) FROM consents)")


def test_from_the_poster_to_the_menu_it_reads_like_this(sam: Person) -> None:
    play(sam, "/start north", "[I'm in]", "[13–15]")
    assert sam.transcript == (
        "sam: /start north\n"
        "bot: Hi! You found me at North Library. I'm Tuckshop. I'm a bot, not a person.\n\n"
        "I ask questions for the youth team of Yarra. They are making a plan for young people.\n\n"
        "Each set of questions takes a few minutes. You can skip any of them. You can stop any time.\n"
        "bot: The youth team reads your answers. I don't keep your name.\n\n"
        "What you say is private: nobody is told it was you. There is one limit. If someone seems to be in danger, I "
        "tell an adult on the team.\n\n"
        "Telegram keeps this chat on its own computers too.\n\n"
        "Do you want to take part?\n"
        "[I'm in] [No thanks]\n[Tell me more]\n[Español]\n"
        "sam: [I'm in]\n"
        "edit: The youth team reads your answers. I don't keep your name.\n\n"
        "What you say is private: nobody is told it was you. There is one limit. If someone seems to be in danger, I "
        "tell an adult on the team.\n\n"
        "Telegram keeps this chat on its own computers too.\n\n"
        "Do you want to take part?\n\n✓ I'm in\n"
        f"bot: How old are you? I only keep the group.\n{AGES}\n"
        "sam: [13–15]\n"
        "edit: How old are you? I only keep the group.\n\n✓ 13–15\n"
        "bot: What's on today. Pick one:\n\nBuses – How you travel\nParks – Where you sit\n[Buses · 2 min]\n[Parks]"
    )


def test_the_same_in_spanish(town: Town) -> None:
    ana = town.newcomer("ana", "es")
    said = ana.say("/start")
    assert said.startswith(
        "bot: ¡Hola! Soy Tuckshop. Soy un bot, no una persona.\n\nPregunto de parte del equipo de juventud"
    )
    assert said.endswith("¿Quieres participar?\n[Sí, participo] [No, gracias]\n[Cuéntame más]\n[English]")
    assert "¿Qué edad tienes?" in ana.say("sí")
    assert "Esto es lo que hay" in ana.say("tengo 14")


def test_what_was_agreed_and_the_age_group_are_stored_and_no_age(town: Town, sam: Person) -> None:
    play(sam, "/start", "yes", "i'm 14", "[Parks]")
    named = introduction.wording(town.house.deployment)
    assert town.rows("SELECT key, wording FROM consents") == [("participation", named)]
    assert town.rows("SELECT band FROM conversations") == [("13-15",)]
    assert not [line for line in town.dump() if "i'm 14" in line]


@pytest.mark.parametrize("line", ["/menu", "/start", "hello", "parks", "/skip", "/back", "yes", "m:parks"])
def test_whatever_comes_first_nobody_is_asked_before_they_know(town: Town, sam: Person, line: str) -> None:
    said = sam.tap_token(line) if ":" in line else sam.say(line)
    assert "I'm a bot, not a person." in said
    assert "Do you want to take part?" in said
    assert town.rows("SELECT count(*) FROM conversations") == [(0,)]
    assert kept(town) == [(1, 0)]


@pytest.mark.parametrize("typed", ["yes", "ok", "I'm in", "yeah sure", "i'm in!"])
def test_a_typed_yes_is_as_good_as_a_tap(sam: Person, typed: str) -> None:
    play(sam, "/start")
    assert "How old are you?" in sam.say(typed)


@pytest.mark.parametrize("no", ["[No thanks]", "no", "nah", "no thanks", "/stop"])
def test_no_is_taken_kindly_and_leaves_nothing(town: Town, sam: Person, no: str) -> None:
    play(sam, "/start north", no)
    assert sam.story[-1] == f"bot: {SAYS.declined} {SAYS.kept_nothing}\n\n{OTHER_WAY}"
    assert kept(town) == [(0, 0)]
    assert town.rows("SELECT count(*) FROM contacts") == [(0,)]


def test_a_second_tap_on_no_changes_nothing_and_yes_still_counts(town: Town, sam: Person) -> None:
    play(sam, "/start", "[No thanks]")
    assert sam.tap("No thanks") == f"note: {ENGLISH.stale}"
    assert kept(town) == [(0, 0)]
    assert "How old are you?" in sam.tap("I'm in")


def test_what_is_neither_yes_nor_no_is_asked_back(sam: Person) -> None:
    play(sam, "/start")
    assert sam.say("what is this") == (
        f"bot: {SAYS.agree_again}\n[I'm in] [No thanks]\n[Tell me more]\n[Español]"
    )  # fmt: skip


def test_more_is_told_on_demand_with_the_same_two_ways_on(town: Town, sam: Person) -> None:
    play(sam, "/start")
    said = sam.tap("Tell me more")
    assert "youth@yarra.invalid" in said
    assert "A person looks on weekdays." in said
    assert "call 000" in said
    assert said.endswith("\n[I'm in] [No thanks]")
    assert sam.say("tell me more") == said
    assert "How old are you?" in sam.tap("I'm in")


def test_both_ways_on_stand_side_by_side(town: Town) -> None:
    for language in ("en", "es"):
        row = introduction.agreement_rows(town.house.deployment, language)[0]
        assert len(row) == 2
        assert abs(len(row[0][0]) - len(row[1][0])) <= 5


def test_the_other_language_is_one_tap_away(sam: Person) -> None:
    play(sam, "/start")
    assert "¿Quieres participar?\n[Sí, participo] [No, gracias]" in sam.tap("Español")


@pytest.mark.parametrize("age", ["[Under 13]", "12", "i'm 9", "under 13", "eleven"])
def test_who_is_too_young_is_told_kindly_and_forgotten_at_once(town: Town, sam: Person, age: str) -> None:
    play(sam, "/start", "[I'm in]", age)
    told = SAYS.too_young.format(age=13)
    assert sam.story[-1] == f"bot: {told} {SAYS.kept_nothing}\n\n{OTHER_WAY}"
    assert kept(town) == [(0, 0)]
    assert town.rows("SELECT count(*) > 0 FROM purge_due") == [(1,)]


def test_an_age_group_tapped_after_that_changes_nothing(town: Town, sam: Person) -> None:
    play(sam, "/start", "[I'm in]", "[Under 13]")
    assert sam.tap("25 or over") == f"note: {ENGLISH.stale}"
    assert kept(town) == [(0, 0)]


@pytest.mark.parametrize("unsaid", ["[I'd rather not say]", "rather not say", "/skip"])
def test_who_would_rather_not_say_is_treated_as_the_youngest(town: Town, sam: Person, unsaid: str) -> None:
    play(sam, "/start", "[I'm in]", unsaid)
    assert SAYS.too_young_unsaid.format(age=13) in sam.story[-1]
    assert kept(town) == [(0, 0)]
    deploy(town, minimum_age=0)
    play(sam, "/start", "[I'm in]", unsaid, "[Parks]")
    assert town.rows("SELECT band FROM conversations") == [("unsaid",)]
    assert "Age group: I'd rather not say" in sam.say("/mydata")


@pytest.mark.parametrize("odd", ["2009", "old enough", "🙂", "almost 13"])
def test_an_age_that_is_not_clear_is_asked_back(town: Town, sam: Person, odd: str) -> None:
    play(sam, "/start", "[I'm in]")
    assert sam.say(odd) == f"bot: {SAYS.age_again}\n{AGES}"
    assert town.rows("SELECT band FROM respondents") == [(None,)]


# --- a parent or carer


@pytest.fixture
def asks_guardians(town: Town) -> Deployment:
    deploy(town, guardian=True)
    return town.house.deployment


def test_a_parent_or_carer_agrees_on_the_same_phone(town: Town, sam: Person, asks_guardians: Deployment) -> None:
    play(sam, "/start", "[I'm in]", "[Under 13]")
    assert sam.story[-2] == f"bot: {SAYS.guardian_child.format(age=13)}"
    assert sam.story[-1].startswith(
        "bot: For the parent or carer:\n\nThis bot asks young people for the youth team of Yarra."
    )
    assert sam.labels == ["Yes, they may", "No"]
    assert "[Parks]" in sam.tap("Yes, they may")
    named = introduction.guardian_wording(asks_guardians)
    assert ("guardian", named) in town.rows("SELECT key, wording FROM consents")
    play(sam, "[Parks]")
    assert town.rows("SELECT band FROM conversations") == [("under-13",)]


def test_a_parents_yes_cannot_be_typed(town: Town, sam: Person, asks_guardians: Deployment) -> None:
    play(sam, "/start", "[I'm in]", "[Under 13]")
    assert "For the parent or carer" in sam.say("yes")
    assert "For the parent or carer" in sam.say("/menu")
    assert town.rows("SELECT count(*) FROM consents WHERE key = 'guardian'") == [(0,)]


@pytest.mark.parametrize("no", ["[No]", "no", "/stop"])
def test_without_a_parents_yes_nothing_stays(town: Town, sam: Person, asks_guardians: Deployment, no: str) -> None:
    play(sam, "/start", "[I'm in]", "[Under 13]", no)
    assert SAYS.kept_nothing in sam.story[-1]
    assert kept(town) == [(0, 0)]


# --- coming back


def test_whoever_comes_back_is_greeted_and_asked_nothing_twice(town: Town, sam: Person) -> None:
    play(sam, "/start", "[I'm in]", "[16–17]")
    assert sam.say("/start").startswith(f"bot: {SAYS.welcome_back}\n\nBuses")


def test_a_set_that_asks_only_to_take_part_does_not_ask_again(town: Town, sam: Person) -> None:
    town.offer(SHARED)
    play(sam, "/start", "[I'm in]", "[16–17]")
    assert "What do parks lack?" in sam.tap("Parks")
    assert "Take part?" in sam.tap_token("m!buses")  # this one asks in words of its own


def test_another_wording_is_agreed_to_anew_and_what_was_said_stays(town: Town, sam: Person) -> None:
    play(sam, "/start", "[I'm in]", "[16–17]", "[Parks]", "benches")
    deploy(town, council="Fitzroy")
    said = sam.say("/menu")
    assert said.startswith(f"bot: {SAYS.agreed_before}\n")
    assert "Fitzroy" in said
    play(sam, "no")
    assert sam.story[-1] == f"bot: {SAYS.declined_later}"
    assert len(town.responses()) == 1
    play(sam, "/menu")
    assert "[Buses · 2 min]" in sam.tap("I'm in")


def test_a_yes_to_an_older_wording_does_not_count(town: Town, sam: Person) -> None:
    play(sam, "/start")
    deploy(town, council="Fitzroy")
    assert sam.tap("I'm in") == f"note: {ENGLISH.stale}"
    assert "Fitzroy" in sam.say("yes")
    assert kept(town)[0][1] == 0


def test_everything_can_be_deleted_in_the_middle(town: Town, sam: Person) -> None:
    play(sam, "/start", "[I'm in]", "/delete", "[Yes, delete it all]")
    assert kept(town) == [(0, 0)]
    assert "I'm a bot, not a person." in sam.say("/start")


def test_an_invitation_comes_before_the_introduction_and_a_member_keeps_the_role(town: Town) -> None:
    lea = town.member("lea", "lead")
    town.tx.execute("DELETE FROM consents")
    play(lea, "/menu", "[No thanks]")
    assert SAYS.declined in lea.story[-1]
    assert town.rows("SELECT role FROM respondents") == [("lead",)]


def test_who_said_something_serious_is_not_forgotten_by_saying_no(town: Town, sam: Person) -> None:
    play(sam, "/start", "i want to kill myself", "no")
    assert SAYS.kept_alert in sam.story[-1]
    assert town.rows("SELECT count(*) FROM alerts") == [(1,)]


# --- a test run


def test_a_pilot_says_so_and_its_conversations_are_marked(town: Town, sam: Person) -> None:
    deploy(town, pilot=True)
    assert SAYS.test_run in sam.say("/start")
    play(sam, "[I'm in]", "[16–17]", "[Parks]", "benches")
    assert town.rows("SELECT pilot FROM conversations") == [(1,)]
    deploy(town, pilot=False)
    assert SAYS.agreed_before in sam.say("/menu")  # this time it counts


def test_one_age_group_is_not_asked_for(town: Town, sam: Person) -> None:
    deploy(town, minimum_age=0, bands=DEPLOYMENT.bands[:1])
    assert "[Parks]" in "".join((sam.say("/start"), sam.tap("I'm in")))
