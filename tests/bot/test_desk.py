"""What anybody may send, and what must always hold of it."""

import random
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.incoming import (
    CameBack,
    Command,
    Delivery,
    EditedWords,
    Incoming,
    InGroup,
    Left,
    Media,
    Sender,
    Tap,
    Upload,
    Words,
)
from bot.phrases import ENGLISH
from storage.respondents import Role
from tests.bot.chaos import ACTS, WORRYING, Act, act, differing
from tests.bot.town import BUSES, PARKS, WHOLE, Person, Town, play, texts
from tests.storage.fresh import fresh

INTO_OPEN = ("/menu", "[Buses · 2 min]", "[I'm in]", "[By bus]", "20")


# --- media


@pytest.mark.parametrize("kind", ["photo", "sticker", "voice", "location", "poll"])
def test_media_is_answered_kindly_and_changes_nothing(town: Town, kind: str) -> None:
    ana = town.person("ana")
    assert ana.send_media(kind) == f"bot: {ENGLISH.text_only}"
    play(ana, *INTO_OPEN)
    before = town.rows("SELECT state FROM conversations")
    assert "only read text and buttons" in ana.send_media(kind)
    assert town.rows("SELECT state FROM conversations") == before


def test_an_album_is_answered_once(town: Town) -> None:
    ana = town.person("ana")
    assert ana.send_media(album="a")
    assert [ana.send_media(album="a") for _ in range(9)] == [""] * 9
    assert ana.send_media(album="b")


def test_a_file_of_a_respondent_is_answered_like_any_media(town: Town) -> None:
    ana = town.person("ana")
    assert ana.send(Upload("file", "set.yaml", 12, 5)) == f"bot: {ENGLISH.text_only}"
    assert town.rows("SELECT count(*) FROM uploads") == [(0,)]


# --- groups, blocking


@pytest.mark.parametrize(("language", "said"), [("en", "one to one"), ("es-MX", "privado"), (None, "one to one")])
def test_in_a_group_it_says_where_it_talks_and_stores_nobody(town: Town, language: str | None, said: str) -> None:
    group = town.person("a group", language)
    assert said in group.send(InGroup(language))
    assert said in group.send(InGroup(language))
    assert town.rows("SELECT count(*) FROM contacts") == [(0,)]


def test_who_blocked_the_bot_is_left_alone_until_they_come_back(town: Town) -> None:
    ana = town.person("ana")
    play(ana, *INTO_OPEN)
    assert ana.send(Left()) == ""
    assert town.rows("SELECT blocked_at IS NULL FROM contacts") == [(0,)]
    ana.send(CameBack())
    assert town.rows("SELECT blocked_at IS NULL FROM contacts") == [(1,)]
    assert "Can you say more?" in ana.say("buses")


def test_what_waits_for_who_blocked_the_bot_is_given_up(town: Town) -> None:
    ana = town.person("ana")
    town.take(Delivery(town.next_update(), ana.sender, Words("hello", town.next_number())))
    assert town.rows("SELECT count(*) > 0 FROM outbox") == [(1,)]
    ana.send(Left())
    assert town.rows("SELECT count(*) FROM outbox") == [(0,)]
    assert town.rows("SELECT DISTINCT reason FROM undelivered") == [("left",)]


def test_who_blocks_the_bot_without_having_met_it_is_not_stored(town: Town) -> None:
    assert town.person("ana").send(Left()) == ""
    assert town.rows("SELECT count(*) FROM contacts") == [(0,)]


# --- edits


def test_an_edited_message_amends_the_response(town: Town) -> None:
    ana = town.person("ana")
    play(ana, *WHOLE)
    assert ana.edit("fewer cars in the evening") == "bot: Changed, thanks."
    assert list(texts(town))[-1] == "fewer cars in the evening"


def test_an_edit_amends_the_response_that_the_message_gave_and_no_other(town: Town) -> None:
    ana = town.person("ana")
    play(ana, *INTO_OPEN)
    number = ana.last_message
    ana.say("buses")
    ana.edit("25", number)
    assert ("minutes", "answered", "25", "25") in town.responses()


