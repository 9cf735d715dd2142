import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.botapi.formatted import Entity, Formatted, utf16_length
from tests.botapi.html_markup import parse_html
from tests.botapi.markdown_markup import parse_markdown, parse_markdown_v2
from tests.botapi.refusal import Refused


def test_html_gives_text_and_entities_in_utf16_units() -> None:
    assert parse_html("🎈 <b>a &lt; <i>b</i></b> &#33;&amp;amp;") == Formatted(
        "🎈 a < b !&amp;", (Entity("bold", 3, 5), Entity("italic", 7, 1))
    )
    link = parse_html('<a href="https://example.org">here</a>')
    assert link.entities == (Entity("text_link", 0, 4, (("url", "https://example.org"),)),)


@pytest.mark.parametrize(
    ("markup", "complaint"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("é<p>x</p>", 'Unsupported start tag "p" at byte offset 2'),
        ("a < b > c", 'Unsupported start tag "" at byte offset 2'),
        ("a <b", "Unclosed start tag at byte offset 2"),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_bad_html_is_refused(markup: str, complaint: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_html(markup)
    assert refused.value.description == f"Bad Request: can't parse entities: {complaint}"


def test_markdown_v2_gives_text_and_entities() -> None:
    assert parse_markdown_v2("*bold _both_* \\! `a\\`b` [x](https://example.org)") == Formatted(
        "bold both ! a`b x",
        (
            Entity("bold", 0, 9),
            Entity("italic", 5, 4),
            Entity("code", 12, 3),
            Entity("text_link", 16, 1, (("url", "https://example.org"),)),
        ),
    )


@pytest.mark.parametrize(
    ("markup", "complaint"),
    [
        ("Well.", "Character '.' is reserved and must be escaped with the preceding '\\'"),
        ("é *x", "Can't find end of Bold entity at byte offset 3"),
        ("a_b", "Can't find end of Italic entity at byte offset 1"),
    ],
)
def test_bad_markdown_v2_is_refused(markup: str, complaint: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_markdown_v2(markup)
    assert refused.value.description == f"Bad Request: can't parse entities: {complaint}"


def test_the_older_markdown_is_known_too() -> None:
    assert parse_markdown("a *b* \\_ [c](d)").text == "a b _ c"
    with pytest.raises(Refused, match="Can't find end of the entity starting at byte offset 2"):
        parse_markdown("a _b")


@given(st.text(alphabet="<>/&;#x1ab\"' =_*[]()~`|\\🎈"))
def test_any_markup_is_read_or_refused(markup: str) -> None:
    for parse in (parse_html, parse_markdown, parse_markdown_v2):
        try:
            formatted = parse(markup).trimmed()
        except Refused:
            continue
        assert all(0 <= e.offset < e.offset + e.length <= utf16_length(formatted.text) for e in formatted.entities)


@given(st.text())
def test_escaped_html_shows_the_words(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert parse_html(escaped) == Formatted(text)
