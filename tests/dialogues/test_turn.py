"""The way through a dialogue: on, back, aside and out of it."""

from dataclasses import replace

import pytest

from dialogues.conversation import (
    Ask,
    Event,
    Finish,
    Paused,
    Remind,
    Resumed,
    SentMedia,
    Skipped,
    Started,
    Stopped,
    Switched,
    TimedOut,
    WentBack,
    Withdraw,
)
from dialogues.phrases import ENGLISH, SPANISH
from dialogues.turn import GIVE_UP_AFTER, PAUSE, REMIND_AFTER
from tests.dialogues.plays import ES, HEAD, NOW, Play, sample

TRIP = sample("""
  - say: Hello.
  - choose: How do you travel?
    id: mode
    options: [Bus, Bike, On foot]
    other: Another way
  - say: "So: {mode|your own way}."
  - scale: Is it on time?
    id: on-time
    when: mode is bus
  - ask: What would help?
    id: wish
    probe: Why that?
  - number: How many minutes?
    id: minutes
""")

STRICT = sample("""
  - choose: Which one?
    id: which
    required: yes
    options: [Bus, Bike]
  - ask: Why?
    id: why
    required: yes
""")

CONSENT = sample("""
  - consent: |-
      We would like to ask you something.

      Would you like to take part?
    id: consent
    declined: Another time.
  - ask: What now?
    id: now
""")

TWO = sample(
    """
  - choose: {en: Which one?, es: ¿Cuál?}
    id: which
    options:
      - {en: Red, es: Rojo}
      - {en: Blue, es: Azul}
""",
    HEAD.replace("title: Sample", "languages: [en, es]\ntitle: {en: Sample, es: Muestra}").replace(
        "A sample.", "{en: A sample., es: Una muestra.}"
    ),
)


def test_a_question_shows_how_far_along_it_is() -> None:
    play = Play(TRIP)
    assert play.said == "Hello.\n1 of 4\n\nHow do you travel?"
    assert play.taps("Bike").said.endswith("2 of 3\n\nWhat would help?")


def test_a_reply_leads_to_the_next_question_that_applies() -> None:
    assert Play(TRIP).taps("Bus").question == "on-time"
    assert Play(TRIP).taps("Bike").question == "wish"


def test_a_skipped_question_is_kept_as_a_refusal() -> None:
    play = Play(TRIP).taps("Skip")
    assert (play.question, play.kept) == ("wish", {"mode": "refused"})
    assert Play(TRIP).take(Skipped()).kept == {"mode": "refused"}


def test_an_answer_is_piped_or_its_fallback() -> None:
    assert "So: Bike." in Play(TRIP).taps("Bike").said
    assert "So: your own way." in Play(TRIP).taps("Skip").said
    assert "So: on my unicycle." in Play(TRIP).taps("Another way").types("on my unicycle").said


def test_back_goes_back_twice_and_says_what_was_said() -> None:
    play = Play(TRIP).taps("Bus").taps("4").taps("Back")
    assert play.question == "on-time"
    assert "You said: 4" in play.said
    play.take(WentBack())
    assert play.question == "mode"
    assert "You said: Bus" in play.said


def test_the_first_question_has_no_way_back() -> None:
    play = Play(TRIP)
    assert "Back" not in play.labels
    assert play.take(WentBack()).said.startswith("1 of 4\n\n" + ENGLISH.no_way_back)


def test_keeping_an_answer_goes_on_where_the_respondent_was() -> None:
    play = Play(TRIP).taps("Bus").taps("4").taps("Back").taps("Back").taps("Keep my answer")
    assert (play.question, play.kept) == ("wish", {"mode": "bus", "on-time": 4})


def test_another_answer_on_the_way_back_withdraws_what_hangs_on_it() -> None:
    play = Play(TRIP).taps("Bus").taps("4").taps("Back").taps("Back").taps("Bike")
    assert Withdraw(TRIP.steps[3].id) in play.effects
    assert (play.question, play.kept) == ("wish", {"mode": "bike"})


def test_another_answer_on_the_way_back_leads_into_its_branch() -> None:
    play = Play(TRIP).taps("Bike").taps("Back").taps("Bus")
    assert play.question == "on-time"
    assert play.taps("2").question == "wish"


