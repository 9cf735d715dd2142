from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.pacing import BURST, BURST_S, GROUP_BURST, GROUP_BURST_S, PRUNED_ABOVE, Pacing, Window

gaps = st.lists(st.floats(0, 3), min_size=1, max_size=60)


@given(st.integers(1, 5), st.floats(0.5, 5), gaps)
def test_no_stretch_of_time_holds_more_than_the_limit(most: int, seconds: float, waits: list[float]) -> None:
    window, now_s, sent = Window(most, seconds), 0.0, []
    for wait in waits:
        now_s = window.free_at(now_s + wait)
        window.note(now_s)
        sent.append(now_s)

    for early, late in zip(sent, sent[most:], strict=False):
        assert late - early >= seconds - 1e-9


@given(st.lists(st.sampled_from(["1", "2", "-3"]), max_size=80))
def test_every_chat_and_all_together_keep_their_limits(addresses: list[str]) -> None:
    pacing, now_s = Pacing(per_second=6), 0.0
    sent: dict[str, list[float]] = {"1": [], "2": [], "-3": [], "all": []}
    for address in addresses:
        now_s = max(pacing.all_free_at(now_s), pacing.free_at(address, now_s))
        pacing.note(address, now_s)
        sent[address].append(now_s)
        sent["all"].append(now_s)

    limits = {"1": (BURST, BURST_S), "2": (BURST, BURST_S), "-3": (GROUP_BURST, GROUP_BURST_S), "all": (6, 1.0)}
    for name, (most, seconds) in limits.items():
        assert all(b - a >= seconds - 1e-9 for a, b in zip(sent[name], sent[name][most:], strict=False))


def test_the_first_messages_need_not_wait() -> None:
    pacing = Pacing()
    for _ in range(BURST):
        assert pacing.free_at("1", 0.0) == 0.0
        pacing.note("1", 0.0)

    assert pacing.free_at("1", 0.0) == BURST_S
    assert pacing.free_at("2", 0.0) == 0.0


def test_holding_all_holds_every_chat() -> None:
    pacing = Pacing()
    pacing.hold_all(7.0)
    pacing.hold_all(3.0)

    assert pacing.all_free_at(1.0) == 7.0


def test_chats_that_went_quiet_are_forgotten() -> None:
    pacing = Pacing()
    for number in range(PRUNED_ABOVE + 1):
        pacing.note(str(number), 0.0)
    pacing.note("new", BURST_S + 1)

    assert pacing.remembered == 1
