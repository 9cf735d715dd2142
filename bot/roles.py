"""Who may do what: the one place where it is decided."""

from typing import Literal, TypeAlias

from storage.respondents import Role

Action: TypeAlias = Literal["review", "push", "export", "alerts"]

ALLOWED: dict[Role, tuple[Action, ...]] = {
    "ambassador": ("review", "push"),
    "staff": ("review", "push", "export"),
    "lead": ("review", "push", "export", "alerts"),
}


def may(role: Role | None, action: Action) -> bool:
    """Return whether a person of that role, None for a respondent, may do this."""
    return role is not None and action in ALLOWED[role]


def who_may(action: Action) -> str:
    """Return in words who may do this."""
    return " and ".join(role for role, actions in ALLOWED.items() if action in actions)
