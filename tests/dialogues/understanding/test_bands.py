import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogues.understanding.bands import Band, band_of, band_reading, bands_of
from dialogues.understanding.reading import Between, Clear, Reading, Unclear

AGE = ("Under 12", "12 to 14", "15-17", "18+")


@pytest.mark.parametrize(
    ("label", "low", "high"),
    [
        ("12 to 14", 12, 14),
        ("15-17", 15, 17),
        ("15–17 years", 15, 17),
        ("Under 12", -math.inf, 12),
        ("12 or under", -math.inf, 12),
        ("18+", 18, math.inf),
        ("25 or over", 25, math.inf),
        ("£5 to £10", 5, 10),
        ("More than an hour", 60, math.inf),
        ("30 minutes to an hour", 30, 60),
        ("1 day", 1, 1),
        ("3-4 times a week", 3, 4),
        ("Year 8", 8, 8),
        ("Less than 10 minutes", -math.inf, 10),
    ],
)
def test_a_label_is_a_band(label: str, low: float, high: float) -> None:
    band = band_of(label, "en")
    assert band
    assert (band.low, band.high) == (low, high)


@pytest.mark.parametrize("label", ["Bus", "Route 2", "Every day", "not 12", "1, 2 or 3", ""])
def test_another_label_is_none(label: str) -> None:
    assert band_of(label, "en") is None


def test_spanish_labels_are_bands() -> None:
    bands = bands_of(("Menos de 12", "12 a 14", "15-17 años", "18 o más"), "es")
    assert [band and (band.low, band.high) for band in bands] == [(-math.inf, 12), (12, 14), (15, 17), (18, math.inf)]


def test_one_number_among_names_makes_no_bands() -> None:
    assert not any(bands_of(("Bus", "Tram", "5"), "en"))


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("16", Clear(2)),
        ("sixteen", Clear(2)),
        ("11", Clear(0)),
        ("12", Clear(1)),
        ("over 18", Clear(3)),
        ("16 or 17", Clear(2)),
        ("14 or 15", Between((1, 2))),
        ("14.5", Between((1, 2))),
        ("nearly 18", Between((2, 3))),
        ("2", Between((0, 1))),
        ("16?", Between((2,))),
        ("bus", None),
    ],
)
def test_a_number_means_its_band(text: str, reading: Reading[int] | None) -> None:
    assert band_reading(text, bands_of(AGE, "en"), "en") == reading


def test_a_number_in_no_band_is_asked_as_a_place_or_not_understood() -> None:
    bands = bands_of(("12 to 14", "15-17", "Other"), "en")
    assert band_reading("2", bands, "en") == Between((1,))
    assert band_reading("11", bands, "en") == Unclear()


def test_bands_of_hours_and_minutes_are_compared() -> None:
    bands = bands_of(("Under 10 minutes", "10 to 59 minutes", "An hour or more"), "en")
    assert band_reading("half an hour", bands, "en") == Clear(1)
    assert band_reading("2 hours", bands, "en") == Clear(2)
    assert band_reading("20 min", bands, "en") == Clear(1)


bounds = st.integers(-20, 20)


@given(bounds, bounds, bounds, bounds, st.booleans(), st.booleans())
def test_what_holds_a_band_meets_it(low: int, high: int, own: int, other: int, low_open: bool, high_open: bool) -> None:
    wide = Band(min(low, high) - 1, max(low, high) + 1, low_open, high_open)
    narrow = Band(min(own, other), max(own, other))
    assert not wide.holds(narrow) or wide.meets(narrow)
    assert wide.meets(narrow) == narrow.meets(wide)