def test_an_edit_of_what_was_no_answer_says_so(town: Town) -> None:
    ana = town.person("ana")
    ana.say("hello")
    assert ana.edit("hi").startswith(f"bot: {ENGLISH.no_questions_now}")
    play(ana, *INTO_OPEN)
    before = town.responses()
    assert "wasn't saved as an answer" in ana.edit("what?", 1)
    assert town.responses() == before


def test_an_edit_that_makes_no_sense_keeps_the_answer(town: Town) -> None:
    ana = town.person("ana")
    play(ana, *INTO_OPEN)
    assert "kept your earlier answer" in ana.edit("ages")
    assert ("minutes", "answered", "20", "20") in town.responses()


# --- words that crossed with a question


def test_words_sent_before_the_question_was_shown_are_no_reply_to_it(town: Town) -> None:
    ana = town.person("ana")
    play(ana, *INTO_OPEN[:-2])
    number, token = ana.find("By bus")
    town.take(Delivery(town.next_update(), ana.sender, Tap(token, number)))
    said = ana.say("12")
    assert "Your message came just as I was asking this" in said
    assert [row[0] for row in town.responses()] == ["q1", "mode"]
    assert "What would help?" in ana.say("12")


def test_words_of_worry_that_crossed_bring_help_all_the_same(town: Town) -> None:
    ana = town.person("ana")
    play(ana, *INTO_OPEN[:-2])
    number, token = ana.find("By bus")
    town.take(Delivery(town.next_update(), ana.sender, Tap(token, number)))
    assert "Kids Helpline" in ana.say(WORRYING)


# --- taps


def test_a_doubled_tap_changes_nothing_and_says_so(town: Town) -> None:
    ana = town.person("ana")
    play(ana, "/menu", "[Buses · 2 min]", "[I'm in]")
    number, token = ana.find("By bus")
    ana.tap_token(token, number)
    before = town.rows("SELECT state FROM conversations")
    assert ana.tap_token(token, number) == f"note: {ENGLISH.stale}"
    assert town.rows("SELECT state FROM conversations") == before


def test_taps_on_buttons_of_every_earlier_question_change_nothing(town: Town) -> None:
    ana = town.person("ana")
    play(ana, *INTO_OPEN)
    before = town.rows("SELECT state FROM conversations")
    _, current = ana.find("Skip")
    revision = current.split(":")[3]
    stale = [token for token in ana.tokens if token.startswith("q:") and token.split(":")[3] != revision]
    assert len(stale) > 5
    assert {ana.tap_token(token) for token in stale} == {f"note: {ENGLISH.stale}"}
    assert town.rows("SELECT state FROM conversations") == before


def test_a_button_of_another_persons_conversation_does_nothing(town: Town) -> None:
    ana, ben = town.person("ana"), town.person("ben")
    play(ana, *INTO_OPEN)
    play(ben, "/menu", "[Parks]")
    before = town.rows("SELECT state FROM conversations ORDER BY rowid")
    for token in [token for token in ana.tokens if token.startswith("q:")]:
        assert ben.tap_token(token) == f"note: {ENGLISH.stale}"
    assert town.rows("SELECT state FROM conversations ORDER BY rowid") == before


@pytest.mark.parametrize("token", ["", "x", "q:0:0:0:0", "q:ff:z:1:resume", "r:1:ok", "s:0123456789abcdef:live", "\0"])
def test_a_forged_tap_is_answered_kindly(town: Town, token: str) -> None:
    assert town.person("ana").tap_token(token) == f"note: {ENGLISH.stale}"


