"""The text of a seal."""

import re
from dataclasses import dataclass

from . import letters, stream_id
from .key_schedule import EPOCH_BITS

REALM_TAG_BYTES = 2
TAIL_BYTES = 12
SECTIONS_BYTES = 10
MAC_BYTES = 16
LARGEST_EPOCH = 2**EPOCH_BITS - 1
LARGEST_MARKS = 2**10 - 1

_LONGEST = 256
_KEY_ID = re.compile(r"(?!.*[0-9]{9})[A-Za-z0-9][A-Za-z0-9_-]{0,31}")
_OTHER_VERSION = re.compile(r"(?!1\Z)[0-9]{1,3}")


class MalformedError(ValueError):
    """A text that is no seal, checkpoint or batch."""


class UnsupportedVersionError(ValueError):
    """A text of another version of the protocol."""


@dataclass(frozen=True)
class Seal:
    key_id: str
    realm_tag: bytes
    stream_id: bytes
    epoch: int
    seq: int
    marks: int
    attributes: int
    tail: bytes
    sections: bytes
    mac: bytes


def split_parts(text: str, *, longest: int, parts: int) -> list[str]:
    """The parts of a text of this version, without the version. The length is in code units of UTF-16."""
    if len(text.encode("utf-16-le")) > 2 * longest:
        raise MalformedError("too long")
    version, *rest = text.split("~")
    if _OTHER_VERSION.fullmatch(version):
        raise UnsupportedVersionError("another version")
    if version != "1" or len(rest) != parts - 1:
        raise MalformedError("another number of parts")
    return rest


def read_key_id(text: str) -> str:
    if not _KEY_ID.fullmatch(text):
        raise MalformedError("not a key id")
    return text


def parse_seal(text: str) -> Seal:
    parts = split_parts(text, longest=_LONGEST, parts=11)
    key_id, tag, stream, epoch, seq, marks, attributes, tail, sections, mac = parts
    try:
        return Seal(
            key_id=read_key_id(key_id),
            realm_tag=letters.read_bytes(tag, REALM_TAG_BYTES),
            stream_id=letters.read_bytes(stream, stream_id.BYTES),
            epoch=letters.read_number(epoch, LARGEST_EPOCH),
            seq=letters.read_number(seq),
            marks=letters.read_number(marks, LARGEST_MARKS),
            attributes=letters.read_number(attributes),
            tail=letters.read_bytes(tail, TAIL_BYTES),
            sections=letters.read_bytes(sections, SECTIONS_BYTES),
            mac=letters.read_bytes(mac, MAC_BYTES),
        )
    except letters.SpellingError as fault:
        raise MalformedError(str(fault)) from fault
