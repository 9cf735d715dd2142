"""Replies that people have coded, read once by the machine: with their vectors, all measuring is arithmetic."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from nlp.codebook import Codebook
from nlp.coder import MachineCoder, Reply, TaggedReply
from nlp.encoder import Encoder
from nlp.learning import Reviewed, ThemeModel, learn
from nlp.reading import Background, Reading, background_of, reading_of
from nlp.scoring import Bools
from nlp.tagging import Tag, Tagger


@dataclass(frozen=True, slots=True, eq=False)
class CodedReply:
    """A reply and the ids of the themes that each coder gave it, by the coder's name; at least one coder."""

    reply: Reply
    codings: Mapping[str, frozenset[str]]

    @property
    def themes(self) -> frozenset[str]:
        """What its coders together say: the themes that at least half of them gave."""
        given = [theme for themes in self.codings.values() for theme in themes]
        return frozenset(theme for theme in given if 2 * given.count(theme) >= len(self.codings))


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """Coded replies with their readings, the taggers of their languages, and what they all have in common."""

    coded: Sequence[CodedReply]
    readings: Sequence[Reading]
    language: str
    taggers: Mapping[str, Tagger]
    background: Background
    unread: int

    @property
    def themes(self) -> list[str]:
        """The ids of the codebook's themes, in its order: the columns of every array."""
        return [theme.id for theme in self.taggers[self.language].codebook.themes]

    @property
    def truth(self) -> Bools:
        """Which reply has which theme, as people coded it; shape (replies, themes)."""
        return bools([reply.themes for reply in self.coded], self.themes)

    def learned(self, rows: Iterable[int]) -> ThemeModel:
        """Return what these replies' codings teach."""
        reviewed = [Reviewed(self.readings[row], self.coded[row].themes) for row in rows]
        return learn(self.taggers[self.language], reviewed, self.background)

    def tagged(self, rows: Sequence[int], model: ThemeModel | None = None) -> list[tuple[Tag, ...]]:
        """Return the machine's tags of these replies."""
        tags: list[tuple[Tag, ...]] = [()] * len(rows)
        for language, tagger in self.taggers.items():
            places = [place for place, row in enumerate(rows) if self._language_of(row) == language]
            readings = [self.readings[rows[place]] for place in places]
            for place, own in zip(places, tagger.tag(readings, self.background, model), strict=True):
                tags[place] = own
        return tags

    def _language_of(self, row: int) -> str:
        return self.coded[row].reply.language or self.language


def read_sample(
    coded: Sequence[CodedReply],
    codebook: Codebook,
    encoder: Encoder,
    language: str,
    progress: Callable[[int], None] = lambda done: None,
) -> Sample:
    """Return the coded replies, redacted and encoded; `language` is theirs where they do not say it.

    `progress` is told how many are read. Those that cannot be are left out, and counted as `unread`.
    """
    read = list(_read(coded, codebook, MachineCoder(encoder, language), progress))
    languages = dict.fromkeys([language, *(own.reply.language or language for own, _ in read)])
    vectors = [reading.vector for _, reading in read]
    return Sample(
        coded=[own for own, _ in read],
        readings=[reading for _, reading in read],
        language=language,
        taggers={language: Tagger(codebook, language, encoder) for language in languages},
        background=background_of(np.stack(vectors) if read else np.zeros((0, encoder.dimensions), dtype=np.float32)),
        unread=len(coded) - len(read),
    )


def _read(
    coded: Sequence[CodedReply], codebook: Codebook, machine: MachineCoder, progress: Callable[[int], None]
) -> Iterator[tuple[CodedReply, Reading]]:
    outcomes = machine.tag((own.reply for own in coded), codebook)
    for done, (own, outcome) in enumerate(zip(coded, outcomes, strict=True), 1):
        progress(done)
        if isinstance(outcome, TaggedReply):
            yield own, reading_of(outcome.redacted, outcome.vectors)


def bools(codings: Sequence[Iterable[str]], themes: Sequence[str]) -> Bools:
    """Return which coding holds which theme, shape (codings, themes)."""
    columns = {theme: column for column, theme in enumerate(themes)}
    found = np.zeros((len(codings), len(themes)), dtype=np.bool_)
    for row, own in enumerate(codings):
        for theme in own:
            found[row, columns[theme]] = True
    return found
