"""Typed words: taken where they are clear, asked back where they are not."""

import pytest

from dialogues.conversation import (
    Alert,
    Amend,
    Conversation,
    Edited,
    Paused,
    Remind,
    Resumed,
    Skipped,
    Typed,
    Withdraw,
)
from dialogues.engine import advance
from dialogues.phrases import ENGLISH
from dialogues.script import StepId
from dialogues.turn import PAUSE
from dialogues.typed import out_of_bounds
from tests.dialogues.plays import EN, ES, NOW, Play, sample

MIXED = sample("""
  - choose: How do you travel?
    id: mode
    options: [Bus, Bike, Train]
    other: Another way
  - choose several: What do you like?
    id: likes
    at most: 2
    options: [Football, Chess, Music]
    other: Something else
  - ask: What is good about the bus?
    id: good
    when: mode is bus
  - number: How many minutes?
    id: minutes
    from: 1
    to: 300
  - scale: How is it?
    id: how
  - ask: What would help?
    id: wish
""")

HANGING = sample("""
  - choose: How do you travel?
    id: mode
    options: [Bus, Bike]
  - choose: How is the bus?
    id: how
    when: mode is bus
    options: [Fine, Late]
    other: Other
  - ask: Why?
    id: why
    when: how is answered
    probe: How so?
  - ask: What would help?
    id: wish
""")


def at(question: str) -> Play:
    """Return a play in which this question is asked."""
    play = Play(MIXED).taps("Bike")
    while play.question != question:
        play.take(Skipped())
    return play


@pytest.mark.parametrize(
    ("question", "text", "value"),
    [
        ("likes", "chess and music", ("chess", "music")),
        ("minutes", "about 25", 25),
        ("minutes", "sixteen", 16),
        ("how", "4", 4),
        ("wish", "more buses at night", "more buses at night"),
        ("wish", "idk", "dont_know"),
        ("wish", "skip", "refused"),
        ("minutes", "no idea", "dont_know"),
    ],
)
def test_clear_words_are_a_response(question: str, text: str, value: object) -> None:
    assert at(question).types(text).kept[question] == value


def test_words_are_kept_beside_what_they_stand_for() -> None:
    response = Play(MIXED).types("probably the bus").conversation.responses[0]
    assert (response.value, response.text) == ("bus", "probably the bus")


def test_two_options_in_one_reply_are_asked_back() -> None:
    play = Play(MIXED).types("bus or train")
    assert play.said == f"1 of 6\n\n{ENGLISH.did_you_mean}\n\nHow do you travel?"
    assert play.labels == ["Bus", "Train", "None of these", "Skip"]
    assert play.taps("Train").kept == {"mode": "train"}


def test_none_of_these_shows_all_options_again() -> None:
    play = Play(MIXED).types("bus or train").taps("None of these")
    assert play.labels == ["Bus", "Bike", "Train", "Another way", "Skip"]


def test_a_typed_answer_settles_what_was_asked_back() -> None:
    assert Play(MIXED).types("bus or train").types("train").kept == {"mode": "train"}


def test_words_that_match_no_option_can_be_saved_as_other() -> None:
    play = Play(MIXED).types("by hovercraft")
    assert ENGLISH.as_other.format(other="Another way") in play.said
    assert play.labels[0] == "Yes, save it as “Another way”"
    assert play.taps(play.labels[0]).kept == {"mode": "other"}
    assert play.conversation.responses[0].text == "by hovercraft"


def test_a_typed_yes_saves_them_too_and_a_no_does_not() -> None:
    assert Play(MIXED).types("by hovercraft").types("yes").kept == {"mode": "other"}
    play = Play(MIXED).types("by hovercraft").types("no")
    assert play.kept == {}
    assert play.labels[0] == "Bus"


def test_a_number_out_of_bounds_is_asked_again() -> None:
    play = at("minutes").types("5000")
    assert ENGLISH.number_between.format(lowest="1", highest="300") in play.said
    assert play.types("50").kept["minutes"] == 50


def test_words_without_a_number_are_asked_again() -> None:
    assert ENGLISH.not_understood_number in at("minutes").types("quite some time").said


def test_a_broken_number_is_asked_back_where_whole_ones_are_wanted() -> None:
    assert at("minutes").types("16½").labels[:2] == ["16", "17"]


@pytest.mark.parametrize(
    ("lowest", "highest", "value", "problem"),
    [
        (None, None, 10**9, None),
        (2, None, 1, "I was expecting 2 or more."),
        (None, 1000, 1500, "I was expecting 1,000 or less."),
        (0.5, 2, 3, "I was expecting a number from 0.5 to 2."),
        (1, 3, 3, None),
    ],
)
def test_a_bound_is_named(lowest: float | None, highest: float | None, value: float, problem: str | None) -> None:
    bounds = "".join(f"\n    {name}: {bound}" for name, bound in (("from", lowest), ("to", highest)) if bound)
    question = sample(f"  - number: How many?{bounds}").questions[0]
    assert out_of_bounds(question, value, EN) == problem


