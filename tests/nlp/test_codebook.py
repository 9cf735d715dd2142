import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.codebook import (
    Codebook,
    CodebookError,
    Theme,
    codebook_from,
    from_json,
    is_catch_all,
    text_in,
    texts_in,
    to_json,
)

BUS = {"id": "getting-around", "name": {"en": "Getting around", "es": "Moverse"}, "keywords": {"en": ["bus"], "es": []}}


def mistakes(data: object) -> dict[tuple[str | int, ...], str]:
    with pytest.raises(CodebookError) as caught:
        codebook_from(data)
    return {mistake.path: mistake.says for mistake in caught.value.mistakes}


def test_names_alone_make_a_codebook_whose_ids_are_the_names_as_written() -> None:
    codebook = codebook_from({"themes": ["Financial Problem", {"name": "Work"}]})
    assert [theme.id for theme in codebook.themes] == ["Financial Problem", "Work"]


def test_an_id_alone_is_read_as_a_name() -> None:
    assert codebook_from({"themes": [{"id": "getting-around"}]}).themes[0].name == "getting around"


def test_texts_may_be_plain_or_by_language() -> None:
    theme = codebook_from({"themes": [BUS]}).theme("getting-around")
    assert text_in(theme.name, "es") == "Moverse"
    assert text_in(theme.name, "fr") == "Getting around"
    assert text_in("plain", "es") == "plain"
    assert texts_in(theme.keywords, "fr") == ("bus",)
    assert texts_in(theme.keywords, "es") == ()


def test_one_keyword_need_not_be_a_list() -> None:
    assert codebook_from({"themes": [{"name": "Bus", "keywords": "bus"}]}).themes[0].keywords == ("bus",)


def test_it_knows_the_languages_of_its_names() -> None:
    assert codebook_from({"themes": [BUS]}).languages == ("en", "es")


def test_the_version_names_the_content_whatever_its_order() -> None:
    one = codebook_from({"codebook": "a", "themes": [{"name": "Work", "definition": "jobs"}]})
    same = codebook_from({"themes": [{"definition": "jobs", "name": "Work"}], "codebook": "a"})
    other = codebook_from({"codebook": "a", "themes": [{"name": "Work", "definition": "a job"}]})
    assert one.version == same.version != other.version
    assert len(one.version) == 16


def test_every_mistake_is_reported_with_its_path() -> None:
    found = mistakes(
        {"themes": [{"name": "Work", "keyword": ["job"]}, {"definition": 3, "name": "School"}, {"name": ["x"]}, 5]}
    )
    assert "Did you mean 'keywords'?" in found["themes", 0, "keyword"]
    assert "is a text" in found["themes", 1, "definition"]
    assert "is a text" in found["themes", 2, "name"]
    assert "`name:`" in found["themes", 3]


def test_keywords_that_are_no_texts_are_reported_where_they_stand() -> None:
    assert (
        "Put quotes" in mistakes({"themes": [{"name": "Work", "keywords": ["job", False]}]})["themes", 0, "keywords", 1]
    )


def test_a_codebook_needs_themes() -> None:
    assert "`themes:` is missing" in mistakes({"codebook": "x"})["themes",]
    assert "at least one theme" in mistakes({"themes": []})["themes",]
    assert "is a list" in mistakes({"themes": "Work"})["themes",]


def test_a_theme_needs_a_name() -> None:
    assert "has no name" in mistakes({"themes": [{"definition": "x"}]})["themes", 0]


@pytest.mark.parametrize("name", [" ", {"en": ""}, {"en": " ", "es": ""}])
def test_a_name_needs_words_in_some_language(name: object) -> None:
    assert "has no name" in mistakes({"themes": [{"id": "buses", "name": name}]})["themes", 0]


def test_a_text_without_words_in_a_language_is_taken_from_the_first_that_has_some() -> None:
    assert text_in({"en": " ", "es": "Autobuses"}, "en") == "Autobuses"
    assert text_in({"en": "", "es": ""}, "en") == ""


def test_two_themes_of_one_id_are_both_reported() -> None:
    assert mistakes({"themes": ["Work", "School", "Work"]}).keys() == {("themes", 0, "id"), ("themes", 2, "id")}


def test_a_parent_must_exist() -> None:
    found = mistakes({"themes": ["Work", {"name": "Pay", "parent": "work"}]})
    assert "Did you mean 'Work'?" in found["themes", 1, "parent"]


def test_a_theme_is_not_its_own_ancestor() -> None:
    found = mistakes(
        {"themes": [{"name": "a", "parent": "b"}, {"name": "b", "parent": "a"}, {"name": "c", "parent": "a"}]}
    )
    assert found.keys() == {("themes", 0, "parent"), ("themes", 1, "parent")}


def test_the_error_says_all_at_once_with_places() -> None:
    with pytest.raises(CodebookError, match=r"themes, no\. 1, keyword: `keyword` is not known here") as caught:
        codebook_from({"themes": [{"name": "Work", "keyword": "job"}, 5]})
    assert "no. 2" in str(caught.value)


_PLAIN = st.none() | st.booleans() | st.integers() | st.text()
_KEYS = st.text() | st.sampled_from(["themes", "name", "id", "keywords", "parent"])


@given(st.recursive(_PLAIN, lambda own: st.lists(own) | st.dictionaries(_KEYS, own)))
def test_any_data_is_a_codebook_or_a_list_of_mistakes(data: object) -> None:
    result: Codebook | CodebookError
    try:
        result = codebook_from(data)
    except CodebookError as error:
        result = error
    if isinstance(result, Codebook):
        assert from_json(to_json(result)) == result
    else:
        assert result.mistakes


def test_a_bare_list_of_themes_is_a_codebook() -> None:
    assert codebook_from(["Work", BUS]) == codebook_from({"themes": ["Work", BUS]})


def test_names_with_their_definitions_are_a_codebook() -> None:
    (work, title) = codebook_from({"Work": "Jobs and pay", "Titles": "What one is called"}).themes
    assert (work.id, work.name, work.definition) == ("Work", "Work", "Jobs and pay")
    assert title.id == "Titles"


@pytest.mark.parametrize("data", [{}, {"title": "Work"}, {"codebook": "x", "title": "Work"}])
def test_a_codebook_without_its_themes_is_not_taken_for_names_with_definitions(data: object) -> None:
    assert mistakes(data) == {("themes",): "`themes:` is missing. Add it."}


@pytest.mark.parametrize(
    "data", ["Other", "None of the above", "n/a", {"id": "none_of_the_above"}, {"name": {"en": "Rest", "es": "Otros"}}]
)
def test_a_catch_all_is_known_by_its_name(data: object) -> None:
    assert is_catch_all(Theme.model_validate(data))


@pytest.mark.parametrize("data", ["Other people", "No reason to stay", "General health", BUS])
def test_a_theme_that_only_begins_so_is_no_catch_all(data: object) -> None:
    assert not is_catch_all(Theme.model_validate(data))


def test_a_theme_can_say_that_it_is_a_catch_all() -> None:
    codebook = codebook_from({"themes": [{"name": "Odds and ends", "catch_all": "true"}, "Work"]})
    assert [is_catch_all(theme) for theme in from_json(to_json(codebook)).themes] == [True, False]
    found = mistakes({"themes": [{"name": "Work", "catch_all": "perhaps"}]})
    assert "true or false" in found["themes", 0, "catch_all"]


def test_what_says_nothing_of_catch_alls_keeps_its_version() -> None:
    assert "catch_all" not in to_json(codebook_from({"themes": ["Work"]}))
