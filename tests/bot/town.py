"""A town in a database: people who chat with the desk in process, and see what its outbox holds.

Every message is held to Telegram's limits on its way to a person's screen.
"""

import hashlib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

from bot import desk, introduction
from bot.checking import read_codebook
from bot.deployment import Deployment
from bot.deployment_file import read_deployment
from bot.incoming import Channel, Command, Delivery, EditedWords, Incoming, Media, Sender, Tap, Words
from bot.invitations import invite
from bot.visit import House
from dialogues.reading import read
from dialogues.script import PARTICIPATION, Script, ScriptHash
from nlp.codebook import to_json
from nlp.screening import screen
from storage import codebooks, conversations, outbox, respondents, rows, scripts, tagging
from storage.database import Transaction
from storage.disguises import disguises
from storage.outbox import Waiting
from storage.respondents import Role
from storage.rows import Row
from storage.tagging import MachineTag, Tagged, Tagger

MOST_UNITS = 4096
MOST_TOKEN_BYTES = 64

BUSES = """
dialogue: buses
title: {en: Buses, es: Buses}
about: {en: How you travel, es: Cómo viajas}
minutes: 2
languages: [en, es]
steps:
  - consent: {en: Take part?, es: ¿Participas?}
    agree: {en: "I'm in", es: Participo}
    decline: {en: No thanks, es: "No, gracias"}
    declined: {en: No problem., es: No pasa nada.}
  - choose: {en: How do you travel?, es: ¿Cómo viajas?}
    id: mode
    options:
      - {en: By bus, es: En bus}
      - {en: By bike, es: En bici}
    other: {en: Another way, es: De otra manera}
  - number: {en: How many minutes?, es: ¿Cuántos minutos?}
    id: minutes
    from: 1
    to: 300
  - ask: {en: What would help?, es: ¿Qué ayudaría?}
    id: wish
    probe: {en: Can you say more?, es: ¿Puedes decir más?}
thanks: {en: Thank you., es: Gracias.}
"""
PARKS = """
dialogue: parks
title: {en: Parks, es: Parques}
about: {en: Where you sit, es: Dónde te sientas}
languages: [en, es]
steps:
  - ask: {en: What do parks lack?, es: ¿Qué les falta a los parques?}
    id: lack
thanks: {en: Thanks a lot., es: Muchas gracias.}
"""
CODEBOOK = """
codebook: town
themes:
  - id: buses
    name: {en: Buses, es: Buses}
    definition: {en: Buses and what they cost, es: Los buses y su precio}
    keywords: {en: [bus, buses, fares], es: [bus]}
  - id: parks
    name: {en: Parks, es: Parques}
    definition: {en: Green places to sit and play, es: Lugares verdes}
    keywords: {en: [park, bench], es: [parque]}
"""

DEPLOYMENT_FILE = """
deployment: yarra
council: Yarra
purpose: {en: They are making a plan for young people., es: Está haciendo un plan para la gente joven.}
readers: {en: The youth team reads your answers., es: El equipo lee tus respuestas.}
contact: youth@yarra.invalid
languages: [en, es]
region: AU
ages: [13, 16, 18, 25]
minimum age: 13
other way: {en: "You can write to youth@yarra.invalid.", es: "Puedes escribir a youth@yarra.invalid."}
help lines:
  - name: Kids Helpline
    number: 1800 55 1800
emergency: "000"
looked at: {en: A person looks on weekdays., es: Una persona mira los días laborables.}
escalation minutes: 60
keep: {own words: 365, contacts: 90, responses: 1825}
sites:
  - code: north
    name: {en: North Library, es: la biblioteca del norte}
"""


def deployment_from(source: str) -> Deployment:
    """Return the deployment of a file."""
    deployment, findings = read_deployment(source.encode())
    assert deployment is not None, findings
    return deployment


DEPLOYMENT = deployment_from(DEPLOYMENT_FILE)

Buttons = tuple[tuple[tuple[str, str], ...], ...]


@dataclass(slots=True)
class Shown:
    """A message of the bot as it reads now."""

    text: str
    buttons: Buttons

    def __str__(self) -> str:
        rows = (" ".join(f"[{label}]" for label, _ in row) for row in self.buttons)
        return "\n".join((self.text, *rows))


