from dialogues.phrases import ENGLISH
from tests.dialogues.plays import ES, SETS, Play, sample, shipped

KINDS = sample("""
  - choose: Short?
    options: [Red, Blue, Green]
  - choose: Long?
    options: [Red, A label of more than sixteen]
  - choose several: Several?
    at most: 2
    options: [Red, Blue, Green]
    other: Else
  - choose several: Any number?
    options: [Red, Blue]
  - scale: How?
    from: 0
    to: 10
    low: Bad
    high: Good
  - number: How many?
  - ask: Anything?
    probe: More?
""")


def rows(play: Play) -> list[list[str]]:
    return [[button.label for button in row] for row in play.asked[-1].buttons]


def at(number: int) -> Play:
    play = Play(KINDS)
    for _ in range(number - 1):
        play.taps("Skip")
    return play


def test_short_options_stand_in_pairs_and_long_ones_below_each_other() -> None:
    assert rows(at(1)) == [["Red", "Blue"], ["Green"], ["Skip"]]
    assert rows(at(2)) == [["Red"], ["A label of more than sixteen"], ["Skip", "Back"]]


def test_several_options_say_how_many_and_end_with_done() -> None:
    assert rows(at(3)) == [["Red", "Blue"], ["Green", "Else"], ["Done"], ["Skip", "Back"]]
    assert at(3).said.endswith(f"Several?\n\n{ENGLISH.choose_at_most.format(most=2)}")
    assert at(4).said.endswith(f"Any number?\n\n{ENGLISH.choose_several}")


def test_a_scale_is_rows_of_numbers_with_words_for_its_ends() -> None:
    assert rows(at(5)) == [list("012345"), ["6", "7", "8", "9", "10"], ["Skip", "Back"]]
    assert at(5).said.endswith("How?\n\n0 = Bad\n10 = Good")


def test_what_is_typed_has_the_ways_out_only() -> None:
    assert rows(at(6)) == rows(at(7)) == rows(at(7).types("no more")) == [["Skip", "Back"]]


def test_a_probe_has_no_number_of_its_own() -> None:
    assert at(7).said == "7 of 7\n\nAnything?"
    assert at(7).types("this").said == "More?"


def test_the_ways_out_are_in_the_respondents_language() -> None:
    script = shipped(SETS[0])
    assert rows(Play(script, language=ES).types("sí"))[-1] == ["Saltar"]