@given(token=st.one_of(st.text(), st.from_regex(r"[qmldsr][:!][0-9a-f:p!-~]{0,80}", fullmatch=True)))
@settings(max_examples=60, deadline=None)
def test_no_token_can_do_harm(token: str) -> None:
    with fresh() as tx:
        town = Town(tx)
        town.offer(BUSES, PARKS)
        ana = town.person("ana")
        play(ana, *INTO_OPEN)
        before = town.responses()
        ana.tap_token(token)
        assert town.responses() == before


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_no_token_like_those_of_the_current_question_stores_what_it_does_not_offer(data: st.DataObject) -> None:
    with fresh() as tx:
        town = Town(tx)
        town.offer(BUSES)
        ana = town.person("ana")
        play(ana, "/menu", "[Buses · 2 min]", "[I'm in]")
        _, token = ana.find("By bus")
        head = token.rpartition(":")[0]
        ana.tap_token(f"{head}:{data.draw(st.from_regex(r'[!-~]{1,16}', fullmatch=True))}")
        assert [row for row in town.responses() if row[0] == "mode"] in (
            [],
            [("mode", "refused", None, None)],
            [("mode", "answered", '"by-bus"', None)],
            [("mode", "answered", '"by-bike"', None)],
        )


# --- flagged words


def test_a_flagged_response_is_kept_and_stays_out_of_review_and_export(town: Town) -> None:
    ana = town.person("ana")
    play(ana, *INTO_OPEN, WORRYING)
    assert list(texts(town))[-1] == WORRYING
    assert town.rows("SELECT flags FROM responses WHERE question = 'wish'") == [('["self-harm"]',)]
    assert WORRYING not in str(ana.town.exported())


@pytest.mark.parametrize("into", [(), ("/menu", "[Buses · 2 min]"), INTO_OPEN[:-1], WHOLE], ids=len)
def test_flagged_words_outside_an_open_question_bring_help_too_and_are_not_kept(
    town: Town, into: tuple[str, ...]
) -> None:
    lea, ana = town.member("lea", "lead"), town.person("ana")
    play(ana, *into)
    assert "Kids Helpline" in ana.say(WORRYING)
    assert "sounded serious" in lea.story[-1]
    assert WORRYING not in list(texts(town))


def test_words_that_become_worrying_by_an_edit_bring_help(town: Town) -> None:
    ana = town.person("ana")
    play(ana, *WHOLE)
    assert "Kids Helpline" in ana.edit(WORRYING)
    assert town.rows("SELECT flags <> '[]' FROM responses WHERE question = 'wish'") == [(1,)]


def test_without_help_lines_the_words_are_still_of_use(town: Town) -> None:
    town.house = replace(town.house, deployment=replace(town.house.deployment, help_lines=()))
    assert "an adult you trust" in town.person("ana").say(WORRYING)


# --- any order, twice, late


def lived(acts: list[Act], check: Callable[[Town, Person], None]) -> None:
    """Let somebody do all this in a new town, then check."""
    with fresh() as tx:
        town = Town(tx)
        town.offer(BUSES, PARKS)
        ana = town.person("ana")
        for kind, number in acts:
            act(ana, kind, number)
        check(town, ana)


@given(acts=ACTS)
@settings(max_examples=60, deadline=None)
def test_whatever_somebody_does_is_answered_and_stored_as_accepted(acts: list[Act]) -> None:
    def check(town: Town, ana: Person) -> None:
        assert differing(town) == []
        answered = re.findall(r"^ana: .*\n(?=ana: |\Z)", ana.transcript + "\n", re.MULTILINE)
        assert [line for line in answered if line.strip() != "ana:"] == []  # blocking and albums have no words

    lived(acts, check)


@given(acts=ACTS)
@settings(max_examples=60, deadline=None)
def test_every_update_delivered_twice_gives_the_same_database(acts: list[Act]) -> None:
    def check(town: Town, ana: Person) -> None:
        before = town.dump()
        for delivery in ana.deliveries:
            assert town.take(delivery) is None
        assert town.dump() == before

    lived(acts, check)


@given(acts=ACTS)
@settings(max_examples=40, deadline=None)
def test_every_update_delivered_twice_at_once_gives_the_same_database(acts: list[Act]) -> None:
    dumps = []
    for repeats in (0, 1):
        with fresh() as tx:
            town = Town(tx)
            town.repeats = repeats
            town.offer(BUSES, PARKS)
            ana = town.person("ana")
            for kind, number in acts:
                act(ana, kind, number)
            dumps.append(town.dump())
    assert dumps[0] == dumps[1]


