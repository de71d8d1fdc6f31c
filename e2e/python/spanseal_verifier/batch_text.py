"""The text that signs a whole request."""

from collections.abc import Sequence
from dataclasses import dataclass

from . import letters, stream_id
from .seal_text import LARGEST_EPOCH, MAC_BYTES, REALM_TAG_BYTES, MalformedError, read_key_id, split_parts

_LONGEST = 192


@dataclass(frozen=True)
class Batch:
    key_id: str
    realm_tag: bytes
    stream_id: bytes
    epoch: int
    number: int
    first_seq: int
    count: int
    time_millis: int
    mac: bytes


def parse_batch(text: str) -> Batch:
    parts = split_parts(text, longest=_LONGEST, parts=10)
    try:
        batch = _of_parts(parts)
    except letters.SpellingError as fault:
        raise MalformedError(str(fault)) from fault
    if batch.first_seq + batch.count > letters.LARGEST_NUMBER:
        raise MalformedError("too large")
    return batch


def _of_parts(parts: Sequence[str]) -> Batch:
    key_id, tag, stream, epoch, number, first_seq, count, time, mac = parts
    return Batch(
        key_id=read_key_id(key_id),
        realm_tag=letters.read_bytes(tag, REALM_TAG_BYTES),
        stream_id=letters.read_bytes(stream, stream_id.BYTES),
        epoch=letters.read_number(epoch, LARGEST_EPOCH),
        number=letters.read_number(number),
        first_seq=letters.read_number(first_seq),
        count=letters.read_number(count),
        time_millis=letters.read_number(time),
        mac=letters.read_bytes(mac, MAC_BYTES),
    )
