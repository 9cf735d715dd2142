import re
from datetime import timedelta

import pytest

from bot.invitations import PREFIX, VALID_FOR, invite
from bot.phrases import ENGLISH, SPANISH
from bot.roles import COMMANDS, may
from storage.respondents import Role
from tests.bot.town import Town

ROLES: tuple[Role, ...] = ("ambassador", "staff", "lead")
WORD = re.compile(r"/\w+")
TOKEN = "uS3d-0nce_only"  # noqa: S105 - opens nothing


@pytest.mark.parametrize(
    ("role", "told"), [("ambassador", "an ambassador"), ("staff", "staff"), ("lead", "the safeguarding lead")]
)
def test_opening_the_link_makes_a_member_and_says_what_they_can_do(town: Town, role: Role, told: str) -> None:
    start = invite(town.tx, role, TOKEN, town.now)
    said = town.person("amy").say(f"/start {start}")
    assert said.startswith(f"bot: Welcome! You are now {told}.")
    assert "/review" in said
    assert town.rows("SELECT role FROM respondents") == [(role,)]


@pytest.mark.parametrize("role", ROLES)
def test_the_welcome_and_help_list_exactly_a_members_commands(town: Town, role: Role) -> None:
    amy = town.person("amy")
    welcome = amy.say(f"/start {invite(town.tx, role, TOKEN, town.now)}")
    members_only = {f"/{name}": need for name, need in COMMANDS.items() if need != "nothing"}
    theirs = {name for name, need in members_only.items() if may(role, need)}
    assert members_only.keys() & set(WORD.findall(welcome)) == theirs
    assert members_only.keys() & set(WORD.findall(amy.say("/help"))) == theirs


def test_a_link_works_once(town: Town) -> None:
    start = invite(town.tx, "staff", TOKEN, town.now)
    town.person("amy").say(f"/start {start}")
    said = town.person("eve").say(f"/start {start}")
    assert ENGLISH.invite_used in said
    assert "[Parks]" in said
    assert town.rows("SELECT count(*) FROM respondents WHERE role IS NOT NULL") == [(1,)]


def test_a_link_expires(town: Town) -> None:
    start = invite(town.tx, "staff", TOKEN, town.now)
    town.later(days=VALID_FOR / timedelta(days=1))
    assert ENGLISH.invite_used in town.person("amy").say(f"/start {start}")
    assert town.rows("SELECT role FROM respondents") == [(None,)]


@pytest.mark.parametrize("forged", ["i_", "i_guessed", f"I_{TOKEN}", TOKEN])
def test_a_guessed_link_makes_nobody_a_member(town: Town, forged: str) -> None:
    invite(town.tx, "lead", TOKEN, town.now)
    town.person("eve").say(f"/start {forged}")
    assert town.rows("SELECT role FROM respondents") == [(None,)]


def test_only_a_hash_of_the_token_is_stored(town: Town) -> None:
    invite(town.tx, "staff", TOKEN, town.now)
    assert TOKEN not in "\n".join(town.dump())


def test_a_lower_role_takes_nothing_away_and_leaves_the_link_to_others(town: Town) -> None:
    lea = town.member("lea", "lead")
    start = invite(town.tx, "ambassador", TOKEN, town.now)
    assert "You are now the safeguarding lead" in lea.say(f"/start {start}")
    assert "You are now an ambassador" in town.person("amy").say(f"/start {start}")


def test_a_link_fits_behind_start(town: Town) -> None:
    assert len(invite(town.tx, "staff", "x" * 32, town.now)) <= 64
    assert PREFIX == "i_"


def test_a_newcomer_is_told_of_a_used_link_in_their_language(town: Town) -> None:
    assert SPANISH.invite_used in town.person("amy", "es").say("/start i_guessed")
