from dialogues import path
from dialogues.conversation import Skipped
from dialogues.script import StepId
from tests.dialogues.plays import Play, sample

BRANCHES = sample("""
  - consent: Take part?
  - choose: One?
    id: one
    options: [A, B]
  - ask: Only for A?
    id: two
    when: one is a
    probe: More?
  - ask: Only who answered two?
    id: three
    when: two is answered
  - ask: For all?
    id: four
""")


def at(*replies: str) -> Play:
    play = Play(BRANCHES).taps("I'm in")
    for reply in replies:
        play.types(reply)
    return play


def test_progress_counts_what_may_still_be_asked() -> None:
    assert path.progress(BRANCHES, at().conversation) == (1, 4)
    assert path.progress(BRANCHES, at("a").conversation) == (2, 4)
    assert path.progress(BRANCHES, at("b").conversation) == (2, 2)


def test_a_question_that_was_passed_over_does_not_count() -> None:
    assert path.progress(BRANCHES, at("a").take(Skipped()).conversation) == (3, 3)


def test_what_hangs_on_an_orphan_is_one_as_well() -> None:
    play = at("a", "short", "words", "and three")
    assert set(play.kept) >= {"two", "two.probe", "three"}
    play.edits("one", "b")
    assert set(play.kept) == {"q1", "one"}


def test_back_never_leads_to_a_consent() -> None:
    assert path.previous_question(BRANCHES, at().conversation) is None


def test_a_refusal_answers_nothing() -> None:
    play = at().take(Skipped())
    assert path.answers(play.conversation) == {"q1": True}
    assert play.question == "four"


def test_the_end_is_the_number_of_steps() -> None:
    play = at("b").take(Skipped())
    assert path.next_question(BRANCHES, play.conversation) == len(BRANCHES.steps)
    assert not path.orphans(BRANCHES, play.conversation)
    assert StepId("two") not in play.kept
