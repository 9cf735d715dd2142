"""Plays a script as a respondent would see it: what was said, which buttons there are, what is kept."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from dialogues.conversation import (
    Ask,
    Button,
    Conversation,
    Edited,
    Effect,
    Event,
    Notify,
    Response,
    Say,
    Started,
    Tapped,
    Typed,
    from_json,
    to_json,
)
from dialogues.engine import advance
from dialogues.reading import read
from dialogues.script import Language, Script, StepId

NOW = datetime(2026, 11, 23, 16, 30, tzinfo=UTC)
EN, ES = Language("en"), Language("es")
SETS = tuple(sorted((Path(__file__).parents[2] / "dialogues" / "sets").glob("*.yaml")))
HEAD = "dialogue: sample\ntitle: Sample\nabout: A sample.\n"


def sample(steps: str, head: str = HEAD) -> Script:
    """Return the script of these steps. Fails where there is anything to find in them."""
    report = read(f"{head}steps:\n{steps}".encode())
    assert report.script is not None, report.findings
    return report.script


def shipped(path: Path) -> Script:
    """Return the script of a shipped set."""
    script = read(path.read_bytes()).script
    assert script is not None
    return script


@dataclass
class Play:
    """One conversation, stored and loaded again before every event; `effects` are those of the last one."""

    script: Script
    language: Language = EN
    agreed: frozenset[str] = frozenset()
    effects: tuple[Effect, ...] = ()
    asked: list[Ask] = field(default_factory=list)
    conversation: Conversation = field(init=False)

    def __post_init__(self) -> None:
        self.conversation = Conversation(self.language)
        self.take(Started(self.agreed))

    def take(self, event: Event) -> "Play":
        step = advance(self.script, from_json(to_json(self.conversation)), event, NOW)
        self.conversation, self.effects = step.conversation, step.effects
        self.asked += [effect for effect in step.effects if isinstance(effect, Ask)]
        return self

    def types(self, text: str, *flags: str) -> "Play":
        return self.take(Typed(text, flags))

    def edits(self, question: str | None, text: str, *flags: str) -> "Play":
        return self.take(Edited(None if question is None else StepId(question), text, flags))

    def taps(self, label: str) -> "Play":
        """Tap the button of that label below the last question asked."""
        return self.take(self.tap(label))

    def tap(self, label: str) -> Tapped:
        button = next((button for button in self.buttons if button.label == label), None)
        assert button, f"no button {label!r} among {self.labels}"
        return Tapped(self.asked[-1].question, self.asked[-1].revision, button.value)

    @property
    def buttons(self) -> list[Button]:
        return [button for row in self.asked[-1].buttons for button in row]

    @property
    def labels(self) -> list[str]:
        return [button.label for button in self.buttons]

    @property
    def question(self) -> str:
        """The question asked last."""
        return self.asked[-1].question

    @property
    def said(self) -> str:
        """All that the last event made the bot say."""
        return "\n".join(effect.text for effect in self.effects if isinstance(effect, Say | Ask | Notify))

    @property
    def kept(self) -> dict[str, object]:
        """The values that are kept, by question; the outcome where there is no value."""
        return {given.question: _held(given) for given in self.conversation.responses}


def _held(given: Response) -> object:
    return given.outcome if given.value is None else given.value
