"""Reads the file of a dialogue: its script, or everything that is wrong with it at once."""

from dataclasses import dataclass

from dialogues.compiling import Draft, compile_script
from dialogues.file import KINDS, DialoguePart, StepPart
from dialogues.finding import Finding, listed, nearest
from dialogues.nodes import Fields, Items, Node, Scalar, UnreadableError, compose, decode
from dialogues.script import Script
from dialogues.validation import validated


@dataclass(frozen=True, slots=True)
class Report:
    """The script, None where an error stands in the way; and the findings, from top to bottom."""

    script: Script | None
    findings: tuple[Finding, ...]


def read(source: bytes) -> Report:
    """Return the report on a dialogue file. Never raises, whatever the bytes."""
    try:
        root, broken = compose(decode(source))
    except UnreadableError as error:
        return Report(None, (error.finding,))
    if not isinstance(root, Fields):
        message, fix = "This is no dialogue.", "Start with 'dialogue: its-name', 'title: ...' and 'steps:' with a list."
        told = any(finding.severity == "error" for finding in broken)
        found = broken if told else [*broken, Finding(1, 1, "not-a-dialogue", "error", message, fix)]
        return Report(None, tuple(sorted(set(found))))
    head, findings = validated(DialoguePart, root)
    steps, step_findings = _steps(root.get("steps"))
    script, meaning = compile_script(Draft(root, head, tuple(steps)))
    lines = {finding.line for finding in broken if finding.severity == "error"}
    others = (finding for finding in {*findings, *step_findings, *meaning} if finding.line not in lines)
    everything = tuple(sorted({*broken, *others}))
    stands = not any(finding.severity == "error" for finding in everything)
    return Report(script if stands else None, everything)


def _steps(node: Node | None) -> tuple[list[StepPart | None], list[Finding]]:
    steps: list[StepPart | None] = []
    findings: list[Finding] = []
    for item in node.items if isinstance(node, Items) else ():
        model, problem = _kind(item)
        step, found = validated(model, item) if model else (None, [])
        steps.append(step)
        findings += [problem] if problem else found
    return steps, findings


def _kind(step: Node) -> tuple[type[StepPart] | None, Finding | None]:
    """Return the model of a step by the kind that it names, or what is wrong."""
    if isinstance(step, Scalar) and not step.value:
        return None, None  # found where the whole file is validated
    if not isinstance(step, Fields):
        fix = "Write '- say: your text', or '- ask: your question'."
        return None, Finding(
            step.line, step.column, "no-kind", "error", "A step needs a kind in front of its text.", fix
        )
    named = [key for key, _ in step.fields if key.value in KINDS]
    if len(named) == 1:
        return KINDS[named[0].value], None
    if named:
        message = f"One step has two kinds: {listed(key.value for key in named)}."
        fix = f"Start a new step: '- {named[1].value}: ...'."
        return None, Finding(named[1].line, named[1].column, "two-kinds", "error", message, fix)
    first = step.fields[0][0].value if step.fields else ""
    close = nearest(first, KINDS)
    message = f"This step has no kind that is known: it starts with '{first}'."
    fix = f"Did you mean '{close}'?" if close else f"The kinds are {listed(KINDS)}."
    return None, Finding(step.line, step.column, "no-kind", "error", message, fix)
