from storage import alerts
from storage.alerts import Alert
from storage.database import Database, Transaction
from storage.ids import RespondentId
from tests.storage.samples import NOW, begun, later, member

ANA = RespondentId("ana")


async def test_an_alert_is_open_until_one_member_acknowledges_it(database: Database) -> None:
    def work(tx: Transaction) -> None:
        conversation_id, lead = begun(tx, "ana"), member(tx, "lea")
        first = alerts.raise_alert(tx, conversation_id, ANA, ("self-harm", "abuse"), NOW)
        second = alerts.raise_alert(tx, None, ANA, ("abuse",), later(1))
        assert alerts.open_alerts(tx) == (
            Alert(first, ANA, conversation_id, ("self-harm", "abuse"), NOW),
            Alert(second, ANA, None, ("abuse",), later(1)),
        )
        assert alerts.acknowledge(tx, first, lead, later(2))
        assert not alerts.acknowledge(tx, first, lead, later(3))
        assert [one.id for one in alerts.open_alerts(tx)] == [second]

    await database.write(work)