def test_more_options_than_may_be_chosen_are_not_taken() -> None:
    play = at("likes").types("football, chess and music")
    assert "up to 2" in play.said
    assert "likes" not in play.kept


def test_typed_options_join_those_that_are_ticked() -> None:
    play = at("likes").taps("Chess").types("music")
    assert play.labels[:3] == ["Football", "✓ Chess", "✓ Music"]
    assert play.types("football").conversation.selected == ("chess", "music")
    assert "up to 2" in play.said
    assert play.taps("Done").kept["likes"] == ("chess", "music")


def test_a_near_word_alone_is_asked_back_and_not_ticked() -> None:
    play = at("likes").types("chest")
    assert ENGLISH.did_you_mean_one in play.said
    assert play.labels[0] == "Chess"
    assert play.conversation.selected == ()
    assert play.types("yes").kept["likes"] == ("chess",)


def test_a_near_word_asked_back_keeps_what_is_ticked() -> None:
    asked = at("likes").taps("Music").types("chest")
    for play in (asked.types("yes"), at("likes").taps("Music").types("chest").taps("Chess")):
        assert play.conversation.selected == ("chess", "music")
        assert play.labels[:3] == ["Football", "✓ Chess", "✓ Music"]


def test_a_name_beside_words_that_are_none_is_ticked_to_be_completed() -> None:
    play = at("likes").types("chess and hopscotch")
    assert ENGLISH.ticked in play.said
    assert play.conversation.selected == ("chess",)


@pytest.mark.parametrize("text", ["Done", "done", " DONE! "])
def test_typed_done_is_the_button(text: str) -> None:
    play = at("likes").taps("Music").taps("Chess").types(text)
    assert play.kept["likes"] == ("chess", "music")
    assert play.conversation.responses[-1].text is None


def test_typed_done_asks_for_the_words_behind_other() -> None:
    play = at("likes").taps("Something else").types("done")
    assert ENGLISH.other_words in play.said
    assert play.types("done").conversation.responses[-1].text == "done"


def test_typed_done_without_a_tick_asks_for_one() -> None:
    play = at("likes").types("done")
    assert (ENGLISH.nothing_selected in play.said, "likes" in play.kept) == (True, False)
    offer = at("likes").types("hopscotch").types("done").labels[0]
    assert offer == ENGLISH.save_as.format(other="Something else")


def test_buttons_have_the_words_of_their_language() -> None:
    head = """dialogue: fruit
title: {en: Fruit, es: Fruta}
about: {en: Fruit., es: Fruta.}
languages: [en, es]
"""
    steps = """
  - choose several: {en: Which ones?, es: ¿Cuáles?}
    id: fruit
    options: [{en: Apple, es: Manzana}, {en: Pear, es: Pera}]
"""
    play = Play(sample(steps, head), language=ES).taps("Pera")
    assert play.types("done").kept == {}
    assert play.types("listo").kept == {"fruit": ("pear",)}


def test_the_ways_out_can_be_typed() -> None:
    assert at("minutes").types("back").question == "likes"
    assert at("minutes").types("SKIP").kept["minutes"] == "refused"
    play = at("likes").types("back").types("Keep my answer")
    assert (play.question, play.kept) == ("likes", {"mode": "bike"})


def test_words_like_a_button_are_an_answer_to_an_open_question() -> None:
    for text in ("back", "done", "keep my answer"):
        assert at("wish").types(text).kept["wish"] == text
    assert at("likes").take(Skipped()).types("done").kept.get("minutes") is None


def test_an_option_called_like_a_button_comes_first() -> None:
    script = sample("""
  - ask: Where from?
  - choose: Which seat?
    id: seat
    options: [Front, Back]
""")
    assert Play(script).types("from the park at night").types("back").kept["seat"] == "back"


def test_words_written_before_the_question_was_shown_are_not_taken() -> None:
    play = at("wish").take(Typed("oh hello", unseen=True))
    assert (play.said, "wish" in play.kept) == (ENGLISH.crossed, False)


def test_flagged_words_raise_an_alert_and_nothing_else_is_said() -> None:
    play = at("wish").types("I am not safe at home", "danger")
    assert play.effects[1:] == (Remind(None), Alert(PAUSE, play.conversation.revision, ("danger",)))
    assert play.conversation.phase == "paused"
    assert play.kept["wish"] == "I am not safe at home"


def test_flagged_words_to_a_closed_question_are_no_answer() -> None:
    play = Play(MIXED).types("bus, where he waits for me", "danger")
    assert play.kept == {}
    assert play.conversation.phase == "paused"


def test_flagged_words_behind_other_are_kept() -> None:
    play = Play(MIXED).taps("Another way").types("I hide", "danger")
    assert play.kept == {"mode": "other"}
    assert play.conversation.responses[0].text == "I hide"


