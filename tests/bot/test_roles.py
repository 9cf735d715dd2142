"""Who may do what: decided in one place, for everything that there is; and an ambassador tries all of it."""

import ast
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest

from bot import commands, roles, tokens
from bot import member_phrases as words
from bot.incoming import Upload
from bot.member_phrases import ABILITIES
from bot.phrases import ENGLISH
from bot.roles import ALLOWED, BUTTONS, COMMANDS, Action, may, who_may
from bot.tokens import AlertAction, TokenButton, read_token
from storage import members
from storage.ids import RespondentId
from storage.respondents import Role
from tests.bot.town import BUSES, WHOLE, Person, Town, play

ACTIONS: tuple[Action, ...] = get_args(Action)
WORRYING = "i want to kill myself"

# --- the tables


@pytest.mark.parametrize("action", ACTIONS)
def test_a_respondent_may_do_none_of_it(action: Action) -> None:
    assert not may(None, action)


def test_only_the_lead_sees_alerts_and_only_staff_and_lead_export() -> None:
    assert [role for role in ALLOWED if may(role, "alerts")] == ["lead"]
    assert [role for role in ALLOWED if may(role, "export")] == ["staff", "lead"]
    assert who_may("export") == "staff and lead"


def test_each_role_may_do_all_that_the_one_below_may() -> None:
    ambassador, staff, lead = (set(ALLOWED[role]) for role in ("ambassador", "staff", "lead"))
    assert ambassador < staff < lead


def test_every_action_is_described_and_has_somebody_who_may() -> None:
    assert set(ABILITIES) == set(ACTIONS) == {action for actions in ALLOWED.values() for action in actions}
    assert {*COMMANDS.values(), *BUTTONS.values()} <= {*ACTIONS, "nothing"}


