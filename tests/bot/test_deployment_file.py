"""What a deployment file may say, and what is said of one that cannot go live."""

import re
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.deployment_file import DeploymentError, load_deployment, read_deployment
from bot.library import shipped_deployment
from tests.bot.town import DEPLOYMENT_FILE, deployment_from

MAY_BE_MISSING = ("deployment", "help lines", "sites")
EXAMPLE = (resources.files("bot") / "deployment.example.yaml").read_text(encoding="utf-8")


def findings(old: str = "", new: str = "", source: str = DEPLOYMENT_FILE) -> list[tuple[int, str, str, str]]:
    """Return line, severity, code and message of what is found once `old` is replaced."""
    assert old in source
    found = read_deployment(source.replace(old, new).encode())[1]
    assert all(finding.fix for finding in found)
    return [(one.line, one.severity, one.code, one.message) for one in found]


def line_of(text: str, source: str = DEPLOYMENT_FILE) -> int:
    return source[: source.index(text)].count("\n") + 1


def test_a_filled_in_file_has_nothing_to_mend() -> None:
    assert findings() == []


def test_the_example_is_a_pilot_that_only_lacks_a_councils_own_texts() -> None:
    assert shipped_deployment().pilot
    assert {(severity, code) for _, severity, code, _ in findings(source=EXAMPLE)} == {("warning", "example-text")}


def test_the_example_does_not_go_live_until_it_is_filled_in() -> None:
    found = findings("pilot: yes", "pilot: no", EXAMPLE)
    assert {severity for _, severity, _, _ in found} == {"error"}
    assert (
        line_of("council: Example", EXAMPLE),
        "error",
        "example-text",
        "'Example Town' is still the example's.",
    ) in found
    assert line_of("contact: youth@example", EXAMPLE) in {line for line, *_ in found}


@pytest.mark.parametrize(
    "name",
    [name for name in re.findall(r"^([a-z][a-z ]+):", DEPLOYMENT_FILE, re.MULTILINE) if name not in MAY_BE_MISSING],
)
def test_what_is_missing_is_named(name: str) -> None:
    lines = [line for line in DEPLOYMENT_FILE.splitlines() if not line.startswith(f"{name}:")]
    (finding,) = read_deployment("\n".join(lines).encode())[1]
    assert (finding.code, finding.message) == ("missing-key", f"'{name}:' is missing.")


@pytest.mark.parametrize(
    ("old", "new", "code", "says"),
    [
        ("region: AU", "region: UK", "bad-region", "'UK' is no country's two letters."),
        ("languages: [en, es]", "languages: [en, fr]", "bad-language", "The bot has no words of its own in 'fr'."),
        (", es: Está haciendo un plan para la gente joven.", "", "missing-language", "'purpose' has no text in 'es'"),
        ("ages: [13, 16, 18, 25]", "ages: [13, 18, 16]", "ages-order", "begins at a higher age"),
        ("minimum age: 13", "minimum age: 12", "ages-minimum", "no age group begins there"),
        ("minimum age: 13", "minimum age: thirteen", "not-a-number", "takes a whole number"),
        ("minimum age: 13", "minimum age: 13\nbelow: ask", "bad-choice", "takes stop or guardian, not 'ask'"),
        ("number: 1800 55 1800", "number: ask at school", "no-number", "no number that can be called"),
        ("number: 1800 55 1800", "number: 1\n    ages: [13-16]", "unknown-name", "'13-16' is not known here."),
        ("number: 1800 55 1800", "number: 1\n    sites: [nroth]", "unknown-name", "'nroth' is not known here."),
        ("code: north", "code: North Library", "bad-name", "cannot be a name"),
        ("council: Yarra", "council: " + "x" * 61, "text-too-long", "has 61 characters; at most 60"),
        ("They are making a plan for young people.", "x" * 201, "text-too-long", "has 201 characters; at most 200"),
        ("council: Yarra", "council: Example Town", "example-text", "'Example Town' is still the example's."),
        ("region: AU", "region: AU\nsmallest public group: 4", "small-group", "cannot be smaller"),
        ("region: AU", "regin: AU", "unknown-key", "'regin' is not known here."),
    ],
)  # fmt: skip
def test_each_mistake_is_found_at_its_line(old: str, new: str, code: str, says: str) -> None:
    found = [(line, message) for line, severity, kind, message in findings(old, new) if kind == code]
    assert len(found) == 1
    assert says in found[0][1]
    source = DEPLOYMENT_FILE.replace(old, new)
    assert abs(found[0][0] - line_of(new.splitlines()[-1] if new else "purpose", source)) <= 1


