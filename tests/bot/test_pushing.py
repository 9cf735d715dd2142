"""Question sets from members: refused with words, or tried out and made live."""

import pytest
from hypothesis import given, settings

from bot import member_phrases as words
from bot.incoming import Upload
from bot.phrases import ENGLISH
from bot.pushing import FINDINGS_SHOWN, MOST_WAITING, Pushed, received, refusal
from bot.visit import Visit
from dialogues.reading import read
from storage import respondents
from storage.ids import RespondentId
from tests.bot.chaos import ACTS, Act, act, differing
from tests.bot.town import BUSES, PARKS, WHOLE, Person, Town, play
from tests.storage.fresh import fresh

TRAMS = PARKS.replace("parks", "trams").replace("Parks", "Trams").replace("What do parks lack?", "What do trams lack?")


ASKS_FIRST = TRAMS.replace("steps:\n", "steps:\n  - consent: {en: Take part?, es: ¿Participas?}\n")


def push(member: Person, source: str | bytes, filename: str = "set.yaml") -> str:
    """Hand the bot a file as if it had just been fetched."""
    town, content = member.town, source.encode() if isinstance(source, str) else source
    ((pseudonym,),) = town.rows(
        "SELECT respondent_id FROM contacts WHERE address = :address", address=member.sender.address
    )
    found = respondents.find(town.tx, RespondentId(str(pseudonym)))
    assert found is not None
    before = len(member.story)
    received(Visit(town.house, town.tx, found, town.now), Pushed(filename, content, read(content)))
    town.deliver()
    return "\n".join(member.story[before:])


@pytest.fixture
def amy(town: Town) -> Person:
    return town.member("amy", "ambassador")


def test_a_good_file_is_summed_up_with_what_can_be_done_with_it(amy: Person) -> None:
    assert push(amy, TRAMS) == (
        "bot: “Trams” looks good. Questions: 1, in people's own words: 1. Languages: English, Español.\n"
        "It is new: there is no “trams” on the menu yet.\n\n"
        "[Try it] [Make it live]"
    )


def test_a_file_is_not_live_until_it_is_made_live(amy: Person) -> None:
    push(amy, ASKS_FIRST)
    ana = amy.town.person("ana")
    assert "Trams" not in ana.say("/menu")
    assert amy.tap("Make it live") == "bot: “Trams” is live now."
    assert "Trams" in ana.say("/menu")


def test_it_says_what_a_file_replaces(amy: Person) -> None:
    assert words.UPLOAD_UNCHANGED.strip() in push(amy, PARKS)
    assert words.UPLOAD_REPLACES.strip() in push(amy, PARKS.replace("lack", "need"))


def test_making_it_live_twice_releases_it_once(amy: Person) -> None:
    push(amy, ASKS_FIRST)
    play(amy, "[Make it live]", "[Make it live]")
    assert amy.town.rows("SELECT count(*) FROM releases") == [(3,)]


def test_what_asks_for_no_consent_cannot_go_live(amy: Person) -> None:
    push(amy, TRAMS)
    assert amy.tap("Make it live") == f"bot: {words.NO_CONSENT}"
    assert amy.town.rows("SELECT count(*) FROM releases") == [(2,)]


def test_a_bad_file_gets_every_mistake_with_its_line_and_changes_nothing(amy: Person) -> None:
    said = push(amy, BUSES.replace("id: minutes", "id: mode").replace("from: 1", "frm: 1"), "mine.yaml")
    assert said.startswith("bot: “mine.yaml” isn't ready yet: 2 to fix. Nothing has changed for anyone.")
    assert said.count("\n→ ") == 2
    assert "Line 19: " in said
    assert "Line 20: " in said
    assert amy.town.rows("SELECT count(*) FROM scripts") == [(2,)]


def test_at_most_twelve_mistakes_are_shown_and_the_rest_counted(amy: Person) -> None:
    source = BUSES + "".join(f"wrong-{number}: x\n" for number in range(40))
    said = push(amy, source)
    assert said.count("\n→ ") == FINDINGS_SHOWN == 12
    assert "... and 28 more." in said


def test_a_report_of_long_mistakes_comes_in_parts(amy: Person) -> None:
    source = BUSES + "".join(f"{'🚌' * 400}{number}: x\n" for number in range(40))
    said = push(amy, source, f"{'x' * 200}.yaml")
    assert said.startswith("bot: “xxx")


@pytest.mark.parametrize("source", [b"", b"\xff\xfe\x00", b"[" * 9000, b"a: b: c", b"\x00", b"- x", b"themes: []"])
def test_any_bytes_are_answered_in_words(amy: Person, source: bytes) -> None:
    assert "isn't ready yet: " in push(amy, source)


def test_a_file_that_begins_with_a_byte_order_mark_is_fine(amy: Person) -> None:
    assert "looks good" in push(amy, b"\xef\xbb\xbf" + TRAMS.encode())


