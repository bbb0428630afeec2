"""Writes bench/results.md from the lines in bench/results.jsonl. Usage: python bench/table.py"""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

Line = dict[str, Any]

HERE = Path(__file__).parent
OURS = "Tinh Gọn"
PYGEODA = ("pygeoda greedy", "pygeoda SA", "pygeoda greedy 99")


CONDITIONS = (
    "while the machine had much other work. So seconds (s) are of processor time, all runs of a method together, and",
    "limits too; effort, not the clock, bounds our planner. All plans were re-checked (threshold, connection, cover).",
    "spopt: 999 iterations of construction, seeds 1 to 3, its annealing (which never makes more parts) once instead of",
    "ten times; pygeoda: greedy with 9,999 iterations, and SA.",
    "`*`: proven that no plan has more parts. `-`: ended at the limit, or an unlawful plan (see the remarks).",
)
PROVINCES = (
    "Effort 10, and 100 where that left an area open; `areas` are connected, and every one was measured. The rivals",
    "ran once where there are units to join, for at most 60 s of processor time, pygeoda's greedy with 99 iterations;",
    "where an area is open for us, also spopt with two more seeds, pygeoda's greedy with 9,999 iterations, and its SA.",
    "Ours is of the version that swept along one direction; with the three of today ten of the hardest areas were run",
    "again, and stayed proven.",
)
LIMITS = (
    "Synthetic (Delaunay, lognormal weights), five seeds each: 106 units at three a part, the most parts and then the",
    "fewest residents renamed, effort 10, and 100 where that left one open; 300 at four a part, effort 100 and 1,000.",
    "Seeds 3 and 4 of 300 units stayed open by a part at effort 100 of the version before, and were not measured to",
    "the end of 1,000.",
)
RENAMED = (
    "The most parts and then the fewest residents renamed (`--form max-p+renamed`) in every area of at least 100",
    "communes, effort 10; proven: that no plan is better in either.",
)
RULE = (
    "Every polygon layer of the wheel with an attribute to sum, two thresholds each, all counted: those that issue 3",
    "names, by the attribute it names or the only one there is; deaths in Tokyo at their mean and three times it; the",
    "area of the United States. Of a layer in several connected areas (Tokyo) the largest.",
)


def main() -> None:
    """Read the lines, write the tables."""
    lines = [json.loads(text) for text in (HERE / "results.jsonl").read_text(encoding="utf-8").splitlines()]
    (HERE / "results.md").write_text("\n".join(report(lines)) + "\n", encoding="utf-8")


def report(lines: list[Line]) -> Iterator[str]:
    """The whole page."""
    dates = sorted({line["date"] for line in lines})
    versions = ", ".join(f"{name} {number}" for name, number in lines[-1]["versions"].items())
    yield "# Max-p: measured beside spopt and pygeoda"
    yield ""
    yield f"Written by `bench/table.py` from `bench/results.jsonl`. Measured {' and '.join(dates)}; {versions};"
    yield f"Python {platform.python_version()} on {os.cpu_count()} cores ({platform.machine()}), each run on one core"
    yield from CONDITIONS
    yield from layers([line for line in lines if line["group"] in {"layers", "layer-rivals"}])
    yield from provinces(lines)
    yield from large([line for line in lines if line["group"] in {"large", "large-rivals"}])
    yield from limits([line for line in lines if line["group"] == "limits"])
    yield from fewest_renamed([line for line in lines if line["group"] == "renamed"])
    yield from remarks(lines)


def layers(lines: list[Line]) -> Iterator[str]:
    """Real layers from the libpysal wheel."""
    yield from ("", "## Layers that libpysal ships", "")
    yield from RULE
    yield from ("", *layer_table(lines), "", f"In total {lead(lines)}.")


def bests(lines: list[Line], name: str) -> tuple[Line, int | None, int | None]:
    """Our line on a question, and the most parts of spopt and of pygeoda."""
    own = [line for line in lines if line["instance"] == name]
    mine = next(line for line in own if line["method"] == OURS)
    return mine, most(own, ("spopt",)), most(own, PYGEODA)


def names(lines: list[Line]) -> list[str]:
    """The questions that we answered, in their order."""
    return list(dict.fromkeys(line["instance"] for line in lines if line["method"] == OURS))


