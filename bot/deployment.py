"""A deployment: which council asks, whom, who helps and for how long what is kept. Read by `deployment_file`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

Text: TypeAlias = Mapping[str, str]
"""Language -> text, in every language of the deployment."""
UNSAID = "unsaid"
"""The band of who would rather not say their age: the rules of the youngest band hold for them."""


@dataclass(frozen=True, slots=True)
class Band:
    """An age group, `youngest` to `oldest` years, both included; None where it has no end."""

    id: str
    label: Text
    youngest: int
    oldest: int | None


@dataclass(frozen=True, slots=True)
class HelpLine:
    """Whom a young person can turn to. Without bands it is for every age, without sites for everywhere."""

    name: Text
    number: str
    hours: Text
    languages: tuple[str, ...]
    bands: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()

    def shown(self, language: str) -> str:
        """Return the line as a young person reads it: "Kids Helpline: 1800 55 1800 (day and night)"."""
        hours = text_in(self.hours, language)
        return f"{text_in(self.name, language)}: {self.number}" + (f" ({hours})" if hours else "")


@dataclass(frozen=True, slots=True)
class Site:
    """A place where the bot is offered; its code stands in the link on the poster there."""

    code: str
    name: Text
    hours: Text
    rules: Text


@dataclass(frozen=True, slots=True)
class Deployment:
    """What holds for everyone who writes to this bot. Ages are in years; `bands` run from the youngest on.

    Below `minimum_age` nobody takes part, unless `guardian` lets a parent or carer agree. `looked_at` says when a
    person looks at messages that sounded serious. `raw_text_days` are counted from when the words were given,
    `contact_days` from when the person last wrote, `response_days` from when their conversation last went on. Groups
    smaller than `smallest_group` (inside) or `smallest_public_group` are not reported. A `pilot` is a test run: nothing
    that is said in it counts.
    """

    id: str
    council: str
    purpose: Text
    readers: Text
    contact: Text
    languages: tuple[str, ...]
    region: str
    minimum_age: int
    bands: tuple[Band, ...]
    guardian: bool
    other_way: Text
    help_lines: tuple[HelpLine, ...]
    emergency: str
    escalation_minutes: int
    looked_at: Text
    raw_text_days: int
    contact_days: int
    response_days: int
    smallest_group: int = 5
    smallest_public_group: int = 10
    sites: tuple[Site, ...] = ()
    pilot: bool = False

    def smallest_groups(self, *, public: bool) -> tuple[int, ...]:
        """Return the limits that figures keep, in people: in public both, since a member may see the others too."""
        return (self.smallest_group, self.smallest_public_group) if public else (self.smallest_group,)

    def band(self, band_id: str | None) -> Band | None:
        """Return the band of that id, the youngest for who would rather not say; None for any other."""
        if band_id == UNSAID and self.bands:
            return self.bands[0]
        return next((band for band in self.bands if band.id == band_id), None)

    def site(self, code: str | None) -> Site | None:
        """Return the site of that code, None where there is none."""
        return next((site for site in self.sites if site.code == code), None)

    def may_take_part(self, band: Band) -> bool:
        """Return whether people of that band take part without a parent or carer."""
        return band.youngest >= self.minimum_age

    def help_lines_for(self, language: str, band: str | None, site: str | None) -> tuple[HelpLine, ...]:
        """Return the help lines in that language for that age and place; the youngest where the age is not known.

        Where no line fits, those in the language, and else all: somebody who needs help never gets none.
        """
        own = self.band(band) or self.band(UNSAID)
        spoken = tuple(line for line in self.help_lines if language in line.languages)
        fitting = tuple(
            line
            for line in spoken
            if (not line.bands or own is None or own.id in line.bands) and (not line.sites or site in line.sites)
        )
        return fitting or spoken or self.help_lines


def text_in(text: Text, language: str) -> str:
    """Return the text in that language, else in the first one it has; empty where there is none."""
    return text.get(language) or next(iter(text.values()), "")
