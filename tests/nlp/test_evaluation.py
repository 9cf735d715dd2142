import pytest

from nlp.evaluation import FEWEST_REPLIES, cross_validated, evaluate, fit, given_themes
from tests.nlp.coded import coded, sample, slang


def test_nothing_is_tested_on_what_it_learned_from() -> None:
    # Each reply is its own word, and its theme a matter of chance: only who has seen it can know.
    own = sample(coded(row, f"zq{row * 7919}x", "buses" if row * row % 7 < 3 else "parks") for row in range(40))
    truth = [reply.themes for reply in own.coded]
    cheating = given_themes(own.tagged(range(40), own.learned([*range(40)] * 20)))
    honest = given_themes(cross_validated(own, None, 0))
    assert sum(given == meant for given, meant in zip(cheating, truth, strict=True)) >= 34
    assert sum(given == meant for given, meant in zip(honest, truth, strict=True)) <= 28


def test_every_reply_is_tagged_by_what_the_others_taught() -> None:
    own = sample(slang(53))
    given = given_themes(cross_validated(own, None, 3))
    assert sum(tags == reply.themes for tags, reply in zip(given, own.coded, strict=True)) >= 48


def test_with_nothing_to_learn_from_the_codebook_alone_tags() -> None:
    own = sample([*slang(10), coded(10, "the buses are late", "buses")])
    assert cross_validated(own, 0, 0) == own.tagged(range(11))


def test_learning_shows_in_all_figures() -> None:
    found = evaluate(sample(slang(60)))
    assert found.learned is not None
    assert found.alone.all.micro.value < 0.1
    assert found.learned.all.micro.value > 0.9
    assert found.learned.comparison.machine.alpha is not None
    assert found.learned.comparison.machine.alpha > 0.9
    assert found.learned.model_version != found.alone.model_version
    assert [(point.learned, point.draws) for point in found.curve] == [(0, 1), (5, 5), (10, 5), (48, 5)]
    assert found.curve[0].micro == found.alone.all.micro.value
    assert found.curve[-1].micro > 0.9


def test_catch_alls_are_left_out_beside() -> None:
    replies = [coded(row, "the buses are late", "buses", "Other") for row in range(4)]
    found = evaluate(sample(replies))
    assert found.catch_alls == ("Other",)
    assert found.alone.themes_only is not None
    assert found.alone.themes_only.micro.value == 1
    assert found.alone.all.micro.value == pytest.approx(2 / 3)


@pytest.mark.parametrize("count", [1, FEWEST_REPLIES - 1])
def test_too_few_replies_teach_nothing(count: int) -> None:
    own = sample(slang(count))
    found = evaluate(own)
    assert (found.replies, found.learned, found.curve) == (count, None, ())
    assert fit(own).learned is None


def test_the_same_seed_gives_the_same_figures() -> None:
    own = sample(slang(12))
    assert evaluate(own, 7) == evaluate(own, 7)


def test_the_fit_is_that_of_the_evaluation() -> None:
    own = sample([*slang(30), coded(30, "the buses are late", "parks")])
    found, fitted = evaluate(own), fit(own)
    assert found.learned is not None
    assert (fitted.replies, fitted.alone, fitted.learned) == (
        31,
        found.alone.all.micro.value,
        found.learned.all.micro.value,
    )


def test_it_tells_what_it_is_doing() -> None:
    told: list[str] = []
    evaluate(sample(slang(12)), 0, told.append)
    assert told[0] == "from the codebook alone"
    assert "with 5 coded replies to learn from" in told
