from storage import review
from storage.database import Database, Transaction
from storage.ids import ResponseId
from storage.uncaught import count_read, uncaught
from tests.storage.samples import NOW, member, reply, tag, tagged_reply

ENCODER = "use-3"


def texts(tx: Transaction) -> list[str]:
    return [one.redacted for one in uncaught(tx, ENCODER)]


def bare(tx: Transaction, name: str) -> ResponseId:
    """Return a reply of that person that was read, and given no theme."""
    response_id = reply(tx, name, "raw words")
    assert tag(tx, response_id, redacted=f"redacted words of {name}")
    return response_id


async def test_only_redacted_words_without_a_theme_are_given_with_their_vectors(database: Database) -> None:
    def work(tx: Transaction) -> None:
        bare(tx, "ana")
        tagged_reply(tx, "ben", "transport")
        reply(tx, "cleo", "not read yet")
        (one,) = uncaught(tx, ENCODER)
        assert (one.redacted, one.language, len(one.vectors)) == ("redacted words of ana", "en", 8)
        assert count_read(tx, ENCODER) == 2

    await database.write(work)


async def test_a_flagged_reply_is_never_among_them(database: Database) -> None:
    def work(tx: Transaction) -> None:
        response_id = bare(tx, "ana")
        tx.execute("UPDATE responses SET flags = '[\"self-harm\"]' WHERE id = ?", (response_id,))
        assert texts(tx) == []
        assert count_read(tx, ENCODER) == 0

    await database.write(work)


async def test_what_a_person_decided_counts_and_not_what_the_machine_suggested(database: Database) -> None:
    def work(tx: Transaction) -> None:
        ben = member(tx, "ben")
        by_machine = tagged_reply(tx, "ana", "transport")
        assert review.claim_next(tx, ben, NOW) is not None
        assert review.none_of_these(tx, by_machine, ben, NOW)
        assert texts(tx) == ["More buses"]
        by_nobody = bare(tx, "cleo")
        assert review.claim_next(tx, ben, NOW) is not None
        assert review.toggle(tx, by_nobody, ben, "money", on=True)
        assert review.confirm(tx, by_nobody, ben, NOW)
        assert texts(tx) == ["More buses"]

    await database.write(work)


async def test_vectors_of_another_encoder_are_left_out(database: Database) -> None:
    def work(tx: Transaction) -> None:
        bare(tx, "ana")
        assert uncaught(tx, "another") == ()
        assert count_read(tx, "another") == 0

    await database.write(work)
