"""Question sets that members send: checked, summed up, tried and made live."""

from dataclasses import dataclass
from typing import assert_never

from bot import conversing
from bot import member_phrases as words
from bot.tokens import ScriptAction
from bot.visit import Visit
from dialogues.finding import Finding
from dialogues.phrases import LANGUAGES
from dialogues.reading import Report
from dialogues.script import Open, Say, Script, ScriptHash, script_hash
from storage import scripts
from storage.scripts import Live

FINDINGS_SHOWN = 12
"""So many findings fit on a phone before nobody reads on."""
ENDINGS = (".yaml", ".yml")
MOST_WAITING = 10
"""Files of one member: each is fetched and checked in turn, and others wait behind them."""


@dataclass(frozen=True, slots=True)
class Pushed:
    """A file that a member sent, with what the check says of it."""

    filename: str
    source: bytes
    report: Report


def refusal(filename: str, size_bytes: int, most_bytes: int, waiting: int = 0) -> str | None:
    """Return why a file is not even fetched, or None; `waiting` are files of the same member."""
    if not filename.lower().endswith(ENDINGS):
        return words.UPLOAD_NOT_YAML.format(filename=filename)
    if size_bytes > most_bytes:
        size, most = size_bytes // 1024, most_bytes // 1024
        return words.UPLOAD_TOO_LARGE.format(filename=filename, size=size, most=most)
    if waiting >= MOST_WAITING:
        return words.UPLOAD_TOO_MANY.format(filename=filename, count=waiting)
    return None


def received(visit: Visit, pushed: Pushed) -> None:
    """Answer a file: what to mend, or what it is with the buttons to try it and to make it live."""
    script = pushed.report.script
    if script is None:
        visit.send(_rejection(pushed))
        return
    source = pushed.source.decode("utf-8-sig")
    name = scripts.store(visit.tx, script, source, visit.respondent.id, visit.now)
    visit.send(
        _summary(visit, script, pushed.report.findings),
        ((words.TRY_IT, f"s:{name}:try"), (words.MAKE_IT_LIVE, f"s:{name}:live")),
    )


def _rejection(pushed: Pushed) -> str:
    findings = pushed.report.findings
    lines = [_line(finding) for finding in findings[:FINDINGS_SHOWN]]
    if len(findings) > FINDINGS_SHOWN:
        lines.append(words.UPLOAD_MORE.format(count=len(findings) - FINDINGS_SHOWN))
    errors = sum(finding.severity == "error" for finding in findings)
    return words.UPLOAD_REJECTED.format(filename=pushed.filename, count=errors, findings="\n\n".join(lines))


def _line(finding: Finding) -> str:
    return words.UPLOAD_FINDING.format(line=finding.line, message=finding.message, fix=finding.fix)


def _summary(visit: Visit, script: Script, findings: tuple[Finding, ...]) -> str:
    live = next((one for one in scripts.live(visit.tx) if one.dialogue == script.dialogue), None)
    if live is None:
        replaces = words.UPLOAD_NEW.format(dialogue=script.dialogue)
    else:
        same = live.hash == script_hash(script)
        replaces = words.UPLOAD_UNCHANGED if same else words.UPLOAD_REPLACES
    return words.UPLOAD_SUMMARY.format(
        title=script.title[script.languages[0]],
        questions=sum(not isinstance(step, Say) for step in script.steps),
        open=sum(isinstance(step, Open) for step in script.steps),
        languages=", ".join(LANGUAGES.get(code, code) for code in script.languages),
        replaces=replaces,
        warnings="".join(f"\n{_line(finding)}" for finding in findings),
    )


def tapped(visit: Visit, name: str, action: ScriptAction) -> None:
    """Try out, or make live, the question set of that hash."""
    try:
        script = scripts.load(visit.tx, ScriptHash(name))
    except KeyError:
        visit.send(words.SCRIPT_GONE)
        return
    live = Live(ScriptHash(name), script.dialogue, script)
    match action:
        case "try":
            visit.send(words.TRY_STARTS)
            conversing.try_out(visit, live)
        case "live":
            make_live(visit, live)
        case _:
            assert_never(action)


def make_live(visit: Visit, live: Live) -> None:
    """Release the version, unless it is live already; not where nobody would be asked for their consent."""
    if not live.script.asks_first:
        visit.send(words.NO_CONSENT)
        return
    if all(one.hash != live.hash for one in scripts.live(visit.tx)):
        scripts.release(visit.tx, live.hash, visit.respondent.id, visit.now)
    visit.send(words.LIVE.format(title=live.script.title[live.script.languages[0]]))