def test_nothing_is_said_twice_on_the_way_back() -> None:
    assert "So:" not in Play(TRIP).taps("Bike").taps("Back").taps("Bus").said


def test_skipping_on_the_way_back_takes_the_answer_back() -> None:
    assert Play(TRIP).taps("Bike").taps("Back").taps("Skip").kept == {"mode": "refused"}


def test_a_short_reply_is_probed_once() -> None:
    play = Play(TRIP).taps("Bike").types("more lanes")
    assert play.question == "wish.probe"
    assert play.said == "Why that?"
    play.types("safer")
    assert (play.question, play.kept["wish"], play.kept["wish.probe"]) == ("minutes", "more lanes", "safer")


def test_a_longer_reply_is_not_probed() -> None:
    assert Play(TRIP).taps("Bike").types("more lanes and fewer cars").question == "minutes"


def test_a_refusal_is_not_probed() -> None:
    assert Play(TRIP).taps("Bike").types("rather not say").question == "minutes"


def test_a_probe_can_be_skipped() -> None:
    play = Play(TRIP).taps("Bike").types("lanes").taps("Skip")
    assert (play.question, play.kept["wish.probe"]) == ("minutes", "refused")


def test_a_probe_is_not_asked_again_after_going_back_from_it() -> None:
    play = Play(TRIP).taps("Bike").types("lanes").taps("Back")
    assert play.question == "wish"
    assert "You said: lanes" in play.said
    assert play.types("paths").question == "minutes"


def test_words_that_raise_an_alarm_are_not_probed() -> None:
    play = Play(TRIP).taps("Bike").types("hurt myself", "self-harm")
    assert play.kept["wish"] == "hurt myself"
    assert play.take(Resumed()).question == "minutes"


def test_a_required_question_can_be_skipped_when_asked_a_third_time() -> None:
    play = Play(STRICT)
    assert "Skip" not in play.labels
    assert "Skip" not in play.types("hm?").labels
    assert "Skip" in play.types("hm?").labels
    assert ENGLISH.or_skip in play.said
    assert play.taps("Skip").kept == {"which": "refused"}


def test_skipping_a_required_question_says_what_else_to_do() -> None:
    play = Play(STRICT).take(Skipped())
    assert ENGLISH.needed in play.said
    assert play.kept == {}


def test_none_of_these_counts_as_asking_again() -> None:
    play = Play(STRICT).types("bus or bike").taps("None of these")
    assert {"Bus", "Bike", "Skip"} <= set(play.labels)


def test_agreeing_is_recorded_and_leads_on() -> None:
    play = Play(CONSENT).taps("I'm in")
    assert (play.question, play.kept) == ("now", {"consent": True})
    assert Play(CONSENT).types("ok yes").kept == {"consent": True}


def test_who_declines_is_thanked_and_nothing_is_kept() -> None:
    play = Play(CONSENT).taps("No thanks")
    assert Finish("declined") in play.effects
    assert (play.said, play.kept) == ("Another time.", {})


def test_a_yes_that_is_none_is_asked_back_in_short() -> None:
    play = Play(CONSENT).types("yeah nah")
    assert play.kept == {}
    assert play.said.endswith("Would you like to take part?")
    assert "We would like" not in play.said
    assert play.labels == ["I'm in", "No thanks"]


def test_consent_cannot_be_skipped() -> None:
    play = Play(CONSENT).take(Skipped()).types("skip").types("idk")
    assert (play.question, play.kept, play.labels) == ("consent", {}, ["I'm in", "No thanks"])


def test_who_agreed_before_is_not_asked_again() -> None:
    agreed = frozenset(step.key for step in CONSENT.steps if step.kind == "consent")
    assert Play(CONSENT, agreed=agreed).question == "now"


def test_a_pause_keeps_the_place() -> None:
    play = Play(TRIP).taps("Bike").take(Paused())
    assert play.types("more lanes").said == ENGLISH.still_paused
    assert play.taps("Carry on").question == "wish"
    assert play.take(Paused()).take(Resumed()).question == "wish"


def test_the_question_below_a_pause_can_still_be_tapped() -> None:
    play = Play(TRIP)
    tap = play.tap("Bike")
    assert play.take(Paused()).take(tap).kept == {"mode": "bike"}


