from dialogues.conversation import Ask, Close, Notify, Paused, Resumed, Tapped, TimedOut
from dialogues.phrases import ENGLISH
from dialogues.script import StepId
from dialogues.turn import PAUSE
from tests.dialogues.plays import Play, sample

SPORTS = sample("""
  - choose several: What do you like?
    id: likes
    at most: 2
    options: [Football, Chess, Music]
    other: Something else
  - number: How many hours?
    id: hours
""")

ONE = sample("""
  - choose: Which one?
    id: which
    options: [Bus, Bike]
    other: Another
  - scale: How is it?
    id: how
    from: 1
    to: 5
""")


def test_a_tap_is_shown_in_the_place_of_the_buttons() -> None:
    play = Play(ONE).taps("Bus")
    assert Close(1, "Which one?\n\n✓ Bus") in play.effects
    assert play.taps("3").kept == {"which": "bus", "how": 3}


def test_ticks_change_the_buttons_of_the_same_message() -> None:
    play = Play(SPORTS).taps("Chess")
    assert [(ask.again, ask.revision) for ask in play.asked] == [(False, 1), (True, 1)]
    assert play.labels[:4] == ["Football", "✓ Chess", "Music", "Something else"]
    assert play.kept == {}


def test_ticks_come_off_again() -> None:
    assert Play(SPORTS).taps("Chess").taps("✓ Chess").labels[1] == "Chess"


def test_done_takes_what_is_ticked_in_the_order_of_the_options() -> None:
    play = Play(SPORTS).taps("Music").taps("Football").taps("Done")
    assert play.kept == {"likes": ("football", "music")}


def test_done_without_a_tick_asks_for_one() -> None:
    play = Play(SPORTS).taps("Done")
    assert play.effects == (Notify(ENGLISH.nothing_selected),)


def test_one_tick_too_many_is_refused() -> None:
    play = Play(SPORTS).taps("Music").taps("Football").taps("Chess")
    assert play.effects == (Notify(ENGLISH.too_many.format(most=2)),)
    assert play.taps("Done").kept == {"likes": ("football", "music")}


def test_other_asks_for_words() -> None:
    play = Play(ONE).taps("Another")
    assert play.said == f"Which one?\n\n{ENGLISH.other_words}"
    assert play.types("a raft").kept == {"which": "other"}
    assert play.conversation.responses[0].text == "a raft"


def test_other_among_several_asks_for_words() -> None:
    play = Play(SPORTS).taps("Chess").taps("Something else").taps("Done").types("darts")
    assert play.kept == {"likes": ("chess", "other")}
    assert play.conversation.responses[0].text == "darts"


def test_words_of_ones_own_count_among_those_that_may_be_chosen() -> None:
    play = Play(SPORTS).taps("Chess").types("hopscotch").taps("Music")
    save = ENGLISH.save_as.format(other="Something else")
    assert play.taps(save).effects == (Notify(ENGLISH.too_many_typed.format(most=2)),)
    assert "up to 2" in play.types("yes").said
    assert play.taps("✓ Music").taps(save).kept == {"likes": ("chess", "other")}


def test_other_without_words_is_still_an_answer() -> None:
    assert Play(ONE).taps("Another").taps("Skip").kept == {"which": "other"}
    assert Play(ONE).taps("Another").types("skip").conversation.responses[0].text is None


def test_an_option_that_is_called_other_is_an_option_like_any() -> None:
    script = sample("""
  - choose: Which one?
    id: which
    options: [Bus, Other]
  - choose several: Which ones?
    id: several
    options: [Bus, Other]
""")
    play = Play(script).taps("Other").taps("Bus").taps("Other").taps("Done")
    assert play.kept == {"which": "other", "several": ("bus", "other")}
    assert play.edits("which", "by hovercraft").kept["which"] == "other"
    assert play.said == ENGLISH.edit_unclear


def test_back_from_other_shows_the_options_again() -> None:
    assert Play(ONE).taps("Another").taps("Back").taps("Bike").kept == {"which": "bike"}


def test_a_doubled_tap_changes_nothing() -> None:
    play = Play(ONE)
    tap = play.tap("Bus")
    once = play.take(tap).conversation
    assert play.take(tap).effects == (Notify(ENGLISH.stale),)
    assert play.conversation == once


def test_a_doubled_tick_is_not_undone() -> None:
    play = Play(SPORTS)
    tap = play.tap("Chess")
    play.take(tap)
    assert play.take(tap).effects == ()
    assert play.labels[1] == "✓ Chess"


def test_a_tap_on_an_earlier_question_changes_nothing() -> None:
    play = Play(ONE)
    early = play.tap("Bike")
    assert play.taps("Bus").take(early).kept == {"which": "bus"}
    assert play.effects == (Notify(ENGLISH.stale),)


def test_a_forged_tap_changes_nothing() -> None:
    play = Play(ONE)
    for value in ("7", "keep", "back", "c0", "+0", "unplaced", "yes", "", "\n", "-"):
        play.take(Tapped(StepId("which"), 1, value))
        assert play.effects == (Notify(ENGLISH.stale),)
    assert play.kept == {}


def test_a_button_of_an_earlier_pause_changes_nothing() -> None:
    play = Play(ONE).take(TimedOut())
    stop, carry_on = play.tap("Stop here"), play.tap("Carry on")
    play.take(Resumed())
    assert play.take(stop).effects == (Notify(ENGLISH.stale),)
    assert play.take(carry_on).effects == (Notify(ENGLISH.stale),)


def test_whoever_is_paused_can_carry_on_with_any_such_button() -> None:
    play = Play(ONE).take(Paused())
    early = play.tap("Carry on")
    play.take(Resumed()).take(Paused()).take(early)
    assert play.question == "which"


def test_an_alert_has_a_button_that_carries_on() -> None:
    play = Play(ONE).types("help", "danger")
    assert not any(isinstance(effect, Ask) for effect in play.effects)
    assert play.take(Tapped(PAUSE, play.conversation.revision, "resume")).question == "which"
