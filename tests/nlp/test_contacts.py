import pytest

from nlp.contacts import contacts
from nlp.redaction import redact


def hidden(text: str) -> str:
    return redact(text, contacts(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mail me: sam.o'hara+x@mail.co.uk!", "mail me: [email]!"),
        ("sam at gmail dot com", "[email]"),
        ("mail me at sam dot lee at gmail dot com ok", "mail me at [email] ok"),
        ("sam (at) gmail (dot) com please", "[email] please"),
        ("sam arroba gmail punto com", "[email]"),
        ("samlee@gmail", "[email]"),
        ("see https://x.org/a?b=1.", "see [link]."),
        ("www.town.gov/bus", "[link]"),
        ("on nashvilleguru.com today", "on [link] today"),
        ("t.me/tuckshop_bot", "[link]"),
        ("I'm @sam_99 there", "I'm [handle] there"),
        ("discord Sam#1234", "discord [handle]"),
        ("my insta is sam.99", "my insta is [handle]"),
        ("my snap's sammyx", "my snap's [handle]"),
        ("my gamertag is DragonSlayer", "my gamertag is [handle]"),
        ("snap: sammy-x", "snap: [handle]"),
        ("my insta and snap sammy_x", "my insta and snap [handle]"),
        ("add me on snapchat sammyx", "add me on snapchat [handle]"),
        ("find me on roblox as sammyx", "find me on roblox as [handle]"),
        ("add sammyx on snap", "add [handle] on snap"),
        ("im its.leila on insta", "im [handle] on insta"),
        ("dm me jay_b if you want", "dm me [handle] if you want"),
        ("mi insta es lucia", "mi insta es [handle]"),
        ("agrégame en insta lucia.g", "agrégame en insta [handle]"),
        ("búscame como lucia en tiktok", "búscame como [handle] en tiktok"),
    ],
)
def test_what_leads_to_somebody_on_the_internet_is_found(text: str, expected: str) -> None:
    assert hidden(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "late every day.it is awful",
        "meet at the park at 4 dot",
        "buses/trains, 24/7, 9-5",
        "insta is bad for us",
        "my insta is private",
        "my snap is not working",
        "mi insta es privado",
        "add me on snap please",
        "im always on insta and on tiktok",
        "people on tiktok say so",
        "ban tiktok in 2026",
        "more free wifi @school @ night",
        "my phone is old",
        "add more bins",
    ],
)
def test_talk_about_apps_stays(text: str) -> None:
    assert hidden(text) == text