def test_two_sites_do_not_share_a_code() -> None:
    twice = "  - {code: north, name: {en: A, es: B}}\n"
    assert [code for _, _, code, _ in findings("sites:\n", f"sites:\n{twice}")] == ["repeated-code"]


HELP = "  - name: Kids Helpline\n    number: 1800 55 1800\n"


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ("", ["There is no help line in English.", "There is no help line in Español."]),
        (HELP + "    languages: [en]\n", ["There is no help line in Español."]),
        (HELP + "    ages: [under 13, 13–15, 16-17, 18-24]\n", 2 * ["25-plus"]),
        (HELP + "    sites: [north]\n", ["There is no help line in English.", "There is no help line in Español."]),
    ],
    ids=["none", "one language", "not for every age", "at one place only"],
)
def test_every_language_and_age_needs_a_help_line_before_going_live(lines: str, says: list[str]) -> None:
    live = findings("help lines:\n" + HELP, f"help lines:\n{lines}" if lines else "help lines: []\n")
    assert [(severity, code) for _, severity, code, _ in live] == [("error", "no-help-line")] * len(says)
    assert all(part in message for part, (_, _, _, message) in zip(says, sorted(live), strict=True))
    pilot = DEPLOYMENT_FILE.replace(
        "help lines:\n" + HELP, f"pilot: yes\nhelp lines:\n{lines}" if lines else "pilot: yes\n"
    )
    assert {severity for _, severity, _, _ in findings(source=pilot)} == {"warning"}


def test_age_groups_begin_where_the_file_says_and_leave_nobody_out() -> None:
    bands = deployment_from(DEPLOYMENT_FILE).bands
    assert [(band.id, band.label["en"], band.label["es"], band.youngest, band.oldest) for band in bands] == [
        ("under-13", "Under 13", "Menos de 13", 0, 12),
        ("13-15", "13–15", "13–15", 13, 15),
        ("16-17", "16–17", "16–17", 16, 17),
        ("18-24", "18–24", "18–24", 18, 24),
        ("25-plus", "25 or over", "25 o más", 25, None),
    ]


@pytest.mark.parametrize("written", ["under 13", "Under 13", "under-13"])
def test_ages_are_written_as_people_write_them(written: str) -> None:
    made = deployment_from(
        DEPLOYMENT_FILE.replace(
            "number: 1800 55 1800", f"number: 1 2\n    ages: [{written}, 25+]\n  - name: B\n    number: 3"
        )
    )
    assert made.help_lines[0].bands == ("under-13", "25-plus")


def test_help_lines_are_those_of_the_language_the_age_and_the_place() -> None:
    made = deployment_from(
        DEPLOYMENT_FILE.replace(
            HELP,
            "  - {name: Young, number: 1, ages: [under 13, 13-15], languages: [en]}\n"
            "  - {name: Grown, number: 2, ages: [16-17, 18-24, 25+], languages: [en]}\n"
            "  - {name: Español, number: 3, languages: [es]}\n"
            "  - {name: Here, number: 4, languages: [en], sites: [north]}\n",
        )
    )  # fmt: skip

    def names(language: str, band: str | None, site: str | None = None) -> list[str]:
        return [line.name["en"] for line in made.help_lines_for(language, band, site)]

    assert names("en", "13-15") == ["Young"]
    assert names("en", "25-plus", "north") == ["Grown", "Here"]
    assert names("es", "13-15", "north") == ["Español"]
    assert names("en", None) == names("en", "unsaid") == names("en", "gone-since") == ["Young"]
    assert names("fr", "13-15") == ["Young", "Grown", "Español", "Here"]  # better any than none


def test_a_file_that_cannot_go_live_is_refused_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "deployment.yaml"
    path.write_text(DEPLOYMENT_FILE.replace("region: AU", "region: UK").replace("minimum age: 13", "minimum age: 12"))
    with pytest.raises(DeploymentError) as raised:
        load_deployment(path)
    assert f"{path}:{line_of('region')}  'UK' is no country's two letters. Write it like: region: AU" in str(
        raised.value
    )
    assert f"{path}:{line_of('minimum age')}  Nobody can be asked" in str(raised.value)
    with pytest.raises(DeploymentError, match="cannot be read: No such file"):
        load_deployment(tmp_path / "none.yaml")


@given(st.binary(max_size=200))
@settings(max_examples=100, deadline=None)
def test_any_bytes_give_a_deployment_or_words(source: bytes) -> None:
    for mutilated in (source, DEPLOYMENT_FILE.encode()[: len(source)] + source):
        deployment, found = read_deployment(mutilated)
        assert deployment is not None or found
        assert all(finding.line >= 1 and finding.message and finding.fix for finding in found)
