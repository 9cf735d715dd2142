import hashlib
import json
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import alerts, audit, codebooks, members, respondents, review, scripts
from storage.database import Database, Transaction
from storage.errors import RuleBrokenError
from storage.ids import RespondentId
from tests.storage.fresh import fresh
from tests.storage.samples import NOW, SCRIPT, begun, later, member, tagged_reply

UNLOCK = tuple(f"DROP TRIGGER {name}" for name in ("audit_grows_at_its_end", "audit_stays", "audit_keeps"))
"""What somebody would do who has the file in their hands."""


def told(tx: Transaction) -> list[tuple[str, str, str]]:
    return [(entry.actor, entry.deed, entry.about) for entry in audit.entries(tx)]


def filled(tx: Transaction, count: int = 5) -> None:
    for number in range(count):
        audit.record(tx, "command line", "exported", f"file {number}", later(number))


async def test_each_hash_is_of_the_one_before_and_the_entry(database: Database) -> None:
    await database.write(filled)
    entries = await database.read(lambda tx: list(audit.entries(tx)))
    assert [entry.seq for entry in entries] == [1, 2, 3, 4, 5]
    for before, entry in pairwise(entries):
        canonical = f'["{before.hash}",{entry.seq},"{entry.at.isoformat(timespec="microseconds")}",' + json.dumps(
            [entry.actor, entry.deed, entry.about], separators=(",", ":")
        ).removeprefix("[")
        assert entry.hash == hashlib.sha256(canonical.encode()).hexdigest()
    assert await database.read(audit.first_broken) is None


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE audit SET about = 'file 9' WHERE seq = 3",
        "DELETE FROM audit WHERE seq = 3",
        "INSERT INTO audit SELECT 9, at, actor, deed, about, hex(randomblob(32)) FROM audit WHERE seq = 3",
        "INSERT OR REPLACE INTO audit SELECT seq, at, 'member 9', deed, about, hash FROM audit WHERE seq = 3",
        "UPDATE audit SET seq = seq + 10 WHERE seq > 3",
    ],
)
async def test_the_database_refuses_to_change_the_list_and_who_forces_it_is_found_out(
    database: Database, tampering: str
) -> None:
    await database.write(filled)
    with pytest.raises(RuleBrokenError, match="audit log"):
        await database.write(lambda tx: tx.execute(tampering) and None)
    assert await database.read(audit.first_broken) is None

    def force(tx: Transaction) -> None:
        for statement in (*UNLOCK, tampering):
            tx.execute(statement)

    await database.write(force)
    assert await database.read(audit.first_broken) is not None


async def test_a_noted_head_shows_that_the_end_was_cut_off_or_all_written_anew(database: Database) -> None:
    await database.write(filled)
    latest = await database.read(audit.head)
    assert latest is not None
    assert await database.read(lambda tx: audit.holds(tx, latest.hash))

    def cut(tx: Transaction) -> None:
        for statement in (*UNLOCK, "DELETE FROM audit WHERE seq = 5"):
            tx.execute(statement)

    await database.write(cut)
    assert await database.read(audit.first_broken) is None
    assert not await database.read(lambda tx: audit.holds(tx, latest.hash))


@pytest.mark.parametrize(
    ("deed", "about"),
    [("read", "Sam said no"), ("I read it", "alert 1"), ("read", "alert 1\nx"), ("read", ""), ("read", "alert é")],
)
async def test_words_and_names_do_not_get_in(database: Database, deed: str, about: str) -> None:
    with pytest.raises(ValueError, match="an id"):
        await database.write(lambda tx: audit.record(tx, "program", deed, about, NOW))


def _invite(tx: Transaction) -> None:
    members.invite(tx, "staff", "abcdef0123456789", NOW, later(9))


def _join(tx: Transaction) -> None:
    _invite(tx)
    respondents.meet(tx, "telegram", "5", "ana", NOW)
    members.redeem(tx, "abcdef0123456789", RespondentId("ana"), NOW)


