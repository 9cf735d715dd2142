import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogues.understanding.words import fold, phrase_at, spellings, tokens, too_long, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sí, CLARO", ("si", "claro")),
        ("don't", ("dont",)),
        ("twenty-one", ("twenty", "one")),
        ("16ish", ("16", "ish")),
        ("l6", ("l6",)),
        ("2️⃣", ("2",)),
        ("١٦", ("16",)),
        ("b\u200bus", ("bus",)),
        ("1.234,5", ("1.234,5",)),
        ("🚌", ()),
    ],
)
def test_words_are_comparable(text: str, expected: tuple[str, ...]) -> None:
    assert words(text) == expected


def test_a_fraction_keeps_apart_from_its_whole_number() -> None:
    assert [token.text for token in tokens("16½")] == ["16", "1", "⁄", "2"]


def test_a_superscript_is_no_digit() -> None:
    assert words("5²") == ("5",)


def test_drawn_out_letters_are_found() -> None:
    assert spellings("yesss") == ("yesss", "yess", "yes")
    assert phrase_at(tokens("nooooo"), 0, {"no": 1}) == (1, 1)


def test_the_longest_phrase_counts() -> None:
    assert phrase_at(tokens("no problem at all"), 0, {"no": 1, "no problem": 2}) == (2, 2)


@given(st.text())
def test_folding_twice_changes_nothing_more_in_words(text: str) -> None:
    assert words(" ".join(words(text))) == words(text)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_any_text_has_tokens_without_spaces(text: str) -> None:
    assert all(token.text and " " not in token.text for token in tokens(text))
    assert isinstance(fold(text), str)


def test_a_long_reply_is_too_long() -> None:
    assert too_long("a" * 401)
    assert too_long("👍 " * 81)
    assert not too_long("a" * 400)