def named_in_the_code() -> set[str]:
    """Every command that the module which obeys them tells apart, by `case "name"`, `== "name"` or a table's key."""
    tree = ast.parse(Path(commands.__file__).read_text(encoding="utf-8"))
    cases = [node.pattern for node in ast.walk(tree) if isinstance(node, ast.match_case)]
    named = {ast.literal_eval(case.value) for case in cases if isinstance(case, ast.MatchValue)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and ast.unparse(node.left) in ("command.name", "name"):
            named |= {each.value for each in node.comparators if isinstance(each, ast.Constant)}
    return {str(name) for name in named} | {*commands.EVENTS, *commands.DESCRIPTIONS["en"]}


def test_every_command_and_every_button_is_classified() -> None:
    assert named_in_the_code() == set(COMMANDS)
    assert set(BUTTONS) == set(get_args(TokenButton))


def test_what_is_not_classified_is_nobodys_to_do(town: Town) -> None:
    assert not any(may(role, COMMANDS.get("invented")) for role in (None, *ALLOWED))
    assert town.member("lea", "lead").say("/invented") == f"bot: {ENGLISH.unknown_command}"


# --- everything that there is to try


def tokens_of(town: Town) -> dict[type[TokenButton], list[str]]:
    """A token of every kind, for things that are there: what somebody could forge who knows how tokens look."""
    (conversation,) = town.rows("SELECT id FROM conversations ORDER BY rowid LIMIT 1")
    (script,) = town.rows("SELECT hash FROM scripts ORDER BY rowid DESC LIMIT 1")
    (response,) = town.rows("SELECT min(id) FROM responses WHERE taggable = 1")
    (alert,) = town.rows("SELECT min(id) FROM alerts")
    return {
        tokens.QuestionButton: [f"q:{conversation[0]}:0:1:yes"],
        tokens.MenuButton: ["m:buses"],
        tokens.LanguageButton: ["l:en"],
        tokens.DeleteButton: ["d:no"],
        tokens.HelpButton: ["h:on"],
        tokens.WelcomeButton: ["w:more::"],
        tokens.ScriptButton: [f"s:{script[0]}:{each}" for each in get_args(tokens.ScriptAction)],
        tokens.ReviewButton: [f"r:{response[0]}:{each}" for each in ("ok", "none", "leave", "next", "+01234567")],
        tokens.AlertButton: [f"a:{alert[0]}:{each}" for each in get_args(AlertAction)],
    }


COMMAND_LINES = {
    "complaints": ("/complaints", "/complaints done 1"),
    "alerts": ("/alerts", "/alerts 1", "/alerts #1"),
    "reach": ("/reach", "/reach 1 hello"),
}
"""How members' commands are written; the others have their name and an argument that could be a number."""


@pytest.fixture
def lively(town: Town) -> Town:
    """A town with a reply to review, an alert, and a question set that is not live."""
    ana, ben = town.person("ana"), town.person("ben")
    play(ana, *WHOLE)
    ben.say(WORRYING)
    ana.say("/complain zzqx was asked twice")
    town.tag("buses")
    town.offer(BUSES.replace("How do you", "How did you"))
    return town


def consequences(town: Town) -> list[tuple[object, ...]]:
    """All that a member's doings change; numbers of updates and who was met are no consequence."""
    queries = (
        "SELECT id, acknowledged_by, closed_at, talking_with FROM alerts",
        "SELECT alert_id, step, member_id FROM alert_steps",
        "SELECT response_id, member_id FROM claims",
        "SELECT response_id, theme FROM claim_themes",
        "SELECT response_id, outcome FROM reviews",
        "SELECT member_id, response_id FROM passes",
        "SELECT script_hash, released_by FROM releases",
        "SELECT seq, hash FROM audit",
        "SELECT file_id FROM uploads",
        "SELECT kind, members_only FROM outbox",
        "SELECT role FROM respondents WHERE role IS NOT NULL",
        "SELECT id, handled_at FROM complaints",
    )
    return [row for query in queries for row in town.rows(query)]


def everything(town: Town) -> list[tuple[str, roles.Need]]:
    """Every line and token there is to try, with what it needs."""
    lines = [
        (line, need)
        for name, need in COMMANDS.items()
        if need != "nothing"
        for line in COMMAND_LINES.get(name, (f"/{name}", f"/{name} 1"))
    ]
    forged = tokens_of(town)
    assert set(forged) == set(BUTTONS)
    assert all(isinstance(read_token(token), kind) for kind, each in forged.items() for token in each)
    return [*lines, *((token, BUTTONS[kind]) for kind, each in forged.items() for token in each)]


def tries(person: Person, attempt: str) -> str:
    said = person.say(attempt) if attempt.startswith("/") else person.tap_token(attempt, 1)
    return f"{said}\n{person.notice or ''}"


def refused(town: Town, person: Person, role: Role | None) -> None:
    """Somebody tries everything that their role forbids: nothing follows, and nobody's words are shown."""
    for attempt, need in everything(town):
        if may(role, need):
            continue
        before = consequences(town)
        said = tries(person, attempt)
        assert consequences(town) == before, attempt
        assert "more buses" not in said, attempt
        assert WORRYING not in said, attempt
        assert "zzqx" not in said, attempt
        if not attempt.startswith("/"):
            assert person.notice == ENGLISH.stale, attempt
        elif role is None:
            assert said.startswith(f"bot: {ENGLISH.unknown_command}"), attempt
        else:
            assert said.startswith("bot: That is for "), attempt
    assert person.files == []


def test_an_ambassador_tries_everything_and_gets_what_an_ambassador_may(lively: Town) -> None:
    amy = lively.member("amy", "ambassador")
    forbidden = [need for _, need in everything(lively) if not may("ambassador", need)]
    assert set(forbidden) == {"export", "complaints", "alerts"}
    refused(lively, amy, "ambassador")
    assert "more buses at night" in amy.say("/review")


def test_staff_get_everything_but_the_alerts(lively: Town) -> None:
    refused(lively, lively.member("sam", "staff"), "staff")


def test_a_respondent_gets_nothing_of_the_members(lively: Town) -> None:
    refused(lively, lively.person("eve"), None)


def test_a_respondent_who_forges_tokens_of_their_own_reply_gets_nothing(lively: Town) -> None:
    (ana, *_) = lively.people.values()
    refused(lively, ana, None)


def test_a_stranger_cannot_tap_in_another_persons_conversation(lively: Town) -> None:
    eve = lively.person("eve")
    before = lively.responses()
    (token,) = tokens_of(lively)[tokens.QuestionButton]
    eve.tap_token(token, 1)
    assert eve.notice == ENGLISH.stale
    assert lively.responses() == before


def test_links_with_invented_codes_make_nobody_a_member(lively: Town) -> None:
    eve = lively.person("eve")
    for link in ("i_", "i_0", "lead", "staff", "role_lead", "i_token-of-amy'--", "../lead"):
        eve.say(f"/start {link}")
    assert lively.rows("SELECT count(*) FROM respondents WHERE role IS NOT NULL") == [(0,)]


# --- somebody who is a member no more


def removed(town: Town, person: Person) -> None:
    """Take the role away, as the command line does."""
    (found,) = town.rows("SELECT respondent_id FROM contacts WHERE address = :address", address=person.sender.address)
    members.remove(town.tx, RespondentId(str(found[0])), town.now)


@pytest.mark.parametrize("role", ["ambassador", "staff", "lead"])
def test_who_was_removed_is_refused_everything_and_their_old_buttons_are_dead(lively: Town, role: Role) -> None:
    member = lively.member("mo", role)
    member.say("/review")
    if role == "lead":
        member.say("/alerts")
    removed(lively, member)
    refused(lively, member, None)
    before = consequences(lively)
    for token in dict.fromkeys(token for token in member.tokens if token[0] in "rsa"):
        member.tap_token(token, max(member.screen))
        assert member.notice == ENGLISH.stale
    assert consequences(lively) == before


@pytest.mark.parametrize(
    ("role", "asks"),
    [
        ("staff", lambda person: person.say("/export csv")),
        ("ambassador", lambda person: person.say("/review")),
        ("lead", lambda person: person.say("/alerts")),
    ],
)
def test_what_was_still_on_its_way_to_somebody_who_was_removed_does_not_arrive(
    lively: Town, role: Role, asks: Callable[[Person], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    member = lively.member("mo", role)
    monkeypatch.setattr(Town, "deliver", lambda town: None)
    asks(member)
    monkeypatch.undo()
    removed(lively, member)
    seen = len(member.story)
    lively.deliver()
    assert member.files == []
    assert member.story[seen:] == []


def test_a_file_that_was_still_to_be_fetched_goes_with_the_role(lively: Town) -> None:
    amy = lively.member("amy", "ambassador")
    amy.send(Upload("file-1", "set.yaml", 100, lively.next_number()))
    assert lively.rows("SELECT count(*) FROM uploads") == [(1,)]
    removed(lively, amy)
    assert lively.rows("SELECT count(*) FROM uploads") == [(0,)]
    said = amy.send(Upload("file-2", "set.yaml", 100, lively.next_number()))
    assert words.UPLOAD_RECEIVED.format(filename="set.yaml") not in said
    assert lively.rows("SELECT count(*) FROM uploads") == [(0,)]


def test_what_the_lead_of_an_alert_hears_stops_when_they_are_removed(lively: Town) -> None:
    lea, (_, ben, *_) = lively.member("lea", "lead"), lively.people.values()
    lea.say("/reach 1 Hello, I'm Kim.")
    removed(lively, lea)
    seen = len(lea.story)
    ben.say("thank you kim")
    assert lea.story[seen:] == []


# --- what members do is recorded


def test_the_audit_log_tells_what_members_did_and_no_words(lively: Town) -> None:
    amy, sam, lea = (
        lively.member(name, role) for name, role in (("amy", "ambassador"), ("sam", "staff"), ("lea", "lead"))
    )
    play(amy, "/review", "[Confirm]")
    sam.say("/export csv")
    play(lea, "/alerts", "[I'll take this one]", "[Read the words]", "[Close]", "[Passed on to someone else]")
    done = [(actor, deed, about) for actor, deed, about in lively.rows("SELECT actor, deed, about FROM audit")]
    assert [entry for entry in done if str(entry[0]).startswith("member")][3:] == [
        ("member 1", "decided", "response 4"),
        ("member 2", "exported", "csv"),
        ("member 3", "acknowledged", "alert 1"),
        ("member 3", "read", "alert 1"),
        ("member 3", "closed", "alert 1"),
    ]
