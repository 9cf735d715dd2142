"""The file of a deployment, `deployment.yaml`: read and checked like a dialogue, with what to type instead.

A pilot may go without help lines for everyone, and keep the example's texts: there these are warnings.
"""

import re
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from bot.deployment import Band, Deployment, HelpLine, Site, Text
from bot.phrases import bot_phrases
from dialogues.file import Texts
from dialogues.finding import Finding, Severity, listed, nearest
from dialogues.nodes import Fields, UnreadableError, compose, decode, place
from dialogues.nodes import Path as Place
from dialogues.phrases import LANGUAGES
from dialogues.validation import validated
from nlp.numbers import is_region

MAX_TEXT = 200
"""Characters of a text in the introduction: the message that it stands in has to stay short."""
MAX_NAME = 60
MAX_DAYS = 3660
MAX_ESCALATION = int(timedelta(days=3).total_seconds() // 60)
MAX_AGE = 30
EXAMPLE = re.compile(r"Example Town|example\.org")
"""What stands in the shipped example in the place of a council's own."""

_Days = Annotated[int, Field(ge=1, le=MAX_DAYS)]
_Age = Annotated[int, Field(ge=0, le=MAX_AGE)]


class DeploymentError(Exception):
    """A deployment cannot be used; the message says what is wrong, at which line, and what to type instead."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class HelpLinePart(_Part):
    """A help line; without `languages:`, `ages:` or `sites:` it is for all of them."""

    name: Texts
    number: str
    hours: Texts | None = None
    languages: list[str] | None = None
    ages: list[str] = []
    sites: list[str] = []


class SitePart(_Part):
    """A place where the bot is offered."""

    code: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=32)]
    name: Texts
    hours: Texts | None = None
    rules: Texts | None = None


class KeepPart(_Part):
    """For how many days what is kept."""

    own_words: _Days = Field(alias="own words")
    contacts: _Days
    responses: _Days


class DeploymentPart(_Part):
    """The file as a whole. What the parts mean together is checked by `_Compiler`."""

    deployment: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=40)]
    pilot: bool = False
    council: str
    purpose: Texts
    readers: Texts
    contact: Texts
    languages: Annotated[list[str], Field(min_length=1)]
    region: str
    ages: Annotated[list[_Age], Field(min_length=1, max_length=8)]
    minimum_age: _Age = Field(alias="minimum age")
    below: str = "stop"
    other_way: Texts = Field(alias="other way")
    help_lines: list[HelpLinePart] = Field([], alias="help lines")
    emergency: str
    looked_at: Texts = Field(alias="looked at")
    escalation_minutes: Annotated[int, Field(ge=5, le=MAX_ESCALATION, alias="escalation minutes")]
    keep: KeepPart
    smallest_group: Annotated[int, Field(ge=2, alias="smallest group")] = 5
    smallest_public_group: Annotated[int, Field(ge=2, alias="smallest public group")] = 10
    sites: list[SitePart] = []


def read_deployment(source: bytes) -> tuple[Deployment | None, tuple[Finding, ...]]:
    """Return the deployment of a file, None where an error stands in the way, and what is wrong with it."""
    try:
        root, broken = compose(decode(source))
    except UnreadableError as error:
        return None, (error.finding,)
    if not isinstance(root, Fields):
        message, fix = "This is no deployment.", "Start from the shipped example, bot/deployment.example.yaml."
        return None, tuple(sorted(broken)) or (Finding(1, 1, "not-a-deployment", "error", message, fix),)
    part, findings = validated(DeploymentPart, root)
    if part is None:
        return None, tuple(sorted({*broken, *findings}))
    compiler = _Compiler(root, part)
    deployment = compiler.deployment()
    everything = tuple(sorted({*broken, *findings, *compiler.findings}))
    stands = not any(finding.severity == "error" for finding in everything)
    return deployment if stands else None, everything


class _Compiler:
    """Makes a deployment of a file of the right shape, and collects what does not fit together in it."""

    def __init__(self, root: Fields, part: DeploymentPart) -> None:
        self.root, self.part = root, part
        self.findings: list[Finding] = []

    def add(self, path: Place, code: str, message: str, fix: str, severity: Severity = "error") -> None:
        self.findings.append(Finding(*place(self.root, path), code, severity, message, fix))

    def deployment(self) -> Deployment:
        part = self.part
        self._facts()
        bands = self._bands()
        made = Deployment(
            id=part.deployment,
            council=part.council,
            purpose=self.text(part.purpose, ("purpose",)),
            readers=self.text(part.readers, ("readers",)),
            contact=self.name(part.contact, ("contact",)),
            languages=tuple(part.languages),
            region=part.region,
            minimum_age=part.minimum_age,
            bands=bands,
            guardian=part.below == "guardian",
            other_way=self.text(part.other_way, ("other way",)),
            help_lines=tuple(self._help_line(line, index, bands) for index, line in enumerate(part.help_lines)),
            emergency=part.emergency,
            escalation_minutes=part.escalation_minutes,
            looked_at=self.text(part.looked_at, ("looked at",)),
            raw_text_days=part.keep.own_words,
            contact_days=part.keep.contacts,
            response_days=part.keep.responses,
            smallest_group=part.smallest_group,
            smallest_public_group=part.smallest_public_group,
            sites=tuple(self._site(site, index) for index, site in enumerate(part.sites)),
            pilot=part.pilot,
        )
        self._help_for_everyone(made)
        return made

    # --- texts

    def name(self, written: Texts, path: Place) -> Text:
        """Return a name in every language of the deployment; a plain one is the same in all."""
        plain = dict.fromkeys(self.part.languages, written[""]) if "" in written else written
        return self.text(plain, path, MAX_NAME)

    def text(self, written: Texts | None, path: Place, most: int = MAX_TEXT) -> Text:
        """Return the text in every language of the deployment; a plain one will do where that is one."""
        if written is None:
            return {}
        for language, words in written.items():
            self._length(words, (*path, language) if language else path, most)
            self._own(words, (*path, language) if language else path)
        if "" in written:
            written = {self.part.languages[0]: written[""]}
        missing = [language for language in self.part.languages if language not in written]
        for language in missing:
            message = f"'{path[-1]}' has no text in '{language}', which stands in 'languages'."
            self.add(path, "missing-language", message, f"Add a line '{language}: ...' under it.")
        return {language: written.get(language, "") for language in self.part.languages}

    def _length(self, words: str, path: Place, most: int) -> None:
        if len(words) > most:
            message = f"This text has {len(words)} characters; at most {most}, since people read it on a phone."
            self.add(path, "text-too-long", message, "Shorten it.")

    def _own(self, words: str, path: Place) -> None:
        if match := EXAMPLE.search(words):
            message = f"'{match[0]}' is still the example's."
            self._before_live(path, "example-text", message, "Write your own.")

    def _before_live(self, path: Place, code: str, message: str, fix: str) -> None:
        """Find what a pilot may do without, and nobody else."""
        self.add(path, code, message, fix, "warning" if self.part.pilot else "error")

    # --- facts

    def _facts(self) -> None:
        part = self.part
        self._length(part.council, ("council",), MAX_NAME)
        self._own(part.council, ("council",))
        for language in part.languages:
            if language not in LANGUAGES:
                message = f"The bot has no words of its own in '{language}'."
                self.add(("languages",), "bad-language", message, f"It has: {listed(LANGUAGES)}.")
        if not is_region(part.region):
            message = f"'{part.region}' is no country's two letters."
            self.add(("region",), "bad-region", message, "Write it like: region: AU")
        if part.below not in ("stop", "guardian"):
            message = f"'below' takes stop or guardian, not '{part.below}'."
            self.add(("below",), "bad-choice", message, "Write 'below: stop', or 'below: guardian'.")
        if part.smallest_public_group < part.smallest_group:
            message = "Groups that are shown in public cannot be smaller than those that are shown inside."
            self.add(("smallest public group",), "small-group", message, f"Write {part.smallest_group} or more.")

    def _bands(self) -> tuple[Band, ...]:
        """Return the age groups that begin at the ages given, the one below the first included."""
        ages = self.part.ages
        if ages != sorted(set(ages)):
            message, fix = "Each age group begins at a higher age than the one before.", "Write it like: [13, 16, 18]"
            self.add(("ages",), "ages-order", message, fix)
        starts = sorted({0, *ages})
        if self.part.minimum_age not in starts:
            message = f"Nobody can be asked whether they are {self.part.minimum_age}: no age group begins there."
            self.add(("minimum age",), "ages-minimum", message, f"Add {self.part.minimum_age} to 'ages'.")
        ends = [start - 1 for start in starts[1:]]
        return tuple(self._band(start, end) for start, end in zip(starts, [*ends, None], strict=True))

    def _band(self, youngest: int, oldest: int | None) -> Band:
        labels = {language: bot_phrases(language).band(youngest, oldest) for language in self.part.languages}
        return Band(band_id(youngest, oldest), labels, youngest, oldest)

    def _site(self, part: SitePart, index: int) -> Site:
        path: Place = ("sites", index)
        if any(part.code == earlier.code for earlier in self.part.sites[:index]):
            self.add((*path, "code"), "repeated-code", f"Two sites have the code '{part.code}'.", "Change one.")
        return Site(
            part.code,
            self.name(part.name, (*path, "name")),
            self.text(part.hours, (*path, "hours")),
            self.text(part.rules, (*path, "rules")),
        )

    # --- help lines

    def _help_line(self, part: HelpLinePart, index: int, bands: tuple[Band, ...]) -> HelpLine:
        path: Place = ("help lines", index)
        spoken = part.languages or self.part.languages
        ages = [_plain_band(age) for age in part.ages]
        self._known(spoken, self.part.languages, (*path, "languages"))
        self._known(ages, [band.id for band in bands], (*path, "ages"))
        self._known(part.sites, [site.code for site in self.part.sites], (*path, "sites"))
        if not re.search(r"\d", part.number) and not EXAMPLE.search(part.number):
            message = f"'{part.number}' is no number that can be called or texted."
            self.add((*path, "number"), "no-number", message, 'Write it like: number: "1800 55 1800"')
        self._own(part.number, (*path, "number"))
        name, hours = self.name(part.name, (*path, "name")), self.text(part.hours, (*path, "hours"), MAX_NAME)
        return HelpLine(name, part.number, hours, tuple(spoken), tuple(ages), tuple(part.sites))

    def _known(self, given: Iterable[str], known: list[str], path: Place) -> None:
        for index, name in enumerate(given):
            if name not in known:
                close = nearest(name, known)
                fix = f"Did you mean '{close}'?" if close else f"Known here: {listed(known)}."
                self.add((*path, index), "unknown-name", f"'{name}' is not known here.", fix)

    def _help_for_everyone(self, made: Deployment) -> None:
        """Find the languages and ages that no help line is for."""
        for language in made.languages:
            without = [
                band for band in made.bands if not any(_is_for(line, language, band) for line in made.help_lines)
            ]
            if len(without) == len(made.bands):
                message = f"There is no help line in {LANGUAGES.get(language, language)}."
                self._before_live(("help lines",), "no-help-line", message, "Add one, with name and number.")
                continue
            for band in without:
                message = f"There is no help line in {LANGUAGES.get(language, language)} for the age '{band.id}'."
                fix = f"Add one, or add '{band.id}' to the 'ages' of one that is for them."
                self._before_live(("help lines",), "no-help-line", message, fix)


def _is_for(line: HelpLine, language: str, band: Band) -> bool:
    return language in line.languages and not line.sites and (not line.bands or band.id in line.bands)


def band_id(youngest: int, oldest: int | None) -> str:
    """Return how files and tokens name an age group: under-13, 13-15, 25-plus; all, where there is but one."""
    if youngest == 0:
        return "all" if oldest is None else f"under-{oldest + 1}"
    return f"{youngest}-plus" if oldest is None else f"{youngest}-{oldest}"


def _plain_band(written: str) -> str:
    """Return the id that an author means by "under 13", "13–15" or "25+"."""
    joined = re.sub(r"[\s–]+", "-", written.casefold())
    return re.sub(r"\+$", "-plus", joined)


def load_deployment(path: Path) -> Deployment:
    """Return the deployment of a file. Raises DeploymentError with all that is wrong or missing, line by line."""
    try:
        deployment, findings = read_deployment(path.read_bytes())
    except OSError as error:
        raise DeploymentError(f"{path} cannot be read: {error.strerror}. Check its name and its folder.") from error
    if deployment is None:
        errors = [finding for finding in findings if finding.severity == "error"]
        lines = [f"{path}:{finding.line}  {finding.message} {finding.fix}" for finding in errors]
        raise DeploymentError("The deployment cannot go live like this:\n  " + "\n  ".join(lines))
    return deployment
