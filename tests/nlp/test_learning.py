from dataclasses import replace

import numpy as np

from nlp.codebook import codebook_from
from nlp.coder import MachineCoder, Reply, TaggedReply
from nlp.encoder import HashingEncoder
from nlp.learning import Reviewed, learn
from nlp.reading import read
from nlp.tagging import Tagger

TOWN = codebook_from({"themes": ["Buses", "Parks"]})
TRAM, TREES, NEITHER = frozenset({"Buses"}), frozenset({"Parks"}), frozenset[str]()


def reviewed(texts: dict[str, frozenset[str]], encoder: HashingEncoder) -> list[Reviewed]:
    readings = read(list(texts), encoder)
    return [Reviewed(reading, themes) for reading, themes in zip(readings, texts.values(), strict=True)]


def lessons(count: int) -> dict[str, frozenset[str]]:
    spoken = {"the tram is late": TRAM, "more trees to sit under": TREES, "my cat has a hat": NEITHER}
    return {f"{text} {n}": themes for n in range(count) for text, themes in spoken.items()}


def test_what_people_decided_is_learned(hashing: HashingEncoder) -> None:
    tagger = Tagger(TOWN, "en", hashing)
    fresh = read(["the tram was late today", "trees to sit under", "a cat with a hat"], hashing)
    assert [len(tags) for tags in tagger.tag(fresh)] == [0, 0, 0]
    model = learn(tagger, reviewed(lessons(20), hashing))
    assert [[tag.theme for tag in tags] for tags in tagger.tag(fresh, model=model)] == [["Buses"], ["Parks"], []]


def test_what_could_not_be_given_is_not_learned_to_be_absent(hashing: HashingEncoder) -> None:
    tagger = Tagger(TOWN, "en", hashing)
    told = reviewed({f"the {place} is shut {n}": NEITHER for n in range(40) for place in ("parks", "zoo")}, hashing)
    unasked, absent = (learn(tagger, [replace(one, unasked=own) for one in told]) for own in (TREES, NEITHER))
    (fresh,) = read(["the parks are shut"], hashing)
    assert [tag.theme for tag in tagger.tag([fresh], model=unasked)[0]] == ["Parks"]
    assert tagger.tag([fresh], model=absent) == [()]
    assert unasked.version != absent.version


def test_a_few_reviews_of_no_known_theme_are_learned_from(hashing: HashingEncoder) -> None:
    told = [Reviewed(one.reading, frozenset(), TRAM | TREES) for one in reviewed(lessons(3), hashing)]
    assert np.isfinite(learn(Tagger(TOWN, "en", hashing), told).thresholds).all()


def test_nothing_reviewed_changes_nothing(hashing: HashingEncoder) -> None:
    tagger = Tagger(TOWN, "en", hashing)
    fresh = read(["buses", "the parks", "a hat"], hashing)
    assert np.allclose(tagger.confidences(fresh, model=learn(tagger, [])), tagger.confidences(fresh), atol=1e-3)


def test_the_same_lessons_have_the_same_version_and_others_another(hashing: HashingEncoder) -> None:
    tagger = Tagger(TOWN, "en", hashing)
    once, again, more = (learn(tagger, reviewed(lessons(count), hashing)).version for count in (2, 2, 3))
    assert once == again != more


def test_a_coder_learns_and_says_so_in_its_version(hashing: HashingEncoder) -> None:
    coder = MachineCoder(hashing, language="es")
    model = coder.learn([(Reply(text, text), themes) for text, themes in lessons(20).items()], TOWN)
    (before,) = coder.tag([Reply("1", "the tram is late")], TOWN)
    (after,) = coder.tag([Reply("1", "the tram is late")], TOWN, model=model)
    assert isinstance(before, TaggedReply)
    assert isinstance(after, TaggedReply)
    assert [tag.theme for tag in before.tags] == []
    assert [tag.theme for tag in after.tags] == ["Buses"]
    assert after.model_version == f"{before.model_version}+{model.version}"


def test_a_tag_is_as_sure_as_it_proved_right(hashing: HashingEncoder) -> None:
    tagger = Tagger(TOWN, "en", hashing)
    noisy = {f"the tram is late {n}": TRAM if n % 3 else NEITHER for n in range(25)}
    model = learn(tagger, reviewed(lessons(10) | noisy, hashing))
    ((tag,),) = tagger.tag(read(["the tram is late today"], hashing), model=model)
    right = (16 + 10) / (25 + 10)
    assert abs(tag.confidence - right) < 0.1
