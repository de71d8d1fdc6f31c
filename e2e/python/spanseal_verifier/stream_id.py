"""A stream id: the second at which the stream began, and twelve random bytes."""

from .key_schedule import EPOCH_SECONDS

BYTES = 16


def start_seconds(stream_id: bytes) -> int:
    return int.from_bytes(stream_id[:4], "big")


def epoch_start_seconds(stream_id: bytes, epoch: int) -> int:
    return start_seconds(stream_id) + EPOCH_SECONDS * epoch


def epoch_end_seconds(stream_id: bytes, epoch: int) -> int:
    return epoch_start_seconds(stream_id, epoch + 1)
