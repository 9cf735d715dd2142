from nlp.coder import Reply
from nlp.redacting import redacted_texts


def test_each_text_comes_back_without_personal_data_in_order() -> None:
    replies = [
        Reply("1", "I told Teresa, call 07700 900123"),
        Reply("2", "Me llamo Ana y odio el bus", "es"),
        Reply("3", ""),
        Reply("4", "me@x.org"),
    ]
    assert [(reply.id, text) for reply, text in redacted_texts(replies)] == [
        ("1", "I told [name], call [phone]"),
        ("2", "Me llamo [name] y odio el bus"),
        ("3", ""),
        ("4", "[email]"),
    ]


def test_a_text_too_long_to_parse_is_redacted_all_the_same() -> None:
    ((_, text),) = redacted_texts([Reply("1", "bus " * 250_001 + "me@x.org")], "es")
    assert text.endswith("bus [email]")
