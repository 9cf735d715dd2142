"""The way to the first question: what young people learn, whether they agree, how old they are, who agrees for them.

Where somebody stands in it is what is stored of them: the wording shown, the wordings agreed to, the age group. Who
does not take part is forgotten at once. The bot cannot know who taps: neither an age nor a parent is checked.
"""

from typing import Literal, TypeAlias

from bot import introduction
from bot.deployment import UNSAID, Band, text_in
from bot.tokens import WelcomeButton
from bot.visit import Visit
from bot.welcome_phrases import WelcomePhrases, welcome_phrases
from dialogues.script import PARTICIPATION
from dialogues.understanding.assent import understand_yes_no
from dialogues.understanding.options import understand_option
from dialogues.understanding.quantity import understand_number
from dialogues.understanding.reading import Clear, Refusal
from storage import alerts, conversations, outbox, respondents

Step: TypeAlias = Literal["agree", "age", "adult"]
"""What comes next: agreeing to take part, the age group, or a parent's or carer's yes."""
GUARDIAN = "guardian"
"""The key of a parent's or carer's consent."""
OLDEST = 120
"""Years; a larger number is no age, but perhaps a year of birth."""


def due(visit: Visit) -> Step | None:
    """Return what the visitor has still to do before the first question, None for nothing."""
    deployment, tx, person = visit.house.deployment, visit.tx, visit.respondent
    if conversations.agreed_wording(tx, person.id, PARTICIPATION) != introduction.wording(deployment):
        return "agree"
    band = deployment.bands[0] if len(deployment.bands) == 1 else deployment.band(person.band)
    if band is None:
        return "age"
    if deployment.may_take_part(band):
        return None
    agreed = conversations.agreed_wording(tx, person.id, GUARDIAN) == introduction.guardian_wording(deployment)
    return None if deployment.guardian and agreed else "adult" if deployment.guardian else "age"


def ask(visit: Visit, step: Step) -> None:
    """Send what belongs to that step."""
    match step:
        case "agree":
            _introduce(visit)
        case "age":
            visit.send(_says(visit).age_ask, *introduction.age_rows(visit.house.deployment, visit.language))
        case "adult":
            _ask_guardian(visit)


def take_words(visit: Visit, step: Step, text: str) -> bool:
    """Take words typed in the place of a tap; return whether nothing is left to do."""
    if step == "agree":
        return _take_agreement(visit, text)
    if step == "age":
        return _take_age(visit, text)
    if understand_yes_no(text, visit.language) == Clear(False):
        _stop(visit, _says(visit).guardian_declined)
    else:  # a yes has to be tapped: the young person holds the keyboard
        _send_guardian_ask(visit)
    return False


def tapped(visit: Visit, button: WelcomeButton) -> bool:
    """Take a tap; return whether nothing is left to do. A button of another step or wording changes nothing."""
    step = due(visit)
    if button.kind == "more":
        rows = introduction.agreement_rows(visit.house.deployment, visit.language, with_more=False)
        visit.send(introduction.more(visit.house.deployment, visit.language), *(rows if step == "agree" else ()))
    elif button.kind != step or button.wording != _wording(visit, step):
        visit.notice = visit.words.stale
        _drop_stranger(visit)
    elif step == "agree":
        return _agree(visit) if button.value == "yes" else _decline(visit)
    elif step == "age":
        return _note_age(visit, button.value)
    else:
        return _guard(visit, agreed=button.value == "yes")
    return False


def break_off(visit: Visit, step: Step, command: str) -> bool:
    """Take a command that is about a question: /stop declines, /skip leaves the age unsaid, others ask again."""
    if command == "stop":
        _decline(visit) if step == "agree" else _stop(visit, _says(visit).declined)
    elif command == "skip" and step == "age":
        return _note_age(visit, UNSAID)
    else:
        ask(visit, step)
    return False


# --- agreeing


def _introduce(visit: Visit) -> None:
    deployment, person, language = visit.house.deployment, visit.respondent, visit.language
    if conversations.agreed_wording(visit.tx, person.id, PARTICIPATION) is not None:
        visit.send(_says(visit).agreed_before)
    visit.send(introduction.opening(deployment, language, deployment.site(person.site)))
    rows = introduction.agreement_rows(deployment, language)
    visit.send(introduction.agreement(deployment, language), *rows)
    respondents.set_introduced(visit.tx, person.id, introduction.wording(deployment))
    visit.refresh()


def _take_agreement(visit: Visit, text: str) -> bool:
    """Take a typed yes or no; before anything was shown, none counts."""
    says, deployment = _says(visit), visit.house.deployment
    if visit.respondent.introduced != introduction.wording(deployment):
        _introduce(visit)
        return False
    chosen = understand_option(text, [says.agree, says.decline, says.more], visit.language)
    reading = understand_yes_no(text, visit.language)
    if chosen == Clear(2):
        return tapped(visit, WelcomeButton("more", "", ""))
    if Clear(0) == chosen or reading == Clear(True):
        return _agree(visit)
    if Clear(1) == chosen or reading == Clear(False) or isinstance(reading, Refusal):
        return _decline(visit)
    visit.send(says.agree_again, *introduction.agreement_rows(deployment, visit.language))
    return False


