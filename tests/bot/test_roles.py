import pytest

from bot.commands import MEMBERS_ONLY
from bot.member_phrases import ABILITIES
from bot.roles import ALLOWED, Action, may, who_may

ACTIONS: tuple[Action, ...] = ("review", "push", "export", "alerts")


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
    assert set(MEMBERS_ONLY.values()) <= set(ACTIONS)
