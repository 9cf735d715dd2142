"""The texts that come before the first question, filled in for a deployment, and the names of their wordings."""

import hashlib

from bot.deployment import Deployment, Site, text_in
from bot.visit import Row
from bot.welcome_phrases import WelcomePhrases, welcome_phrases
from dialogues.phrases import LANGUAGES


def opening(deployment: Deployment, language: str, site: Site | None = None) -> str:
    """Return the first message: who asks, that it is a bot, why, and how long it takes."""
    says = welcome_phrases(language)
    hello = says.hello_at.format(site=text_in(site.name, language)) if site else says.hello
    who = says.who.format(council=deployment.council, purpose=text_in(deployment.purpose, language))
    return "\n\n".join([hello, *([says.test_run] if deployment.pilot else []), who, says.how])


def agreement(deployment: Deployment, language: str) -> str:
    """Return the second message: who reads, what is private and where that ends, and whether to take part."""
    says = welcome_phrases(language)
    return f"{says.privacy.format(readers=text_in(deployment.readers, language))}\n\n{says.agree_ask}"


def more(deployment: Deployment, language: str) -> str:
    """Return what else there is to know."""
    return welcome_phrases(language).more_text.format(
        council=deployment.council,
        contact=text_in(deployment.contact, language),
        looked_at=text_in(deployment.looked_at, language),
        emergency=deployment.emergency,
    )


def guardian_ask(deployment: Deployment, language: str) -> str:
    """Return what a parent or carer reads before they agree."""
    return welcome_phrases(language).guardian_ask.format(
        council=deployment.council,
        purpose=text_in(deployment.purpose, language),
        readers=text_in(deployment.readers, language),
        contact=text_in(deployment.contact, language),
    )


def wording(deployment: Deployment) -> str:
    """Return the name of what people agree to, in all languages: another text has another name."""
    return _name([part(deployment, language) for language in deployment.languages for part in (opening, agreement)])


def guardian_wording(deployment: Deployment) -> str:
    """Return the name of what a parent or carer agrees to."""
    return _name([guardian_ask(deployment, language) for language in deployment.languages])


def _name(texts: list[str]) -> str:
    return hashlib.sha256("\n\n".join(texts).encode()).hexdigest()[:16]


# --- buttons


def agreement_rows(deployment: Deployment, language: str, *, with_more: bool = True) -> tuple[Row, ...]:
    """Return the two ways to go on side by side; below them more to read, and the other languages."""
    says, named = welcome_phrases(language), wording(deployment)
    others = tuple((LANGUAGES[code], f"l:{code}") for code in deployment.languages if code not in (language, ""))
    rows: list[Row] = [((says.agree, f"w:agree:yes:{named}"), (says.decline, f"w:agree:no:{named}"))]
    if with_more:
        rows += [((says.more, "w:more::"),), *([others] if others else [])]
    return tuple(rows)


def age_rows(deployment: Deployment, language: str) -> tuple[Row, ...]:
    """Return the age groups, two in a row, and a way to say none."""
    buttons = [(text_in(band.label, language), f"w:age:{band.id}:") for band in deployment.bands]
    rows: list[Row] = [tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]
    return (*rows, ((welcome_phrases(language).age_unsaid, "w:age:unsaid:"),))


def guardian_rows(deployment: Deployment, says: WelcomePhrases) -> tuple[Row, ...]:
    """Return the two ways to go on for a parent or carer, side by side."""
    named = guardian_wording(deployment)
    return (((says.guardian_agree, f"w:adult:yes:{named}"), (says.guardian_decline, f"w:adult:no:{named}")),)
