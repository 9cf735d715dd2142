"""Alerts: one open alert a person, whose it is, how it ends, and what was done by whom."""

from storage import alert_words, alerts, members, responses
from storage.database import Database, Transaction
from storage.ids import ConversationId, MemberId, RespondentId
from tests.storage.samples import NOW, begun, given, later, person

ANA = RespondentId("ana")


def lead(tx: Transaction, name: str) -> MemberId:
    person(tx, name)
    members.invite(tx, "lead", f"hash-of-{name}", NOW, later(60))
    assert members.redeem(tx, f"hash-of-{name}", RespondentId(name), NOW) == "lead"
    return RespondentId(name)


async def test_what_a_person_writes_next_belongs_to_their_open_alert(database: Database) -> None:
    def work(tx: Transaction) -> None:
        conversation = begun(tx, "ana")
        first = alerts.raise_alert(tx, conversation, ANA, ("self-harm",), NOW)
        assert alerts.raise_alert(tx, None, ANA, ("abuse",), later(1)) == first
        (alert,) = alerts.open_alerts(tx)
        assert (alert.flags, alert.raised_at, alert.taken_by) == (("abuse", "self-harm"), NOW, None)
        assert alerts.close(tx, first, lead(tx, "lea"), "contacted", later(2))
        assert alerts.raise_alert(tx, None, ANA, ("abuse",), later(3)) != first

    await database.write(work)


async def test_one_lead_has_an_alert_and_another_takes_it_over_only_on_purpose(database: Database) -> None:
    def work(tx: Transaction) -> None:
        person(tx, "ana")
        alert, lea, max_ = alerts.raise_alert(tx, None, ANA, ("abuse",), NOW), lead(tx, "lea"), lead(tx, "max")
        assert alerts.acknowledge(tx, alert, lea, later(1))
        assert not alerts.acknowledge(tx, alert, lea, later(1))
        assert not alerts.acknowledge(tx, alert, max_, later(2))
        assert not alerts.hand_over(tx, alert, max_, later(2))
        assert alerts.acknowledge(tx, alert, max_, later(2), over=True)
        assert alerts.hand_over(tx, alert, max_, later(3))
        steps = [(taken.step, taken.member, taken.at) for taken in alerts.steps(tx, alert)]
        assert steps == [
            ("raised", None, NOW),
            ("acknowledged", lea, later(1)),
            ("acknowledged", max_, later(2)),
            ("handed over", max_, later(3)),
        ]

    await database.write(work)


async def test_an_alert_waits_again_when_its_lead_is_none_any_more(database: Database) -> None:
    def work(tx: Transaction) -> None:
        person(tx, "ana")
        alert, lea = alerts.raise_alert(tx, None, ANA, ("abuse",), NOW), lead(tx, "lea")
        alerts.acknowledge(tx, alert, lea, NOW)
        alerts.talk(tx, alert, lea)
        assert alerts.overdue(tx, later(99)) == ()
        members.remove(tx, lea, later(1))
        (waiting,) = alerts.overdue(tx, later(99))
        assert (waiting.taken_by, waiting.talking_with) == (None, None)

    await database.write(work)


async def test_an_alert_is_overdue_when_the_leads_heard_of_it_long_ago(database: Database) -> None:
    def work(tx: Transaction) -> None:
        person(tx, "ana")
        alert = alerts.raise_alert(tx, None, ANA, ("abuse",), NOW)
        assert alerts.overdue(tx, later(-1)) == ()
        assert [one.id for one in alerts.overdue(tx, NOW)] == [alert]
        alerts.told(tx, alert, later(5))
        assert alerts.overdue(tx, later(4)) == ()

    await database.write(work)


async def test_a_closed_alert_takes_no_more_steps_and_keeps_no_words(database: Database) -> None:
    def work(tx: Transaction) -> None:
        person(tx, "ana")
        alert, lea = alerts.raise_alert(tx, None, ANA, ("abuse",), NOW), lead(tx, "lea")
        alert_words.add(tx, alert, "my dad hits me", (), NOW)
        assert alert_words.kept_of(tx, ANA) == ("my dad hits me",)
        assert alerts.close(tx, alert, lea, "passed on", NOW)
        alert_words.forget(tx, alert)
        assert not alerts.close(tx, alert, lea, "contacted", NOW)
        assert not alerts.acknowledge(tx, alert, lea, NOW, over=True)
        assert alert_words.words(tx, alert) == alert_words.kept_of(tx, ANA) == ()

    await database.write(work)
    assert await database.purge_due()


async def test_releasing_lets_the_replies_of_that_alert_go_and_no_others(database: Database) -> None:
    def work(tx: Transaction) -> None:
        for name in ("ana", "ben"):
            conversation = begun(tx, name)
            responses.record(tx, conversation, given(), 7, NOW)
            kept = responses.flag(tx, conversation, given().question, ("abuse",))
            assert kept
            alert_words.add(
                tx, alerts.raise_alert(tx, None, RespondentId(name), ("abuse",), NOW), "words", (kept,), NOW
            )
        first, second = (alert.id for alert in alerts.open_alerts(tx))
        assert alert_words.held_back(tx, first) == 1
        assert alert_words.release(tx, first) == 1
        assert (alert_words.held_back(tx, first), alert_words.held_back(tx, second)) == (0, 1)
        assert alert_words.release(tx, first) == 0
        assert responses.flagged(tx, ConversationId("conversation-of-ana"), given().question) is None

    await database.write(work)


async def test_contact_is_asked_for_once(database: Database) -> None:
    def work(tx: Transaction) -> None:
        person(tx, "ana")
        alert = alerts.raise_alert(tx, None, ANA, ("abuse",), NOW)
        assert alerts.want_contact(tx, alert, NOW)
        assert not alerts.want_contact(tx, alert, later(1))
        assert [taken.step for taken in alerts.steps(tx, alert)] == ["raised", "contact wanted"]

    await database.write(work)
