"""The published test vectors: files of cases, each with an input and what is expected of it."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FORMAT_VERSION = 2
"""The newest format that this validator knows."""

Json = dict[str, Any]
Judge = Callable[[Json], Json]


@dataclass(frozen=True)
class Outcome:
    """How a case went: `agrees`, `differs`, `differs-as-allowed` or `skipped`."""

    case: str
    kind: str
    outcome: str
    got: Json | None = None


def run_vectors(folder: Path, judges: Mapping[str, Judge]) -> Iterator[Outcome]:
    """Every case of every file; what is of a later format, or of an unknown topic, is skipped."""
    for path in sorted(folder.glob("*.json")):
        file = json.loads(path.read_text("utf-8"))
        judge = judges.get(file["topic"])
        for case in file["cases"]:
            name = f"{file['topic']}/{case['id']}"
            needed = case.get("min_format_version", file["min_format_version"])
            if judge is None or needed > FORMAT_VERSION:
                yield Outcome(name, case["kind"], "skipped")
            else:
                yield _outcome(name, case, judge(case["input"]))


def _outcome(name: str, case: Json, got: Json) -> Outcome:
    if got == case["expected"]:
        return Outcome(name, case["kind"], "agrees", got)
    allowed = got in case.get("or_else", [])
    return Outcome(name, case["kind"], "differs-as-allowed" if allowed else "differs", got)
