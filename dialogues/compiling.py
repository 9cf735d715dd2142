"""Makes a script of a validated file: texts in every language, names for every step, conditions on what exists.

Each mistake becomes a finding at its place; the script is usable only where none of them is an error.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pydantic import TypeAdapter, ValidationError

from dialogues import phrases
from dialogues.condition import Condition, questions_in
from dialogues.file import (
    ChoicePart,
    ChoicesPart,
    ConsentPart,
    DialoguePart,
    NumberPart,
    OpenPart,
    OptionPart,
    SayPart,
    ScalePart,
    StepPart,
    Texts,
)
from dialogues.finding import Finding, Severity, listed, nearest
from dialogues.nodes import Fields, Items, Path, Scalar, at, place, plain
from dialogues.parsing import ConditionError, parse
from dialogues.resolving import UnresolvedError, resolve
from dialogues.script import (
    OTHER,
    Choice,
    Choices,
    Consent,
    Language,
    Number,
    Open,
    Option,
    OptionId,
    Question,
    Say,
    Scale,
    Script,
    Step,
    StepId,
    Text,
)

MAX_TEXT = 1500
"""Characters; Telegram takes 4,096, and piping, progress and notes have to fit as well."""
MAX_PLACEHOLDERS = 5
"""Each may bring in 200 characters of a respondent's own words."""
MAX_BUTTON = 60
"""Characters; a phone shows some 30."""
_TEXTS: TypeAdapter[dict[str, str]] = TypeAdapter(Texts)
_LANGUAGE = re.compile(r"[a-z]{2}")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Draft:
    """A file held against the models, with the nodes that tell where its parts stand; None for what does not fit."""

    root: Fields
    head: DialoguePart | None
    steps: tuple[StepPart | None, ...]


def compile_script(draft: Draft) -> tuple[Script | None, tuple[Finding, ...]]:
    """Return the script of a draft, None where a part is missing, and what is wrong with the parts together."""
    compiler = _Compiler(draft)
    head, steps = draft.head, compiler.steps()
    if draft.steps and all(isinstance(part, SayPart | ConsentPart) for part in draft.steps):
        compiler.add(("steps",), "no-question", "This dialogue asks nothing.", "Add a step such as '- ask: ...'.")
    if head is None:
        compiler.readable_texts()
        return None, tuple(compiler.findings)
    if len(set(head.languages)) < len(head.languages):
        compiler.add(("languages",), "repeated-language", "A language stands twice in this list.", "Delete one.")
    script = Script(
        dialogue=head.dialogue,
        title=compiler.text(head.title, ("title",), button=True),
        about=compiler.text(head.about, ("about",)),
        languages=compiler.languages,
        steps=steps,
        thanks=compiler.text(head.thanks, ("thanks",)) if head.thanks else compiler.own("thanks"),
        minutes=head.minutes,
        codebook=head.codebook,
    )
    return (None if None in draft.steps else script), tuple(compiler.findings)