@pytest.mark.parametrize(
    ("filename", "size_bytes", "said"),
    [
        ("set.yaml", 1024, None),
        ("SET.YML", 1024, None),
        ("set.docx", 1024, "end in .yaml or .yml, and this is “set.docx”"),
        ("", 1024, "end in .yaml or .yml"),
        ("set.yaml", 3 * 1024 * 1024, "has 3072 kB; I can take 64 kB"),
    ],
)
def test_a_file_is_refused_before_it_is_fetched(filename: str, size_bytes: int, said: str | None) -> None:
    refused = refusal(filename, size_bytes, 64 * 1024)
    assert refused is None if said is None else said in (refused or "")


def test_a_file_that_can_be_fetched_waits_its_turn(amy: Person) -> None:
    assert amy.send(Upload("file-1", "set.yaml", 100, 5)) == "bot: " + words.UPLOAD_RECEIVED.format(filename="set.yaml")
    assert "64 kB" in amy.send(Upload("file-2", "set.yaml", 65 * 1024, 6))
    assert amy.town.rows("SELECT file_id FROM uploads") == [("file-1",)]


# --- trying out


def test_a_try_out_stores_nothing_and_ends_with_a_word(amy: Person) -> None:
    push(amy, BUSES.replace("minutes: 2", "minutes: 3"))
    said = amy.tap("Try it")
    assert said.startswith(f"bot: {words.TRY_STARTS}\nbot: Take part?")
    play(amy, "[I'm in]", "[By bus]", "20")
    assert amy.say("unspeakable things about the bus stop") == f"bot: Thank you.\nbot: {words.TRY_DONE}"
    assert amy.town.responses() == []
    assert amy.town.exported() == []
    assert amy.town.rows("SELECT key FROM consents") == [("participation",)]  # of the introduction
    assert "unspeakable" not in "\n".join(amy.town.dump())


@pytest.mark.parametrize("way_out", [("/stop",), ("/menu", "[Parks]", "[Start: Parks]"), ("[Try it]",)])
def test_a_try_out_that_is_left_keeps_nothing_either(amy: Person, way_out: tuple[str, ...]) -> None:
    push(amy, BUSES.replace("minutes: 2", "minutes: 3"))
    play(amy, "[Try it]", "[I'm in]", "[Another way]", "on unspeakable wings", *way_out)
    assert "unspeakable" not in "\n".join(amy.town.dump())


def test_a_try_out_does_not_count_as_done(amy: Person) -> None:
    push(amy, PARKS)
    play(amy, "[Try it]", "benches", "/menu")
    assert "Parks" in amy.labels


def test_what_was_going_on_is_taken_up_after_a_try_out(amy: Person) -> None:
    play(amy, "/menu", "[Buses · 2 min]", "[I'm in]", "[By bus]")
    push(amy, TRAMS)
    play(amy, "[Try it]", "shelter", "/menu")
    assert "How many minutes?" in amy.tap("Buses · 2 min")


def test_a_try_out_is_never_reminded(amy: Person) -> None:
    push(amy, TRAMS)
    play(amy, "[Try it]")
    assert amy.town.rows("SELECT remind_at FROM conversations") == [(None,)]


def test_the_buttons_of_a_file_do_nothing_for_a_respondent(amy: Person) -> None:
    push(amy, TRAMS)
    _, token = amy.find("Make it live")
    eve = amy.town.person("eve")
    assert eve.tap_token(token) == f"note: {ENGLISH.stale}"
    assert eve.tap_token(token.replace("live", "try")) == f"note: {ENGLISH.stale}"
    assert amy.town.rows("SELECT count(*) FROM releases") == [(2,)]


def test_a_file_that_is_not_there_says_so(amy: Person) -> None:
    assert amy.tap_token("s:0123456789abcdef:live") == f"bot: {words.SCRIPT_GONE}"


@given(acts=ACTS)
@settings(max_examples=60, deadline=None)
def test_whatever_a_member_does_try_outs_store_nothing_and_the_rest_is_stored_as_accepted(acts: list[Act]) -> None:
    with fresh() as tx:
        town = Town(tx)
        town.offer(BUSES, PARKS)
        amy = town.member("amy", "ambassador")
        replied = town.person("ana")
        play(replied, *WHOLE)
        town.tag("buses")
        push(amy, BUSES.replace("minutes: 2", "minutes: 3"))
        play(amy, "/review")
        for kind, number in acts:
            act(amy, kind, number)
            assert differing(town) == []
        ended = town.rows("SELECT state FROM conversations WHERE trial = 1 AND phase = 'ended'")
        assert [state for (state,) in ended if '"responses":[]' not in str(state)] == []
        assert (
            town.rows("SELECT 1 FROM responses JOIN conversations ON conversations.id = conversation_id WHERE trial")
            == []
        )


def test_a_member_who_sends_file_after_file_is_asked_to_wait(town: Town) -> None:
    amy, bea = town.member("amy", "ambassador"), town.member("bea", "ambassador")
    for number in range(MOST_WAITING):
        assert "Got it" in amy.send(Upload(f"file-{number}", "set.yaml", 100, number))
    assert f"{MOST_WAITING} files of yours" in amy.send(Upload("file-x", "set.yaml", 100, 99))
    assert town.rows("SELECT count(*) FROM uploads") == [(MOST_WAITING,)]
    assert "Got it" in bea.send(Upload("file-y", "set.yaml", 100, 100))