def _agree(visit: Visit) -> bool:
    deployment, says = visit.house.deployment, _says(visit)
    named = introduction.wording(deployment)
    conversations.agree(visit.tx, visit.respondent.id, PARTICIPATION, visit.now, named)
    _settle(visit, introduction.agreement(deployment, visit.language), says.agree)
    return _go_on(visit)


def _decline(visit: Visit) -> bool:
    """Say goodbye; who took part before keeps what they said until they delete it."""
    if conversations.agreed_wording(visit.tx, visit.respondent.id, PARTICIPATION) is not None:
        visit.replace(_says(visit).declined_later)
    else:
        _stop(visit, _says(visit).declined)
    return False


# --- age


def _take_age(visit: Visit, text: str) -> bool:
    deployment, says = visit.house.deployment, _says(visit)
    labels = [text_in(band.label, visit.language) for band in deployment.bands]
    reading = understand_option(text, [*labels, says.age_unsaid], visit.language)
    number = understand_number(text, visit.language)
    no_age = isinstance(number, Clear) and not 0 < number.value <= OLDEST
    if isinstance(number, Refusal):
        return _note_age(visit, UNSAID)
    if isinstance(reading, Clear) and not no_age:
        bands = [*(band.id for band in deployment.bands), UNSAID]
        return _note_age(visit, bands[reading.value])
    visit.send(says.age_again, *introduction.age_rows(deployment, visit.language))
    return False


def _note_age(visit: Visit, band_id: str) -> bool:
    """Store the age group, unless it is one that does not take part: of those nothing stays."""
    deployment, says = visit.house.deployment, _says(visit)
    band = deployment.band(band_id)
    if band is None:
        visit.notice = visit.words.stale
        return False
    if not deployment.may_take_part(band) and not deployment.guardian:
        too_young = says.too_young_unsaid if band_id == UNSAID else says.too_young
        _stop(visit, too_young.format(age=deployment.minimum_age))
        return False
    respondents.set_band(visit.tx, visit.respondent.id, band_id)
    _settle(visit, says.age_ask, _label(visit, band_id, band))
    return _go_on(visit)


def _label(visit: Visit, band_id: str, band: Band) -> str:
    return _says(visit).age_unsaid if band_id == UNSAID else text_in(band.label, visit.language)


# --- a parent or carer


def _ask_guardian(visit: Visit) -> None:
    says, unsaid = _says(visit), visit.respondent.band == UNSAID
    child = says.guardian_child_unsaid if unsaid else says.guardian_child
    visit.send(child.format(age=visit.house.deployment.minimum_age))
    _send_guardian_ask(visit)


def _send_guardian_ask(visit: Visit) -> None:
    deployment = visit.house.deployment
    rows = introduction.guardian_rows(deployment, _says(visit))
    visit.send(introduction.guardian_ask(deployment, visit.language), *rows)


def _guard(visit: Visit, *, agreed: bool) -> bool:
    deployment, says = visit.house.deployment, _says(visit)
    if not agreed:
        _stop(visit, says.guardian_declined)
        return False
    named = introduction.guardian_wording(deployment)
    conversations.agree(visit.tx, visit.respondent.id, GUARDIAN, visit.now, named)
    _settle(visit, introduction.guardian_ask(deployment, visit.language), says.guardian_agree)
    return _go_on(visit)


# --- going on, and stopping


def _go_on(visit: Visit) -> bool:
    """Ask what comes next; return whether there is nothing."""
    visit.refresh()
    visit.tapped = None
    step = due(visit)
    if step is not None:
        ask(visit, step)
    return step is None


def _stop(visit: Visit, text: str) -> None:
    """Say goodbye with another way to take part, and forget who it was.

    A member keeps their role; and while a message that sounded serious waits for an adult, it stays.
    """
    says, person, tx = _says(visit), visit.respondent, visit.tx
    other_way = text_in(visit.house.deployment.other_way, visit.language)
    if _drop_stranger(visit):
        visit.notice = visit.words.stale
    elif person.role is not None:
        visit.replace(f"{text}\n\n{other_way}")
    elif alerts.open_of(tx, person.id) is not None:
        visit.replace(f"{text} {says.kept_alert}\n\n{other_way}")
    else:
        respondents.forget(tx, person.id)
        said = f"{text} {says.kept_nothing}\n\n{other_way}"
        outbox.say_goodbye(tx, person.channel, person.address, visit.house.new_id(), said, visit.now)


def _drop_stranger(visit: Visit) -> bool:
    """Forget a visitor who came by an old button only: they were forgotten before. Return whether it was one."""
    by_tap_only = visit.tapped is not None and respondents.joined_at(visit.tx, visit.respondent.id) == visit.now
    return by_tap_only and respondents.forget(visit.tx, visit.respondent.id, wipe=False)


def _settle(visit: Visit, text: str, label: str) -> None:
    """Show what was tapped in the place of its buttons; typed words show themselves."""
    if visit.tapped is not None:
        visit.replace(_says(visit).chosen.format(text=text, label=label))


def _wording(visit: Visit, step: Step | None) -> str:
    deployment = visit.house.deployment
    return {
        "agree": introduction.wording(deployment),
        "adult": introduction.guardian_wording(deployment),
    }.get(step or "", "")


def _says(visit: Visit) -> WelcomePhrases:
    return welcome_phrases(visit.language)
