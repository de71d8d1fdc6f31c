"""The text of a checkpoint."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from . import letters, stream_id
from .seal_text import LARGEST_EPOCH, MAC_BYTES, REALM_TAG_BYTES, MalformedError, read_key_id, split_parts

ROOT_BYTES = 32
PREVIOUS_BYTES = 16
TRACE_TAG_BYTES = 6
LOSS_REASONS = ("export-failed", "dropped")

_LONGEST = 2_040
_MOST_SPANS = 128
_MOST_LOSSES = 8


@dataclass(frozen=True)
class Loss:
    reason: int
    first_seq: int
    count: int


@dataclass(frozen=True)
class Checkpoint:
    text: str
    key_id: str
    realm_tag: bytes
    stream_id: bytes
    number: int
    epoch: int
    first_seq: int
    count: int
    from_millis: int
    to_millis: int
    root: bytes
    previous: bytes
    end: bool
    unsealed: int
    losses: Sequence[Loss]
    trace_tags: bytes
    mac: bytes

    @property
    def end_seq(self) -> int:
        """The seq with which the next checkpoint begins."""
        return self.first_seq + self.count

    @property
    def hash(self) -> bytes:
        """What the next checkpoint says of this one."""
        return sha256(self.text.encode()).digest()[:PREVIOUS_BYTES]


def parse_checkpoint(text: str) -> Checkpoint:
    parts = split_parts(text, longest=_LONGEST, parts=17)
    try:
        checkpoint = _of_parts(text, parts)
    except letters.SpellingError as fault:
        raise MalformedError(str(fault)) from fault
    if checkpoint.end_seq > letters.LARGEST_NUMBER:
        raise MalformedError("too large")
    return checkpoint


def _of_parts(text: str, parts: Sequence[str]) -> Checkpoint:
    count = letters.read_number(parts[6], _MOST_SPANS)
    return Checkpoint(
        text=text,
        key_id=read_key_id(parts[0]),
        realm_tag=letters.read_bytes(parts[1], REALM_TAG_BYTES),
        stream_id=letters.read_bytes(parts[2], stream_id.BYTES),
        number=letters.read_number(parts[3]),
        epoch=letters.read_number(parts[4], LARGEST_EPOCH),
        first_seq=letters.read_number(parts[5]),
        count=count,
        from_millis=letters.read_number(parts[7]),
        to_millis=letters.read_number(parts[8]),
        root=letters.read_bytes(parts[9], ROOT_BYTES),
        previous=letters.read_bytes(parts[10], PREVIOUS_BYTES),
        end=letters.read_number(parts[11], 1) == 1,
        unsealed=letters.read_number(parts[12]),
        losses=_read_losses(parts[13]),
        trace_tags=letters.read_bytes(parts[14], TRACE_TAG_BYTES * count),
        mac=letters.read_bytes(parts[15], MAC_BYTES),
    )


def _read_losses(text: str) -> list[Loss]:
    numbers = [letters.read_number(number) for number in text.split("_")] if text else []
    if len(numbers) % 3 or len(numbers) > 3 * _MOST_LOSSES:
        raise MalformedError("another number of losses")
    losses = [Loss(*numbers[i : i + 3]) for i in range(0, len(numbers), 3)]
    if any(loss.reason >= len(LOSS_REASONS) or loss.count == 0 for loss in losses):
        raise MalformedError("no loss")
    return losses
