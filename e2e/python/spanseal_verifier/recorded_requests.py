"""Files of requests, as the file exporter of the Collector writes them."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from .request import UnreadableRequestError, read_json, read_protobuf

Record = TypeVar("Record", str, bytes)

_LENGTH_BYTES = 4


def read_requests(file: Path) -> Iterator[ExportTraceServiceRequest | None]:
    """The requests of a file; None for one that cannot be read."""
    if file.suffix == ".jsonl":
        yield from (_readable(read_json, line) for line in file.read_text("utf-8").split("\n") if line)
    else:
        yield from (_readable(read_protobuf, record) for record in _records(file.read_bytes()))


def _readable(
    read: Callable[[Record], ExportTraceServiceRequest], record: Record
) -> ExportTraceServiceRequest | None:
    try:
        return read(record)
    except UnreadableRequestError:
        return None


def _records(data: bytes) -> Iterator[bytes]:
    start = 0
    while start < len(data):
        body = start + _LENGTH_BYTES
        start = body + int.from_bytes(data[start:body], "big")
        yield data[body:start]