def lead(lines: list[Line]) -> str:
    """By how much we are ahead in total, each rival where it gave a plan."""
    rows = [bests(lines, name) for name in names(lines)]
    told = []
    for rival, at in (("the best of spopt's seeds", 1), ("pygeoda", 2)):
        pairs = [(row[0]["parts"], row[at]) for row in rows if row[at]]
        mine, theirs = sum(a for a, _ in pairs), sum(b for _, b in pairs)
        told.append(f"{mine:,} parts against {theirs:,}, {percent(mine, theirs)} more than {rival}")
    return "; ".join(told)


def layer_table(lines: list[Line]) -> Iterator[str]:
    """Every question in a row."""
    yield "| layer, attribute, threshold | n | Tinh Gọn | s | spopt, best of 3 | s | pygeoda, best of 2 | s |"
    yield "|---|--:|--:|--:|--:|--:|--:|--:|"
    for name in names(lines):
        own = [line for line in lines if line["instance"] == name]
        mine, spopt, pygeoda = bests(lines, name)
        yield (
            f"| {name} | {mine['n']} | {mine['parts']}{'*' if mine['proven'] else ''} | {seconds(own, (OURS,))} "
            f"| {spopt or '-'} | {seconds(own, ('spopt',))} | {pygeoda or '-'} | {seconds(own, PYGEODA)} |"
        )


def provinces(lines: list[Line]) -> Iterator[str]:
    """The provinces of 2009."""
    yield from ("", "## Communes of 2009 within provinces (population)", "")
    yield from PROVINCES
    yield from ("", "| threshold | areas | proven | parts | bound | gap | s, all | slowest area, s |")
    yield "|--:|--:|--:|--:|--:|--:|--:|--:|"
    own = [line for line in lines if line["group"] == "provinces"]
    for threshold in sorted({line["threshold"] for line in own}):
        yield province_row(summed(threshold, [line for line in own if line["threshold"] == threshold]))
    yield from province_rivals(lines)
    yield from ("", "Open for us, with all seeds and methods of the rivals:", "", *open_areas(lines))


def summed(threshold: float, lines: list[Line]) -> Line:
    """The areas of a threshold as one line."""
    totals = {name: sum(line[name] for line in lines) for name in ("proven", "parts", "bound", "seconds")}
    slowest = max(line["seconds"] for line in lines)
    return {"threshold": threshold, "areas": len(lines), "slowest": slowest, **totals}


def province_row(line: Line) -> str:
    """A row of the table of provinces."""
    parts, bound, slowest = line["parts"], line["bound"], line["slowest"]
    return (
        f"| {line['threshold']:,} | {line['areas']} | {line['proven']} | {parts:,} | {bound:,.0f} "
        f"| {100 * (bound - parts) / parts:.2f} % | {line['seconds']:.0f} | {slowest:.0f} |"
    )


def province_rivals(lines: list[Line]) -> Iterator[str]:
    """How the rivals did in the same provinces, as far as they were run."""
    ours = {key(line): line["parts"] for line in lines if line["group"] == "provinces"}
    theirs = [line for line in lines if line["group"] == "province-rivals" and key(line) in ours]
    for threshold, method in sorted({(line["threshold"], line["method"]) for line in theirs}):
        runs = [line for line in theirs if (line["threshold"], line["method"]) == (threshold, method)]
        done = [line for line in runs if line["parts"]]
        if not done:
            continue
        mine, other = sum(ours[key(line)] for line in done), sum(line["parts"] for line in done)
        ahead = sum(line["parts"] > ours[key(line)] for line in done)
        yield ""
        yield (
            f"At {threshold:,}, {method} finished {len(done)} of {len(runs)} areas: {other:,} parts against "
            f"{mine:,} of ours in the same areas ({percent(mine, other)} more); it found more than we did in {ahead}."
        )


def open_areas(lines: list[Line]) -> Iterator[str]:
    """The areas we could not prove, beside the best of all runs of the rivals."""
    for mine in (line for line in lines if line["group"] == "provinces" and not line["proven"]):
        own = [line for line in lines if line["group"].endswith("-rivals") and "threshold" in line]
        own = [line for line in own if key(line) == key(mine)]
        yield (
            f"- {mine['instance']} at {mine['threshold']:,}: {mine['parts']} parts, bound {mine['bound']:.0f}; "
            f"spopt at most {most(own, ('spopt',))}, pygeoda {most(own, PYGEODA)}"
        )