class Town:
    """The desk over an open database connection; `now` goes on by a second with each delivery.

    `repeats` says how many times more each delivery is handed in, as by a channel that was not sure of the first.
    """

    def __init__(self, connection: sqlite3.Connection, deployment: Deployment = DEPLOYMENT) -> None:
        self.tx: Transaction = connection
        self.now = datetime(2026, 11, 23, 12, tzinfo=UTC)
        self._ids, self._numbers, self._updates = count(1), count(1), count(1)
        self.house = House(deployment, 64 * 1024, screen, self._new_id)
        self.people: dict[str, Person] = {}
        self.repeats = 0

    def _new_id(self) -> str:
        return f"{next(self._ids):016x}"

    def next_number(self) -> int:
        return next(self._numbers)

    def next_update(self) -> int:
        return next(self._updates)

    def later(self, **passed: float) -> None:
        """Let time pass, given as to `timedelta`."""
        self.now += timedelta(**passed)

    # --- what is asked

    def offer(self, *sources: str) -> list[ScriptHash]:
        """Make question sets live."""
        return [self._offer(source) for source in sources]

    def _offer(self, source: str) -> ScriptHash:
        name = scripts.store(self.tx, script_of(source), source, None, self.now)
        scripts.release(self.tx, name, None, self.now)
        return name

    def use_codebook(self, source: str = CODEBOOK) -> str:
        """Make a codebook the active one, and return its version."""
        codebook, findings = read_codebook(source.encode())
        assert codebook is not None, findings
        codebooks.store(self.tx, codebook.id, codebook.version, to_json(codebook), self.now)
        codebooks.activate(self.tx, codebook.version, self.now)
        return codebook.version

    # --- who is there

    def person(self, name: str, language: str | None = "en", channel: Channel = "telegram") -> "Person":
        """Let somebody new come by."""
        address = str(1000 + len(self.people))
        person = self.people[address] = Person(self, name, Sender(channel, address, language))
        return person

    def newcomer(self, name: str, language: str | None = "en") -> "Person":
        """Let somebody come by who has heard nothing yet; everybody else agreed before, and is 16 or 17."""
        person = self.person(name, language)
        person.is_new = True
        return person

    def member(self, name: str, role: Role) -> "Person":
        """Let somebody open an invitation."""
        person = self.person(name)
        start = invite(self.tx, role, f"token-of-{name}", self.now)
        person.say(f"/start {start}")
        return person

    # --- in and out

    def take(self, delivery: Delivery) -> str | None:
        """Let the desk answer in a transaction, without delivering what it says."""
        answer = self._take_once(delivery)
        for _ in range(self.repeats):
            self._take_once(delivery)
        return answer

    def _take_once(self, delivery: Delivery) -> str | None:
        self.tx.execute("BEGIN IMMEDIATE")
        try:
            self._welcome(delivery)
            answer = desk.answer(self.tx, self.house, delivery, self.now)
        except BaseException:
            self.tx.execute("ROLLBACK")
            raise
        self.tx.execute("COMMIT")
        return answer

    def _welcome(self, delivery: Delivery) -> None:
        """Have the writer agree, as if long before, unless they are a newcomer, or only tap."""
        sender, deployment = delivery.sender, self.house.deployment
        person = self.people.get(sender.address)
        if person is None or person.is_new or not isinstance(delivery.incoming, Words | Command | EditedWords | Media):
            return
        known = "SELECT 1 FROM contacts WHERE channel = :channel AND address = :address AND leaving = 0"
        heard = "SELECT 1 FROM inbox WHERE channel = :channel AND update_id = :update"
        values = {"channel": sender.channel, "address": sender.address, "update": delivery.update_id}
        if self.rows(f"{known} UNION ALL {heard}", **values):
            return
        name = hashlib.sha256(f"{sender} {self.now}".encode()).hexdigest()[:16]  # no id of the house: repeats take none
        found = respondents.meet(self.tx, sender.channel, sender.address, name, self.now)
        if found.introduced is None:
            named = introduction.wording(deployment)
            respondents.set_introduced(self.tx, found.id, named)
            respondents.set_band(self.tx, found.id, "16-17")
            conversations.agree(self.tx, found.id, PARTICIPATION, self.now, named)

    def deliver(self) -> None:
        """Bring everything in the outbox to the screens."""
        while waiting := outbox.waiting(self.tx, self.now, 100):
            for row in waiting:
                outbox.sent(self.tx, row.id, self._show(row), self.now)

    def _show(self, row: Waiting) -> int | None:
        person, outgoing = self.people.get(row.address), row.outgoing
        if outgoing.kind in ("export", "mydata"):
            files = [] if person is None else person.files
            files.append(outgoing.text)
            return None
        check_limits(outgoing.text, outgoing.buttons)
        if person is None:
            return None
        if outgoing.kind == "message":
            number = self.next_number()
            person.see(number, Shown(outgoing.text, outgoing.buttons), edited=False)
            return number
        if outgoing.edits is not None:
            shown = Shown(outgoing.text, outgoing.buttons)
            assert person.screen.get(outgoing.edits) != shown, "Telegram refuses an edit that changes nothing"
            person.see(outgoing.edits, shown, edited=True)
        return outgoing.edits

    # --- what is stored

    def rows(self, sql: str, **values: object) -> list[tuple[object, ...]]:
        return self.tx.execute(sql, values).fetchall()

    def responses(self) -> list[tuple[object, ...]]:
        """Return question, outcome, value and text of every response."""
        return self.rows("SELECT question, outcome, value, text FROM responses ORDER BY id")

    def tag(self, *themes: str, redacted: str | None = None) -> None:
        """Have the machine suggest these themes for all that is untagged, sure by 80, 70 ... per cent."""
        active = codebooks.active(self.tx)
        version = active[0] if active else self.use_codebook()
        tagger = Tagger(f"tagger of {version}", "none", version, "m1")
        tagging.note(self.tx, tagger, self.now)
        for one in tagging.untagged(self.tx, 100):
            text = one.text if redacted is None else redacted
            tags = [
                MachineTag(theme, 0.8 - place / 10, 0, min(len(text), 10), f"says “{theme}”")
                for place, theme in enumerate(themes)
            ]
            tagging.store(self.tx, tagger, Tagged(one.response_id, one.revision, tags), text, b"", self.now)

    def exported(self) -> list[Row]:
        """Return what an export would hold."""
        return list(rows.stream(self.tx, disguises(self.tx, 5, shuffle=lambda _: None)))

    def dump(self) -> list[str]:
        """Return all that the database holds, as SQL."""
        return [line for line in self.tx.iterdump() if '"migrations"' not in line]


