"""Who may do what: the one place where it is decided, for every command and every button.

What stands in neither table is nobody's to do, so that a command or a button that was forgotten here stays shut.
"""

from collections.abc import Mapping
from typing import Literal, TypeAlias

from bot import tokens
from bot.tokens import TokenButton
from storage.respondents import Role

Action: TypeAlias = Literal["review", "push", "export", "complaints", "alerts"]
Need: TypeAlias = Action | Literal["nothing"]
"""What somebody must be allowed to do for it; "nothing" where everybody may."""

ALLOWED: dict[Role, tuple[Action, ...]] = {
    "ambassador": ("review", "push"),
    "staff": ("review", "push", "export", "complaints"),
    "lead": ("review", "push", "export", "complaints", "alerts"),
}

COMMANDS: Mapping[str, Need] = {
    "start": "nothing",
    "menu": "nothing",
    "skip": "nothing",
    "back": "nothing",
    "pause": "nothing",
    "resume": "nothing",
    "stop": "nothing",
    "safe": "nothing",
    "language": "nothing",
    "mydata": "nothing",
    "delete": "nothing",
    "complain": "nothing",
    "help": "nothing",
    "review": "review",
    "export": "export",
    "complaints": "complaints",
    "alerts": "alerts",
    "reach": "alerts",
}

BUTTONS: Mapping[type[TokenButton], Need] = {
    tokens.QuestionButton: "nothing",
    tokens.MenuButton: "nothing",
    tokens.LanguageButton: "nothing",
    tokens.DeleteButton: "nothing",
    tokens.HelpButton: "nothing",
    tokens.WelcomeButton: "nothing",
    tokens.ScriptButton: "push",
    tokens.ReviewButton: "review",
    tokens.AlertButton: "alerts",
}


def may(role: Role | None, need: Need | None) -> bool:
    """Return whether a person of that role, None for a respondent, may do what needs this; None is nobody's to do."""
    return need == "nothing" or (role is not None and need in ALLOWED[role])


def who_may(action: Action) -> str:
    """Return in words who may do this."""
    return " and ".join(role for role, actions in ALLOWED.items() if action in actions)
