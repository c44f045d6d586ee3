"""Show what a refusal threshold does, and how far confidence can be relied on.

Each SET is `name=FILE`, where FILE holds what `twinctl eval --json` printed for questions of one
kind: all of them answerable, or none. Tables go to stdout as Markdown, the picture to --out.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

PICTURE = Path(__file__).parent.parent / "docs" / "images" / "calibration.svg"
CHOSEN = 0.5
THRESHOLDS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
BINS = ((0.0, 0.2), (0.2, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 0.9), (0.9, 1.0))
COLOURS = ("#0969da", "#cf222e", "#1a7f37", "#9a6700", "#8250df", "#57606a")
STEPS = 100
SIDE, LEFT, TOP, GAP, BOTTOM = 300, 50, 40, 90, 150


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question: whether it can be answered, and what became of it."""

    answerable: bool
    answered: bool
    right: bool
    support: float
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Answers of like confidence: what it was on average, and the share that was right."""

    count: int
    predicted: float
    actual: float


Sets = dict[str, list[Asked]]


def main() -> None:
    """Print the tables and draw the picture."""
    given = _arguments()
    sets = {
        name: _read(Path(file)) for name, _, file in (one.partition("=") for one in given.sets)
    }
    bins = list(_bins(sets))
    print("\n".join(_refusals(sets)), end="\n\n")
    print("\n".join(_reliability(bins)))
    given.out.write_text("\n".join(_picture(sets, bins)) + "\n", encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="scripts/calibration",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("sets", nargs="+", metavar="SET", help="name=FILE")
    parser.add_argument("--out", type=Path, default=PICTURE, help="the picture, an SVG")
    return parser.parse_args()


def _read(path: Path) -> list[Asked]:
    details = json.loads(path.read_text(encoding="utf-8"))["details"]
    return [Asked(**{name: each[name] for name in Asked.__slots__}) for each in details]


def _refused(asked: Sequence[Asked], threshold: float) -> float:
    return fmean(each.support < threshold for each in asked)


def _bins(sets: Sets) -> Iterator[Bin]:
    answers = [each for asked in sets.values() for each in asked if each.answered]
    for low, high in BINS:
        inside = [each for each in answers if low <= each.confidence < high]
        if inside:
            yield Bin(
                count=len(inside),
                predicted=fmean(each.confidence for each in inside),
                actual=fmean(each.answerable and each.right for each in inside),
            )


def _refusals(sets: Sets) -> Iterator[str]:
    yield f"| threshold | {' | '.join(f'{name} ({len(sets[name])})' for name in sets)} |"
    yield "| --- |" + " --- |" * len(sets)
    for threshold in THRESHOLDS:
        shares = " | ".join(f"{_refused(asked, threshold):.3f}" for asked in sets.values())
        mark = "**" if threshold == CHOSEN else ""
        yield f"| {mark}{threshold}{mark} | {shares} |"


def _reliability(bins: Sequence[Bin]) -> Iterator[str]:
    yield "| confidence, on average | answers | right |"
    yield "| --- | --- | --- |"
    for each in bins:
        yield f"| {each.predicted:.2f} | {each.count} | {each.actual:.2f} |"


def _picture(sets: Sets, bins: Sequence[Bin]) -> Iterator[str]:
    width, height = LEFT + 2 * SIDE + GAP + 20, TOP + SIDE + BOTTOM
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        'font-family="sans-serif" font-size="12" fill="#24292f">'
    )
    yield f'<rect width="{width}" height="{height}" fill="#ffffff"/>'
    yield from _frame(LEFT, "Refused, over the threshold", "threshold of support")
    yield _line([(LEFT + SIDE * CHOSEN, TOP), (LEFT + SIDE * CHOSEN, TOP + SIDE)], "#8c959f", 4)
    for n, (name, asked) in enumerate(sets.items()):
        yield from _curve(n, name, asked)
    right = LEFT + SIDE + GAP
    yield from _frame(right, "Right, over the confidence", "confidence of answers")
    yield _line([_point(right, 0, 0), _point(right, 1, 1)], "#8c959f", 4)
    yield _line([_point(right, each.predicted, each.actual) for each in bins], COLOURS[0])
    for each in bins:
        x, y = _point(right, each.predicted, each.actual)
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{COLOURS[0]}"/>'
    yield "</svg>"


def _curve(n: int, name: str, asked: Sequence[Asked]) -> Iterator[str]:
    colour = COLOURS[n % len(COLOURS)]
    steps = (step / STEPS for step in range(STEPS + 1))
    yield _line([_point(LEFT, step, _refused(asked, step)) for step in steps], colour)
    y = TOP + SIDE + 55 + 16 * n
    yield _line([(LEFT, y - 4), (LEFT + 20, y - 4)], colour)
    yield f'<text x="{LEFT + 28}" y="{y}">{name}</text>'


def _frame(x: int, title: str, axis: str) -> Iterator[str]:
    yield f'<text x="{x}" y="{TOP - 15}" font-weight="bold">{title}</text>'
    yield (
        f'<rect x="{x}" y="{TOP}" width="{SIDE}" height="{SIDE}" fill="none" stroke="#8c959f"/>'
    )
    for share in (0, 0.25, 0.5, 0.75, 1):
        across, down = _point(x, share, share)
        yield f'<text x="{across}" y="{TOP + SIDE + 16}" text-anchor="middle">{share:g}</text>'
        yield f'<text x="{x - 6}" y="{down + 4}" text-anchor="end">{share:g}</text>'
    yield f'<text x="{x + SIDE / 2}" y="{TOP + SIDE + 34}" text-anchor="middle">{axis}</text>'


def _point(left: int, x: float, y: float) -> tuple[float, float]:
    return left + SIDE * x, TOP + SIDE * (1 - y)


def _line(points: Sequence[tuple[float, float]], colour: str, dash: int = 0) -> str:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"{dashed}/>'


if __name__ == "__main__":
    main()
