"""The note of a checkpoint, for people and witnesses."""

from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256

from .checkpoint_text import LOSS_REASONS, Checkpoint
from .letters import spell_bytes


def checkpoint_note(checkpoint: Checkpoint) -> str:
    """The signed note, with the line of the MAC."""
    name = f"spanseal/{checkpoint.key_id}"
    key_hash = sha256(f"{name}\n".encode() + b"\xffspanseal/checkpoint-mac/v1").digest()[:4]
    return f"{note_body(checkpoint)}\n\u2014 {name} {_base64(key_hash + checkpoint.mac)}\n"


def note_body(checkpoint: Checkpoint) -> str:
    return "".join(f"{line}\n" for line in _lines(checkpoint))


def _lines(checkpoint: Checkpoint) -> Iterator[str]:
    yield f"spanseal/checkpoint/v1/{spell_bytes(checkpoint.stream_id)}"
    yield str(checkpoint.end_seq)
    yield _base64(checkpoint.root)
    yield f"number {checkpoint.number}"
    yield f"epoch {checkpoint.epoch}"
    yield f"spans {checkpoint.first_seq} {checkpoint.count}"
    yield f"time {checkpoint.from_millis} {checkpoint.to_millis}"
    yield f"previous {_base64(checkpoint.previous)}"
    yield f"realm {_base64(checkpoint.realm_tag)}"
    yield f"unsealed {checkpoint.unsealed}"
    for loss in checkpoint.losses:
        yield f"lost {LOSS_REASONS[loss.reason]} {loss.first_seq} {loss.count}"
    if checkpoint.count > 0:
        yield f"traces {_base64(checkpoint.trace_tags)}"
    if checkpoint.end:
        yield "end"


def _base64(data: bytes) -> str:
    return b64encode(data).decode()
