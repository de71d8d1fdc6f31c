"""`python -m spanseal_verifier vectors FOLDER`: runs the vectors, and says how each went, in lines of JSON."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

from .topics import TOPICS
from .vector_file import run_vectors


def main(arguments: list[str]) -> int:
    match arguments:
        case ["vectors", folder]:
            for outcome in run_vectors(Path(folder), TOPICS):
                print(json.dumps(asdict(outcome)))
            return 0
    print("usage: python -m spanseal_verifier vectors FOLDER", file=sys.stderr)
    return 3


sys.exit(main(sys.argv[1:]))
