"""How a text's wording is counted."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from nlp.wording import BUCKETS, Wording, buckets


@given(st.text())
def test_buckets_are_sorted_each_once_and_in_range(text: str) -> None:
    found = buckets(text)
    assert list(found) == sorted(set(found))
    assert all(0 <= place < BUCKETS for place in found)


def test_capitals_accents_and_apostrophes_make_no_difference() -> None:
    assert list(buckets("DON’T digáis Nada")) == list(buckets("dont digais nada"))


def test_the_order_of_words_and_a_slip_make_a_small_difference() -> None:
    said = set(buckets("he hits me at home"))
    assert said != set(buckets("home at me hits he"))
    assert len(said & set(buckets("he hitts me at home"))) > len(said) / 2


def test_what_was_seen_in_disclosures_speaks_for_it_and_length_does_not() -> None:
    votes = np.zeros(BUCKETS, dtype=np.float32)
    votes[buckets("hits me")] = 1
    wording = Wording(np.ones(BUCKETS, dtype=np.float32), votes)
    assert wording.score("hits me") > wording.score("hits me more buses please") > wording.score("trams") >= 0
    assert wording.score("") == wording.score("?!") == 0
