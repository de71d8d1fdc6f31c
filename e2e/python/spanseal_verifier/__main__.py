"""Says in lines of JSON what this verifier finds in vectors, or in requests one by one."""

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

from .recorded_requests import read_requests
from .topics import TOPICS, report
from .vector_file import Json, run_vectors
from .vector_input import key_ring

_USAGE = """usage: python -m spanseal_verifier vectors FOLDER
       python -m spanseal_verifier verify KEY_RING REQUESTS
       python -m spanseal_verifier judge TOPIC INPUTS

KEY_RING: a key ring as the vectors have it, as JSON. REQUESTS: OTLP/JSON, one on each line, in a file
named .jsonl; else protobuf, each request behind its length, four bytes. INPUTS: those of vectors of
the topic, one on each line.
"""


def main(arguments: list[str]) -> int:
    match arguments:
        case ["vectors", folder]:
            return _print(asdict(outcome) for outcome in run_vectors(Path(folder), TOPICS))
        case ["verify", ring, requests]:
            return _print(_verify(Path(ring), Path(requests)))
        case ["judge", topic, inputs]:
            lines = Path(inputs).read_text("utf-8").splitlines()
            return _print(TOPICS[topic](json.loads(line)) for line in lines)
    sys.stderr.write(_USAGE)
    return 3


def _print(answers: Iterable[Json]) -> int:
    for answer in answers:
        print(json.dumps(answer))
    return 0


def _verify(ring: Path, requests: Path) -> Iterator[Json]:
    """The report on each request by itself."""
    keys = key_ring(json.loads(ring.read_text("utf-8")))
    for request in read_requests(requests):
        yield {"unreadable": True} if request is None else report(request, keys)


sys.exit(main(sys.argv[1:]))