@given(acts=ACTS, seed=st.integers(0, 9))
@settings(max_examples=60, deadline=None)
def test_updates_in_another_order_do_no_harm(acts: list[Act], seed: int) -> None:
    with fresh() as tx:
        model = Town(tx)
        model.offer(BUSES, PARKS)
        ana = model.person("ana")
        play(ana, *WHOLE)
        for kind, number in acts:
            act(ana, kind, number)
        deliveries = list(ana.deliveries)
    random.Random(seed).shuffle(deliveries)
    with fresh() as tx:
        town = Town(tx)
        town.offer(BUSES, PARKS)
        town.people[ana.sender.address] = other = Person(town, "ana", ana.sender)
        for delivery in deliveries:
            other.hand_in(delivery)
        assert differing(town) == []
        said = {words(delivery.incoming) for delivery in deliveries}
        assert set(texts(town)) <= said


def words(incoming: Incoming) -> str | None:
    return incoming.text if isinstance(incoming, Words | EditedWords) else None


def test_two_channels_with_the_same_numbers_are_two_people(town: Town) -> None:
    for channel in ("telegram", "terminal"):
        town.take(Delivery(7, Sender(channel, "1"), Tap("m:parks", None)))
    assert town.rows("SELECT channel FROM contacts ORDER BY channel") == [("telegram",), ("terminal",)]
    assert town.rows("SELECT count(*) FROM respondents WHERE introduced IS NOT NULL") == [(2,)]


def test_what_is_written_below_a_photo_is_screened(town: Town) -> None:
    ana = town.person("ana")
    said = ana.send(Media("photo", town.next_number(), caption="i want to die"))
    assert "Thank you for telling me" in said


@pytest.mark.parametrize("role", [None, "staff"])
def test_what_is_written_below_a_file_is_screened(town: Town, role: Role | None) -> None:
    ana = town.person("ana") if role is None else town.member("ana", role)
    assert "Kids Helpline" in ana.send(Upload("file", "set.yaml", 12, town.next_number(), WORRYING))


@pytest.mark.parametrize("line", ["/help my dad hits me", "/start i want to kill myself", "/menu i want to die"])
@pytest.mark.parametrize("into", [(), INTO_OPEN, WHOLE], ids=len)
def test_words_behind_a_command_are_screened_before_it_is_obeyed(town: Town, into: tuple[str, ...], line: str) -> None:
    lea, ana = town.member("lea", "lead"), town.person("ana")
    play(ana, *into)
    before = town.responses()
    said = ana.say(line)
    assert "Kids Helpline" in said
    assert not any(words in said for words in ("/skip – leave", "I'm Tuckshop", "What's on today"))
    assert "sounded serious" in lea.story[-1]
    assert town.responses() == before
    assert ("The questions can wait." in said) == (into == INTO_OPEN)


def test_a_sentence_that_looks_like_a_command_is_screened_whole(town: Town) -> None:
    assert "Kids Helpline" in town.person("ana").say("/i want to kill myself")


def test_stopping_and_deleting_are_obeyed_whatever_stands_behind(town: Town) -> None:
    ana = town.person("ana")
    play(ana, *INTO_OPEN)
    said = ana.say(f"/delete {WORRYING}")
    assert "Kids Helpline" in said
    assert ENGLISH.delete_ask in said
    assert "Stopped." in ana.say(f"/stop {WORRYING}")


def test_the_token_of_an_invitation_is_nobodys_words(town: Town) -> None:
    assert "Kids Helpline" not in town.person("ana").say("/start i_want-to-die")
    assert "Kids Helpline" in town.person("ben").say("/start i_ want to kill myself")


def test_a_message_that_is_edited_into_a_command_is_no_answer_and_is_not_obeyed(town: Town) -> None:
    ana = town.person("ana")
    play(ana, *WHOLE)
    before = town.responses()
    said = ana.send(Command("delete", "", ana.last_message, edited=True))
    assert said == f"bot: {ENGLISH.edited_command}"
    assert town.responses() == before


def test_words_of_worry_that_are_edited_into_a_command_bring_help(town: Town) -> None:
    ana = town.person("ana")
    said = ana.send(Command("help", WORRYING, 5, edited=True))
    assert "Kids Helpline" in said
    assert ENGLISH.edited_command in said