def _remove(tx: Transaction) -> None:
    members.remove(tx, member(tx, "ana"), NOW)


def _decide(tx: Transaction) -> None:
    response_id, ana = tagged_reply(tx, "ben", "transport"), member(tx, "ana")
    review.claim_next(tx, ana, NOW)
    review.confirm(tx, response_id, ana, NOW)


def _leave(tx: Transaction) -> None:
    response_id, ana = tagged_reply(tx, "ben", "transport"), member(tx, "ana")
    review.claim_next(tx, ana, NOW)
    review.leave(tx, response_id, ana, NOW)


def _make_live(tx: Transaction) -> None:
    scripts.release(tx, scripts.store(tx, SCRIPT, "", "command line", NOW), member(tx, "ana"), NOW)


def _activate(tx: Transaction) -> None:
    codebooks.store(tx, "c", "0123456789abcdef", "{}", NOW)
    codebooks.activate(tx, "0123456789abcdef", NOW)


def _read(tx: Transaction) -> None:
    conversation = begun(tx, "ben")
    alert_id = alerts.raise_alert(tx, conversation, RespondentId("ben"), ("harm",), NOW)
    alerts.note(tx, alert_id, "read", member(tx, "ana"), NOW)


def _escalate(tx: Transaction) -> None:
    alerts.note(tx, alerts.raise_alert(tx, begun(tx, "ben"), RespondentId("ben"), ("x",), NOW), "escalated", None, NOW)


@pytest.mark.parametrize(
    ("act", "entry"),
    [
        (_invite, ("command line", "invited", "staff invitation abcdef01")),
        (_join, ("member 1", "joined", "staff invitation abcdef01")),
        (_remove, ("command line", "removed", "member 1")),
        (_decide, ("member 1", "decided", "response 1")),
        (_leave, ("member 1", "left", "response 1")),
        (_make_live, ("member 1", "made live", f"set {scripts.script_hash(SCRIPT)}")),
        (_activate, ("program", "activated", "codebook 0123456789abcdef")),
        (_read, ("member 1", "read", "alert 1")),
        (_escalate, ("program", "escalated", "alert 1")),
    ],
)
async def test_what_is_done_is_recorded_with_who_did_it(
    database: Database, act: Callable[[Transaction], None], entry: tuple[str, str, str]
) -> None:
    await database.write(act)
    assert (await database.read(told))[-1] == entry


async def test_what_a_young_person_does_is_not_recorded(database: Database) -> None:
    def work(tx: Transaction) -> None:
        alerts.raise_alert(tx, begun(tx, "ben"), RespondentId("ben"), ("harm",), NOW)

    await database.write(work)
    assert [entry for entry in await database.read(told) if entry[1] != "stored"] == []


async def test_what_was_rolled_back_leaves_no_entry(database: Database) -> None:
    def work(tx: Transaction) -> None:
        filled(tx)
        raise ArithmeticError

    with pytest.raises(ArithmeticError):
        await database.write(work)
    assert await database.read(audit.head) is None


async def test_a_member_who_is_forgotten_leaves_a_whole_chain_and_a_number_that_nobody_gets_again(
    database: Database,
) -> None:
    def work(tx: Transaction) -> None:
        ana = member(tx, "ana")
        respondents.forget(tx, ana)
        assert audit.named(tx, member(tx, "ben")) == "member 2"

    await database.write(work)
    assert await database.read(audit.first_broken) is None
    assert ("member 1", "joined") in [(actor, deed) for actor, deed, _ in await database.read(told)]


@given(st.lists(st.tuples(st.sampled_from(["took", "read", "made live"]), st.integers(0, 10**9)), max_size=8))
def test_any_list_of_entries_is_whole(done: list[tuple[str, int]]) -> None:
    with fresh() as tx:
        for deed, number in done:
            audit.record(tx, "program", deed, f"alert {number}", NOW)
        assert audit.first_broken(tx) is None
        assert [(entry.deed, entry.about) for entry in audit.entries(tx)] == [
            (deed, f"alert {number}") for deed, number in done
        ]
