"""One-time links that make whoever opens them a member. Only a hash of a link's token is stored."""

import hashlib
import re
from datetime import datetime, timedelta

from bot.incoming import Command
from bot.visit import Visit
from storage import members
from storage.audit import Actor
from storage.database import Transaction
from storage.respondents import Role

PREFIX = "i_"
"""Tells an invitation from a site's code behind /start."""
TOKEN = re.compile(rf"{PREFIX}[A-Za-z0-9_-]*")
VALID_FOR = timedelta(days=7)


def invite(tx: Transaction, role: Role, token: str, now: datetime, by: Actor = "command line") -> str:
    """Store an invitation by its random token; return what stands behind `?start=` in its link."""
    members.invite(tx, role, _hash(token), now, now + VALID_FOR, by)
    return f"{PREFIX}{token}"


def redeem(visit: Visit, argument: str) -> Role | None:
    """Make the visitor a member if they came by a link that is good, and return the role; say so if it is not."""
    if not argument.startswith(PREFIX):
        return None
    role = members.redeem(visit.tx, _hash(argument.removeprefix(PREFIX)), visit.respondent.id, visit.now)
    if role is None:
        visit.send(visit.words.invite_used)
    visit.refresh()
    return role


def is_invitation(command: Command) -> bool:
    """Return whether what stands behind a command is an invitation's token, and nobody's words."""
    return command.name == "start" and TOKEN.fullmatch(command.argument) is not None


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