def test_nobody_is_reminded_during_a_pause() -> None:
    play = Play(TRIP).take(Paused())
    assert Remind(None) in play.effects
    assert play.take(TimedOut()).effects == ()


def test_a_reminder_comes_once_and_then_the_bot_gives_up() -> None:
    play = Play(TRIP)
    assert Remind(NOW + REMIND_AFTER) in play.effects
    play.take(TimedOut())
    assert (play.question, play.said, play.labels) == (PAUSE, ENGLISH.reminder, ["Carry on", "Stop here"])
    assert Remind(NOW + GIVE_UP_AFTER) in play.effects
    assert Finish("break_off") in play.take(TimedOut()).effects


def test_after_a_sign_of_life_there_is_another_reminder() -> None:
    assert Play(TRIP).take(TimedOut()).take(SentMedia("photo")).take(TimedOut()).said == ENGLISH.reminder


def test_the_reminder_has_a_way_on_and_a_way_out() -> None:
    assert Play(TRIP).take(TimedOut()).taps("Carry on").question == "mode"
    assert Finish("break_off") in Play(TRIP).take(TimedOut()).taps("Stop here").effects


def test_who_broke_off_can_take_it_up_again() -> None:
    play = Play(TRIP).taps("Bike").take(Stopped())
    assert play.said == ENGLISH.stopped
    play.take(Started())
    assert (play.question, play.kept) == ("wish", {"mode": "bike"})


@pytest.mark.parametrize("event", [Started(), Resumed()])
@pytest.mark.parametrize(
    ("on_the_way", "next_question"),
    [
        (("Another way",), "mode"),
        (("Bike", "lanes"), "minutes"),
        (("Bike", "Back"), "wish"),
        (("bus or bike",), "mode"),
    ],
)
def test_what_is_taken_up_again_waits_for_nothing_of_before(
    event: Event, on_the_way: tuple[str, ...], next_question: str
) -> None:
    play = Play(TRIP)
    for action in on_the_way:
        play = play.taps(action) if action in play.labels else play.types(action)
    play.conversation = replace(play.conversation, phase="ended", ending="break_off")
    state = play.take(event).conversation
    assert play.question == next_question
    assert (state.waiting, state.revisiting, state.candidates) == ("reply", False, ())


def test_a_question_may_be_called_pause() -> None:
    script = sample("""
  - choose: Do you want a break?
    id: pause
    options: [Yes please, Never]
""")
    assert Play(script).taps("Never").kept == {"pause": "never"}


def test_an_alarm_leaves_the_buttons_on_the_screen_as_they_are() -> None:
    play = Play(STRICT).taps("Bus")
    before = play.conversation.revision
    assert play.types("skip", "self-harm").conversation.revision == before


def test_what_is_complete_stays_complete() -> None:
    play = Play(CONSENT).taps("I'm in").types("hello there")
    assert Finish("complete") in play.effects
    for event in (Started(), Skipped(), WentBack(), Resumed(), SentMedia("voice")):
        assert play.take(event).said == ENGLISH.over
    assert play.kept == {"consent": True, "now": "hello there"}


def test_switching_the_language_asks_again_in_it() -> None:
    play = Play(TWO).take(Switched(ES))
    assert play.said == "1 de 1\n\n¿Cuál?"
    assert play.labels == ["Rojo", "Azul", SPANISH.skip]
    assert play.taps("Azul").conversation.responses[0].language == "es"


def test_switching_the_language_asks_the_whole_question_where_it_was_asked_back() -> None:
    assert Play(TWO).types("red or blue").take(Switched(ES)).labels == ["Rojo", "Azul", SPANISH.skip]


def test_a_response_keeps_the_wording_that_was_seen() -> None:
    response = Play(TWO, language=ES).taps("Rojo").conversation.responses[0]
    assert (response.wording, response.language, response.value, response.text) == ("¿Cuál?", "es", "red", None)


def test_media_are_answered_and_change_nothing() -> None:
    play = Play(TRIP)
    before = play.conversation
    assert play.take(SentMedia("sticker")).said == ENGLISH.text_only
    assert play.conversation == before


def test_starting_over_an_open_conversation_asks_the_question_again() -> None:
    play = Play(TRIP).taps("Bike").take(Started())
    assert [effect.question for effect in play.effects if isinstance(effect, Ask)] == ["wish"]