@dataclass(slots=True)
class Person:
    """Somebody with a phone: what they do is answered at once. Each act returns what the bot says to it."""

    town: Town
    name: str
    sender: Sender
    screen: dict[int, Shown] = field(default_factory=dict)
    story: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    deliveries: list[Delivery] = field(default_factory=list)
    last_message: int = 0
    notice: str | None = None
    is_new: bool = False

    def say(self, text: str) -> str:
        """Send a text; a command if it begins with a slash."""
        self.last_message = number = self.town.next_number()
        name, _, argument = text[1:].partition(" ")
        return self.send(Command(name, argument, number) if text[:1] == "/" else Words(text, number), text)

    def edit(self, text: str, number: int | None = None) -> str:
        """Edit the last message, or that one."""
        edited = self.last_message if number is None else number
        return self.send(EditedWords(text, edited), f"(edits) {text}")

    def tap(self, label: str) -> str:
        """Tap the newest button of that label."""
        number, token = self.find(label)
        return self.tap_token(token, number, f"[{label}]")

    def tap_token(self, token: str, number: int | None = None, shown: str = "[?]") -> str:
        """Send a token, whether there is such a button or not."""
        return self.send(Tap(token, number), shown)

    def send_media(self, kind: str = "photo", album: str | None = None) -> str:
        return self.send(Media(kind, self.town.next_number(), album), f"({kind})")

    def send(self, incoming: Incoming, shown: str = "") -> str:
        """Hand in anything, and return what the bot says."""
        delivery = Delivery(self.town.next_update(), self.sender, incoming)
        self.deliveries.append(delivery)
        return self.hand_in(delivery, shown)

    def hand_in(self, delivery: Delivery, shown: str = "") -> str:
        """Hand in a delivery, which may be one of before."""
        self.town.later(seconds=1)
        self.story.append(f"{self.name}: {shown}")
        before = len(self.story)
        self.notice = self.town.take(delivery)
        if self.notice:
            self.story.append(f"note: {self.notice}")
        self.town.deliver()
        return "\n".join(self.story[before:])

    def see(self, number: int, shown: Shown, *, edited: bool) -> None:
        """Have a message on the screen."""
        self.screen[number] = shown
        self.tokens += [token for row in shown.buttons for _, token in row]
        self.story.append(f"{'edit' if edited else 'bot'}: {shown}")

    def find(self, label: str) -> tuple[int, str]:
        """Return the newest message with a button of that label, and its token."""
        for number in sorted(self.screen, reverse=True):
            for row in self.screen[number].buttons:
                for shown, token in row:
                    if shown == label:
                        return number, token
        raise AssertionError(f"nothing says {label!r} on the screen:\n{self.transcript}")

    @property
    def labels(self) -> list[str]:
        """What the buttons of the newest message say."""
        newest = self.screen[max(self.screen)]
        return [label for row in newest.buttons for label, _ in row]

    @property
    def transcript(self) -> str:
        return "\n".join(self.story)


def check_limits(text: str, buttons: Buttons) -> None:
    """Hold a message to what Telegram takes."""
    assert text.strip(), "an empty message"
    assert len(text.encode("utf-16-le")) // 2 <= MOST_UNITS, "a message that is too long"
    for label, token in (button for row in buttons for button in row):
        assert label.strip(), "an empty button"
        assert 1 <= len(token.encode()) <= MOST_TOKEN_BYTES, f"a token of {len(token.encode())} bytes: {token}"


def script_of(source: str) -> Script:
    """Return the script of a dialogue file."""
    report = read(source.encode())
    assert report.script is not None, report.findings
    return report.script


def play(person: Person, *lines: str) -> None:
    """Let somebody type lines, and tap what stands in brackets."""
    for line in lines:
        if line.startswith("["):
            person.tap(line[1:-1])
        else:
            person.say(line)


WHOLE = ("/start", "[Buses · 2 min]", "[I'm in]", "[By bus]", "20", "more buses at night please")
"""A conversation from beginning to end, and what it stores: consent, mode, minutes, wish."""


def texts(town: Town) -> Iterator[str]:
    """Yield the words of every response."""
    yield from (str(text) for (text,) in town.rows("SELECT text FROM responses WHERE text IS NOT NULL ORDER BY id"))
