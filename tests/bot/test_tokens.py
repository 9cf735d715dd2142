from hypothesis import given
from hypothesis import strategies as st

from bot.tokens import (
    MAX_BYTES,
    DeleteButton,
    LanguageButton,
    MenuButton,
    QuestionButton,
    ReviewButton,
    ScriptButton,
    question_token,
    read_token,
    step_code,
    step_id,
)
from dialogues.file import MAX_OPTIONS, MAX_STEPS
from dialogues.script import StepId
from dialogues.turn import PAUSE
from tests.bot.town import BUSES, script_of

HEX = st.from_regex(r"[0-9a-f]{16}", fullmatch=True)
VALUE = st.from_regex(r"[!-~]{1,16}", fullmatch=True)
STEP = st.integers(0, MAX_STEPS - 1).flatmap(lambda step: st.sampled_from([str(step), f"{step}p", "z"]))


@given(conversation=HEX, step=STEP, revision=st.integers(0, 999_999_999), value=VALUE)
def test_a_button_of_any_question_fits_and_is_read_back(
    conversation: str, step: str, revision: int, value: str
) -> None:
    token = question_token(conversation, step, revision, value)
    assert len(token.encode()) <= MAX_BYTES
    assert read_token(token) == QuestionButton(conversation, step, revision, value)


def test_the_longest_of_the_other_buttons_fit() -> None:
    longest = {
        f"m:{'d' * 40}": MenuButton("d" * 40, instead=False),
        f"m!{'d' * 40}": MenuButton("d" * 40, instead=True),
        "l:es": LanguageButton("es"),
        "d:yes": DeleteButton(confirmed=True),
        f"s:{'f' * 16}:live": ScriptButton("f" * 16, "live"),
        f"r:{'9' * 15}:+0123abcd": ReviewButton(int("9" * 15), "+0123abcd"),
    }
    assert {token: read_token(token) for token in longest} == longest
    assert all(len(token.encode()) <= MAX_BYTES for token in longest)


def test_a_dialogue_with_the_longest_name_can_be_tapped() -> None:
    name = "d" * 40
    assert read_token(f"m:{script_of(BUSES.replace('dialogue: buses', f'dialogue: {name}')).dialogue}")


@given(st.text() | st.binary().map(lambda raw: raw.decode("latin-1")))
def test_reading_never_raises(token: str) -> None:
    read_token(token)


@given(st.from_regex(r"[qmldsr][:!].{0,80}", fullmatch=True))
def test_what_is_read_is_small(token: str) -> None:
    button = read_token(token)
    if button is not None:
        assert len(token) <= MAX_BYTES + 11  # a conversation's id may be twice as long as ours are


def test_odd_digits_and_line_ends_are_no_tokens() -> None:
    assert read_token("q:ff:٣:1:yes") is None
    assert read_token("r:١:ok") is None
    assert read_token("d:yes\n") is None
    assert read_token("q:ff:1:1:yes\n") is None


def test_steps_are_named_by_index_and_found_again() -> None:
    script = script_of(BUSES)
    for step in (StepId("mode"), StepId("wish"), StepId("wish.probe"), PAUSE):
        assert step_id(script, step_code(script, step)) == step
    assert step_id(script, "9999") is None
    assert step_id(script, "9999p") is None


def test_the_most_options_have_values_that_fit() -> None:
    assert len(f"+{MAX_OPTIONS}") <= 16
