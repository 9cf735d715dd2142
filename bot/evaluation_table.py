"""An evaluation as tables for people, on 80 columns or more; says where there are too few replies to say anything."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from nlp.comparison import Agreement
from nlp.evaluation import Evaluation, Point, Quality
from nlp.mistakes import Bin, Confusion
from nlp.scoring import FEWEST, Averages, Figure, ThemeScore

TOO_FEW = "too few to say"
ALONE, LEARNED = "codebook alone", "learned from the others"


def tables(evaluation: Evaluation) -> Group:
    """Return all that was measured, one table below the other."""
    return Group(*(Padding(part, (0, 0, 1, 0)) for part in _parts(evaluation)))


def _parts(evaluation: Evaluation) -> Iterator[RenderableType]:
    yield Text(_summary(evaluation))
    yield _averages(evaluation)
    yield _themes(evaluation.alone, f"Themes, {ALONE}")
    if evaluation.learned is not None:
        yield _themes(evaluation.learned, f"Themes, {LEARNED}")
        yield _curve(evaluation.curve)
    yield from _agreement(evaluation)
    best = evaluation.learned or evaluation.alone
    yield _reliability(evaluation)
    yield _confusions(best.confusions, ALONE if evaluation.learned is None else LEARNED)


def _summary(evaluation: Evaluation) -> str:
    people = "1 coder" if evaluation.coders == 1 else f"{evaluation.coders} coders"
    replies = "1 reply" if evaluation.replies == 1 else f"{evaluation.replies} replies"
    lines = [f"{replies}, {len(evaluation.alone.themes)} themes, {people}."]
    if evaluation.unread:
        lines.append(f"{evaluation.unread} more could not be read, and are left out.")
    if evaluation.coders > 1:
        lines.append("A reply counts as having the themes that at least half of its coders gave.")
    if evaluation.learned is None:
        lines.append("Too few replies to learn from some and test on the others.")
    else:
        lines.append("Learned: each fifth of the replies is tagged by what the other four taught.")
    return "\n".join(lines)


def _averages(evaluation: Evaluation) -> Table:
    table = _table("F1 with its 95% interval", "", ALONE, *([LEARNED] if evaluation.learned else []))
    sides = [quality for quality in (evaluation.alone, evaluation.learned) if quality is not None]
    _average_rows(table, [side.all for side in sides])
    without = [side.themes_only for side in sides if side.themes_only is not None]
    if without:
        table.add_section()
        table.add_row(Text(f"without {', '.join(evaluation.catch_alls)}", style="italic"))
        _average_rows(table, without)
    return table


def _average_rows(table: Table, sides: list[Averages]) -> None:
    table.add_row("micro (all tags alike)", *(_figure(side.micro) for side in sides))
    table.add_row("macro (all themes alike)", *(_figure(side.macro) for side in sides))
    table.add_row("sample (all replies alike)", *(_figure(side.sample) for side in sides))


def _themes(quality: Quality, title: str) -> Table:
    table = _table(title, "theme", "people", "machine", "precision", "recall", "F1")
    for score in quality.themes:
        table.add_row(Text(score.theme), str(score.people), str(score.machine), *_theme_cells(score))
    return table


def _theme_cells(score: ThemeScore) -> tuple[str, str, str]:
    if score.too_few:
        return "", "", TOO_FEW
    return _number(score.precision), _number(score.recall), _figure(score.f1)


def _curve(points: tuple[Point, ...]) -> Table:
    table = _table("F1 by coded replies to learn from", "learned from", "micro", "macro", "sample", "draws")
    for point in points:
        figures = (_number(point.micro), _number(point.macro), _number(point.sample))
        table.add_row(str(point.learned), *figures, str(point.draws))
    return table


def _agreement(evaluation: Evaluation) -> Iterator[Table]:
    alone = evaluation.alone.comparison
    learned = evaluation.learned.comparison if evaluation.learned is not None else None
    table = _table("Agreement on the same replies", "", "replies", "alpha", "kappa", "F1")
    table.caption = "1 is full agreement; by alpha and kappa, 0 is what chance would do. Many ask for an alpha of .67."
    if alone.people is not None:
        _agreement_row(table, "people with each other", alone.people)
    _agreement_row(table, f"machine with people, {ALONE}", alone.machine)
    if learned is not None:
        _agreement_row(table, f"machine with people, {LEARNED}", learned.machine)
    table.add_section()
    for pair in (learned or alone).pairs if evaluation.coders > 1 else ():
        _agreement_row(table, f"{pair.first} – {pair.second}", pair)
    yield table
    if not all(score.too_few for score in evaluation.alone.themes):
        yield _theme_agreement(evaluation)


def _agreement_row(table: Table, name: str, agreement: Agreement) -> None:
    figures = (agreement.alpha, agreement.kappa, agreement.f1)
    cells = [TOO_FEW, "", ""] if agreement.replies < FEWEST else [_number(figure) for figure in figures]
    table.add_row(Text(name), str(agreement.replies), *cells)


def _theme_agreement(evaluation: Evaluation) -> Table:
    sides = [side.comparison for side in (evaluation.alone, evaluation.learned) if side is not None]
    among = [own.people for own in sides[0].themes] if sides[0].people else []
    headers = [*(["people"] if among else []), ALONE, LEARNED][: len(sides) + bool(among)]
    table = _table("Krippendorff's alpha by theme", "theme", *headers)
    for index, score in enumerate(evaluation.alone.themes):
        alphas = [*among[index : index + 1], *(side.themes[index].machine for side in sides)]
        cells = [TOO_FEW] if score.too_few else [_number(alpha) for alpha in alphas]
        table.add_row(Text(score.theme), *cells)
    return table


def _reliability(evaluation: Evaluation) -> Table:
    table = _table("Is the confidence right?", "confidence", ALONE, *([LEARNED] if evaluation.learned else []))
    for index, alone in enumerate(evaluation.alone.reliability):
        bins = [alone, *([evaluation.learned.reliability[index]] if evaluation.learned else [])]
        table.add_row(f"{_number(alone.low)} to {_number(alone.high)}", *(_right(own) for own in bins))
    return table


def _right(own: Bin) -> str:
    if own.count < FEWEST:
        return f"{TOO_FEW} ({own.count})" if own.count else "no tags"
    return f"{_number(own.right / own.count)} of {own.count} right"


def _confusions(found: tuple[Confusion, ...], title: str) -> Text:
    text = Text.assemble((f"Taken for each other, {title}", "bold"))
    for own in found:
        text.append(f"\n{own.count:4}  {_confused(own)}")
        for excerpt in own.excerpts:
            text.append(f"\n        “{excerpt}”", "dim")
    return text


def _confused(own: Confusion) -> str:
    if own.meant is None:
        return f"{own.given}, where people saw nothing more"
    return f"{own.given or 'nothing'}, where people meant {own.meant}"


def _table(title: str, first: str, *others: str) -> Table:
    table = Table(
        title=title,
        title_justify="left",
        title_style="bold",
        caption_justify="left",
        box=None,
        pad_edge=False,
        padding=(0, 2, 0, 0),
    )
    table.add_column(first, overflow="fold")
    for header in others:
        table.add_column(header, justify="right", overflow="fold")
    return table


def _number(value: float | None) -> str:
    """Return two decimals without the leading zero; a dash for what cannot be told."""
    return "–" if value is None else f"{value:.2f}".replace("0.", ".", 1) if abs(value) < 1 else f"{value:.2f}"


def _figure(figure: Figure | None) -> str:
    return "–" if figure is None else f"{_number(figure.value)} ({_number(figure.low)}–{_number(figure.high)})"
