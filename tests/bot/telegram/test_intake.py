from bot.incoming import Delivery, Sender, Words
from bot.telegram.intake import MOST_NOTICE_CHARS, answer, take
from bot.telegram.updates import Received
from tests.bot.telegram.fakes import RecordingRequest, client_over

DELIVERY = Delivery(3, Sender("telegram", "7"), Words("a", 5))


async def notice(delivery: Delivery) -> str | None:
    return f"notice for {delivery.update_id}"


async def test_the_desk_gives_the_notice() -> None:
    assert await take(Received(3, DELIVERY, None), notice) == "notice for 3"


async def test_what_means_nothing_does_not_reach_the_desk() -> None:
    assert await take(Received(3, None, "q"), notice) is None


async def test_only_taps_are_answered() -> None:
    request = RecordingRequest()
    await answer(client_over(request), Received(3, DELIVERY, None), "hello")

    assert request.calls == []


async def test_a_notice_is_cut_to_what_telegram_shows() -> None:
    request = RecordingRequest()
    await answer(client_over(request), Received(3, DELIVERY, "q"), "x" * 500)

    assert request.calls[0].parameters["text"] == "x" * MOST_NOTICE_CHARS


async def test_no_notice_only_stops_the_spinning() -> None:
    request = RecordingRequest()
    await answer(client_over(request), Received(3, None, "q"), "")

    assert request.calls[0].parameters == {"callback_query_id": "q"}