@dataclass(slots=True)
class _Compiler:
    draft: Draft
    findings: list[Finding] = field(default_factory=list)
    earlier: dict[str, Question | None] = field(default_factory=dict)

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages that the file names, as far as they can be read; else English."""
        if self.draft.head is not None:
            return tuple(Language(code) for code in dict.fromkeys(self.draft.head.languages))
        node = self.draft.root.get("languages")
        named = [item.value for item in node.items if isinstance(item, Scalar)] if isinstance(node, Items) else []
        return tuple(Language(code) for code in dict.fromkeys(named) if _LANGUAGE.fullmatch(code)) or (Language("en"),)

    @property
    def knows_languages(self) -> bool:
        """Whether the file says in a readable way which languages its texts have to be in."""
        node = self.draft.root.get("languages")
        listed_here = isinstance(node, Items) and len(set(self.languages)) == len(node.items)
        return self.draft.head is not None or node is None or listed_here

    def add(self, path: Path, code: str, message: str, fix: str, severity: Severity = "error") -> None:
        line, column = place(self.draft.root, path)
        self.findings.append(Finding(line, column, code, severity, message, fix))

    def steps(self) -> tuple[Step, ...]:
        """Return the steps that can be made, in order."""
        steps = []
        for index, (part, step_id) in enumerate(zip(self.draft.steps, self._ids(), strict=True)):
            if isinstance(part, ConsentPart):
                self._first(index)
            step = self._step(part, step_id, ("steps", index)) if part else None
            steps += [step] if step else []
            if not isinstance(step, Say):
                self.earlier[step_id] = step
        return tuple(steps)

    def _first(self, index: int) -> None:
        """Find a consent that comes behind a question: whoever declines was told that nothing is saved."""
        if any(not isinstance(part, SayPart | ConsentPart) for part in self.draft.steps[:index]):
            message = "This asks for consent when a question has been answered already."
            self.add(("steps", index), "late-consent", message, "Move it up, above the first question.")

    def _named(self) -> Iterator[tuple[int, str]]:
        """Yield index and id of the steps whose author named them, those included that cannot be read."""
        for index, part in enumerate(self.draft.steps):
            node = at(self.draft.root, ("steps", index, "id")) if part is None else None
            name = node.value if isinstance(node, Scalar) else part.id if part else None
            if name:
                yield index, name

    def _ids(self) -> list[StepId]:
        """Return the steps' names: the author's, or `q1`, `q2` ... for questions and `say1` ... for the rest."""
        taken: dict[str, int] = {}
        for index, name in self._named():
            if name in taken:
                line, _ = place(self.draft.root, ("steps", taken[name]))
                message = f"The id '{name}' is already used by the step on line {line}."
                self.add(("steps", index, "id"), "repeated-id", message, "Give one of them another id.")
            taken.setdefault(name, index)
        names = dict(self._named())
        ids = []
        for index, part in enumerate(self.draft.steps):
            own = f"say{index + 1}" if isinstance(part, SayPart) else f"q{index + 1}"
            while own in taken:
                own += "-"
            ids.append(StepId(names.get(index, own)))
        return ids

    def _step(self, part: StepPart, step_id: StepId, path: Path) -> Step:
        if isinstance(part, ConsentPart):
            return self._consent(part, step_id, path)
        kind = next(info.alias or "" for name, info in type(part).model_fields.items() if name == "text")
        text = self.piped(part.text, (*path, kind))
        when = self._when(part.when, path)
        match part:
            case SayPart():
                return Say(step_id, text, when)
            case ChoicePart():
                options, other = self._options(part.options, part.other, path)
                return Choice(step_id, text, options, other, part.required, when)
            case ChoicesPart():
                options, other = self._options(part.options, part.other, path)
                return Choices(step_id, text, options, other, self._at_most(part, path), part.required, when)
            case ScalePart():
                self._ordered(part.lowest, part.highest, path)
                low, high = (
                    self.text(label, (*path, key), button=True) if label else None
                    for label, key in ((part.low, "low"), (part.high, "high"))
                )
                return Scale(step_id, text, part.lowest, part.highest, low, high, part.required, when)
            case NumberPart():
                self._ordered(part.lowest, part.highest, path)
                return Number(step_id, text, part.lowest, part.highest, part.whole, part.required, when)
            case OpenPart():
                probe = self.piped(part.probe, (*path, "probe")) if part.probe else None
                return Open(step_id, text, probe, part.probe_under, part.required, when)

    def _consent(self, part: ConsentPart, step_id: StepId, path: Path) -> Consent:
        return Consent(
            step_id,
            self.text(part.text, (*path, "consent")),
            self.text(part.agree, (*path, "agree"), button=True) if part.agree else self.own("agree"),
            self.text(part.decline, (*path, "decline"), button=True) if part.decline else self.own("decline"),
            self.text(part.declined, (*path, "declined")) if part.declined else self.own("declined"),
        )

    # --- texts

    def readable_texts(self) -> None:
        """Find what is wrong with the texts of a head that cannot be read as a whole."""
        for name in ("title", "about", "thanks"):
            node = self.draft.root.get(name)
            try:
                written = _TEXTS.validate_python(None if node is None else plain(node))
            except ValidationError:
                continue
            self.text(written, (name,), button=name == "title")

    def own(self, name: str) -> Text:
        """Return one of Tuckshop's own phrases in the script's languages."""
        return {language: getattr(phrases.phrases(language), name) for language in self.languages}

    def text(self, written: Mapping[str, str], path: Path, *, button: bool = False) -> Text:
        """Return the text in all the script's languages; what is missing is found, and filled from what is there."""
        plain = written.get("")
        if self.knows_languages:
            self._translated(written, path, button=button)
        limit = MAX_BUTTON if button else MAX_TEXT
        for code, words in written.items():
            if len(words) > limit:
                message = f"This text has {len(words)} characters; at most {limit}."
                self.add((*path, code), "text-too-long", message, "Shorten it, or split it in two.")
        fallback = plain if plain is not None else next(iter(written.values()))
        return {code: written.get(code, fallback) for code in self.languages}

    def _translated(self, written: Mapping[str, str], path: Path, *, button: bool) -> None:
        """Find languages of a text that are unknown or missing; with an unknown one, none is called missing."""
        unknown = [code for code in written if code and code not in self.languages]
        missing = [code for code in self.languages if code not in written]
        for code in unknown:
            message = f"'{code}' is not one of the languages of this dialogue."
            fix = f"Write one of {listed(self.languages)}, or add '{code}' to 'languages:'."
            if not _LANGUAGE.fullmatch(code):
                message, fix = (
                    f"'{code}:' is no language.",
                    'If it is part of the text, put the whole text in "quotes".',
                )
            self.add((*path, code), "unknown-language", message, fix)
        if "" in written and not button and len(self.languages) > 1:
            message = f"This text is the same in {listed(self.languages)}."
            fix = f"Write one line for each language: '{self.languages[0]}: ...' and so on."
            self.add(path, "missing-translation", message, fix)
        elif "" not in written and missing and not unknown:
            message = f"This text is missing in {listed(missing)}."
            self.add(path, "missing-translation", message, f"Add a line '{missing[0]}: ...' under it.")

    def piped(self, written: Mapping[str, str], path: Path) -> Text:
        """Return the text, its placeholders checked."""
        for code, words in written.items():
            placeholders = _PLACEHOLDER.findall(words)
            if len(placeholders) > MAX_PLACEHOLDERS:
                message = f"This text repeats {len(placeholders)} answers; at most {MAX_PLACEHOLDERS}."
                self.add((*path, code), "too-many-answers", message, "Split it in two steps.")
            for inside in placeholders:
                self._known(inside.partition("|")[0].strip(), (*path, code), f"'{{{inside}}}'")
            if set("{}") & set(_PLACEHOLDER.sub("", words)):
                message = "There is a bracket '{' or '}' without its partner."
                self.add((*path, code), "placeholder", message, "Write an earlier answer as '{its-id}'.")
        return self.text(written, path)

    def _known(self, name: str, path: Path, shown: str) -> bool:
        """Return whether the question `name` is asked before this step; say what is wrong where it is not."""
        names = {named: index for index, named in self._named()}
        if name in names and name in self.earlier:
            return True
        if name in names and isinstance(self.draft.steps[names[name]], SayPart):
            message = f"{shown} looks at '{name}', which asks nothing."
            self.add(path, "unknown-id", message, "Name a question instead.")
            return False
        if name in names:
            message, fix = f"{shown} looks at '{name}', which is asked later.", f"Move '{name}' up, above this step."
            self.add(path, "asked-later", message, fix)
            return False
        named = [known for known in names if known in self.earlier]
        close = nearest(name, named)
        known = f"Earlier ids are {listed(named)}. " if named else ""
        fix = f"Did you mean '{close}'?" if close else f"{known}Add 'id: {name or 'a-name'}' to the question you mean."
        self.add(path, "unknown-id", f"{shown} looks at '{name}', and no earlier question has that id.", fix)
        return False

    # --- the parts of questions

    def _options(
        self, parts: Sequence[OptionPart], other: Mapping[str, str] | None, path: Path
    ) -> tuple[tuple[Option, ...], Text | None]:
        options: list[Option] = []
        taken: dict[str, int] = {}
        for index, part in enumerate(parts):
            here = (*path, "options", index)
            text = self.text(part.text, here, button=True)
            option = Option(OptionId(part.id or _slug(text[self.languages[0]], index)), text)
            names = {option.id, *(f"{code} {words.casefold()}" for code, words in text.items())}
            if option.id == OTHER and other is not None:
                self.add(here, "repeated-option", "The id 'other' belongs to 'other:'.", "Give this option another id.")
            elif names & set(taken):
                message = f"This option is the same as option {taken[(names & set(taken)).pop()] + 1}."
                self.add(here, "repeated-option", message, "Delete it, or word it differently.")
            taken |= dict.fromkeys(names, index)
            options.append(option)
        return tuple(options), self.text(other, (*path, "other"), button=True) if other else None

    def _at_most(self, part: ChoicesPart, path: Path) -> int | None:
        count = len(part.options) + (part.other is not None)
        if part.at_most is not None and part.at_most > count:
            message = f"At most {part.at_most} can be chosen, and there are {count} options."
            self.add((*path, "at most"), "at-most", message, "Lower it, or delete the line.")
        return part.at_most

    def _ordered(self, lowest: float | None, highest: float | None, path: Path) -> None:
        if lowest is not None and highest is not None and lowest >= highest:
            message = f"It goes from {lowest:g} to {highest:g}."
            self.add((*path, "from"), "bounds", message, "Write the smaller number behind 'from:'.")

    def _when(self, written: str | None, path: Path) -> Condition | None:
        if not written:
            return None
        here = (*path, "when")
        try:
            condition = parse(written)
        except ConditionError as error:
            self.add(here, "condition", str(error), error.fix)
            return None
        known = [self._known(name, here, "The condition") for name in dict.fromkeys(questions_in(condition))]
        questions = {name: question for name, question in self.earlier.items() if question is not None}
        if not all(known) or not set(questions_in(condition)) <= set(questions):
            return None
        try:
            return resolve(condition, questions)
        except UnresolvedError as error:
            self.add(here, error.code, str(error), error.fix)
            return None


def _slug(text: str, index: int) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")[:40] or f"option-{index + 1}"