def test_flagged_words_in_a_pause_and_after_the_end_raise_an_alert() -> None:
    play = at("wish").take(Paused()).types("help", "danger")
    assert isinstance(play.effects[-1], Alert)
    play = at("wish").take(Skipped()).types("help", "danger")
    assert isinstance(play.effects[-1], Alert)
    assert play.conversation.phase == "ended"


def test_flagged_words_before_anything_was_asked_raise_an_alert() -> None:
    step = advance(MIXED, Conversation(EN), Typed("help", ("danger",)), NOW)
    assert step.effects == (Remind(None), Alert(PAUSE, 0, ("danger",)))


def test_an_edit_amends_an_open_response() -> None:
    play = at("wish").types("more buses at night").edits("wish", "more trams at night")
    amended = [effect.response for effect in play.effects if isinstance(effect, Amend)]
    assert [(response.value, response.text) for response in amended] == [("more trams at night",) * 2]
    assert play.said == ENGLISH.amended


def test_an_edit_amends_a_closed_response() -> None:
    play = Play(MIXED).types("bike").edits("mode", "the train")
    assert play.kept == {"mode": "train"}


def test_an_edit_that_is_unclear_changes_nothing() -> None:
    play = Play(MIXED).types("bike").edits("mode", "bus or train")
    assert (play.said, play.kept) == (ENGLISH.edit_unclear, {"mode": "bike"})


def test_an_edit_out_of_bounds_changes_nothing() -> None:
    play = at("minutes").types("50").edits("minutes", "5000")
    assert (play.said, play.kept["minutes"]) == (ENGLISH.edit_unclear, 50)


def test_an_edit_of_a_message_that_was_not_understood_is_a_new_reply() -> None:
    assert at("minutes").types("quite some").edits(None, "50").kept["minutes"] == 50


def test_an_edit_of_any_other_message_is_not_used() -> None:
    assert at("minutes").edits(None, "50").said == ENGLISH.edit_unused


def test_an_edit_of_a_withdrawn_response_is_no_reply_to_another_question() -> None:
    play = Play(MIXED).types("bus").take(Skipped()).types("it is warm")
    play.edits("mode", "bike").types("quite some").edits("good", "50 seats")
    assert (play.said, play.kept) == (ENGLISH.edit_unused, {"mode": "bike", "likes": "refused"})


def test_an_edit_withdraws_what_hangs_on_it() -> None:
    play = Play(MIXED).types("bus").take(Skipped()).types("it is warm").edits("mode", "train")
    assert Withdraw(StepId("good")) in play.effects
    assert play.kept == {"mode": "train", "likes": "refused"}


def test_an_edit_leads_back_to_a_question_that_now_applies() -> None:
    play = at("minutes").edits("mode", "bus")
    assert play.question == "good"


def test_an_edit_leads_away_from_a_question_that_does_not_apply_any_more() -> None:
    play = Play(MIXED).types("bus").take(Skipped())
    assert play.question == "good"
    assert play.edits("mode", "bike").question == "minutes"


def test_an_edit_in_a_pause_is_followed_when_it_ends() -> None:
    play = Play(MIXED).types("bus").take(Skipped()).take(Paused()).edits("mode", "bike")
    assert play.said == ENGLISH.amended
    assert play.take(Resumed()).question == "minutes"
    assert play.kept == {"mode": "bike", "likes": "refused"}


def test_a_question_that_an_edit_in_a_pause_took_away_cannot_be_tapped() -> None:
    play = Play(HANGING).types("bus")
    tap = play.tap("Fine")
    play.take(Paused()).edits("mode", "bike").take(tap)
    assert (play.said, play.kept) == (ENGLISH.stale, {"mode": "bike"})


@pytest.mark.parametrize("on_the_way", [("Fine", "Back"), ("Fine", "short", "Back"), ("Fine", "short"), ("Other",)])
def test_an_edit_leads_away_from_a_probe_an_other_and_a_revisited_question(on_the_way: tuple[str, ...]) -> None:
    play = Play(HANGING).types("bus")
    for action in on_the_way:
        play = play.taps(action) if action in play.labels else play.types(action)
    play.edits("mode", "bike")
    assert (play.question, play.kept) == ("wish", {"mode": "bike"})


def test_an_edit_of_the_words_behind_other_keeps_what_was_ticked() -> None:
    play = at("likes").taps("Chess").taps("Something else").taps("Done").types("darts")
    play.edits("likes", "more music please")
    assert play.kept["likes"] == ("chess", "other")
    assert play.conversation.responses[-1].text == "more music please"


def test_an_edit_after_the_end_still_amends() -> None:
    play = at("wish").types("more buses at night").edits("wish", "more trams at night")
    assert play.kept["wish"] == "more trams at night"
    assert play.conversation.phase == "ended"


def test_a_flagged_edit_is_kept_and_raises_an_alert() -> None:
    play = at("wish").types("more buses at night").take(Edited(StepId("wish"), "I am not safe", ("danger",)))
    assert play.kept["wish"] == "I am not safe"
    assert isinstance(play.effects[-1], Alert)
