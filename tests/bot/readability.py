"""How hard a text is to read, by the published formulas; syllables are counted by groups of vowels."""

import re

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SPANISH = re.compile(r"[aeo]?[iuü][aeoáéó]|[aeoáéó][iuü]|[aeiouáéíóúü]", re.IGNORECASE)


def sentences(text: str) -> list[str]:
    """Return the sentences; a line of a list is one."""
    return [part for part in re.split(r"[.!?]+\s|\n+", f"{text}\n") if _WORD.search(part)]


def english_syllables(word: str) -> int:
    """Return the syllables of an English word: groups of vowels, a silent e left out."""
    lower = re.sub(r"['’].*", "", word.casefold())
    silent = 1 if re.search(r"[^aeiouyl]e$|[^aeiouytd]ed$|[^aeiouysxz]es$", lower) else 0
    return max(1, len(re.findall(r"[aeiouy]+", lower)) - silent)


def flesch_kincaid_grade(text: str) -> float:
    """Return the American school grade that reads an English text (Kincaid, Fishburne, Rogers and Chissom 1975)."""
    words = _WORD.findall(text)
    syllables = sum(english_syllables(word) for word in words)
    return 0.39 * len(words) / len(sentences(text)) + 11.8 * syllables / len(words) - 15.59


def fernandez_huerta(text: str) -> float:
    """Return the ease of a Spanish text, 0 to 100: above 80 easy (Fernández Huerta 1959, the sentence term as words a
    sentence, as Law corrected it in 2011).
    """
    words = _WORD.findall(text)
    syllables = sum(max(1, len(_SPANISH.findall(word))) for word in words)
    return 206.84 - 60 * syllables / len(words) - 1.02 * len(words) / len(sentences(text))