def large(lines: list[Line]) -> Iterator[str]:
    """Large synthetic graphs."""
    yield from ("", "## One large graph (synthetic: Delaunay, lognormal weights)", "")
    yield "| graph | method | parts | s | peak MB | remark |"
    yield "|---|---|--:|--:|--:|---|"
    for line in lines:
        method = f"{OURS}, effort {line['effort']}" if line["method"] == OURS else line["method"]
        parts = f"{line['parts']:,}" if line["parts"] else "-"
        peak = f"{line['megabytes']:.0f}" if line["megabytes"] else "?"
        took = seconds([line], (line["method"],))
        yield f"| {line['instance']} | {method} | {parts} | {took} | {peak} | {line['remark']} |"
    yield from memory([line for line in lines if line["method"] == OURS])


def memory(lines: list[Line]) -> Iterator[str]:
    """What a neighbouring pair of units takes, from the smallest to the largest graph in one process."""
    if len(lines) > 1:
        small, big = lines[0], lines[-1]
        more = (big["megabytes"] - small["megabytes"]) * 2**20 / (big["edges"] - small["edges"])
        yield from (
            "",
            f"Peak memory grows by {more:.0f} bytes for each border more, the problem itself included.",
        )


def limits(lines: list[Line]) -> Iterator[str]:
    """Where the method of the trial ended."""
    yield from ("", "## At the limits of the trial", "", *LIMITS, "")
    yield "| instance | parts | bound | renamed | proven | effort | s |"
    yield "|---|--:|--:|--:|---|--:|--:|"
    for line in lines:
        renamed = f"{line['renamed_residents']:,.0f}" if line["renamed"] else ""
        yield (
            f"| {line['instance']} | {line['parts']} | {line['bound']:.0f} | {renamed} "
            f"| {'yes' if line['proven'] else 'no'} | {line['effort']:,} | {line['seconds']:.1f} |"
        )


def fewest_renamed(lines: list[Line]) -> Iterator[str]:
    """The larger areas of 2009 in both objectives."""
    yield from ("", "## Communes of 2009, the most parts and then the fewest renamed", "", *RENAMED, "")
    yield "| threshold | areas | proven | s, all | slowest area, s |"
    yield "|--:|--:|--:|--:|--:|"
    for threshold in sorted({line["threshold"] for line in lines}):
        own = [line for line in lines if line["threshold"] == threshold]
        took = [line["seconds"] for line in own]
        proven = sum(line["proven"] for line in own)
        yield f"| {threshold:,} | {len(own)} | {proven} | {sum(took):.0f} | {max(took):.0f} |"
    yield from ("", "Open in the second objective:", "")
    for line in (line for line in lines if not line["proven"]):
        place = f"{line['instance']} ({line['n']} communes) at {line['threshold']:,}"
        yield f"- {place}: {line['renamed_residents']:,.0f} renamed, {line['seconds']:.0f} s"


def remarks(lines: list[Line]) -> Iterator[str]:
    """Runs that gave no lawful plan."""
    failed = [line for line in lines if line["remark"] and "large" not in line["group"]]
    if failed:
        yield from ("", "## Runs without a lawful plan", "")
    for line in failed:
        place = f"{line['instance']}{' at ' + format(line['threshold'], ',') if 'threshold' in line else ''}"
        yield f"- {place}: {line['method']}, seed {line['seed']}: {line['remark']}"


def key(line: Line) -> tuple[str, int, float]:
    """What tells one area of a province at a threshold from another."""
    return line["instance"], line["n"], line["threshold"]


def most(lines: Iterable[Line], methods: tuple[str, ...]) -> int | None:
    """The most parts that one of the methods found."""
    return max((line["parts"] for line in lines if line["method"] in methods and line["parts"]), default=None)


def seconds(lines: Iterable[Line], methods: tuple[str, ...]) -> str:
    """What their runs took together."""
    runs = [line for line in lines if line["method"] in methods]
    return f"{sum(line['seconds'] for line in runs):.1f}"


def percent(more: float, less: float) -> str:
    """By how much the first is above the second."""
    return f"{100 * (more / less - 1):.1f} %"


if __name__ == "__main__":
    main()
