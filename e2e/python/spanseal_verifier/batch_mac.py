"""The MAC of a whole request."""

from dataclasses import dataclass
from hashlib import sha256

from . import key_schedule
from .batch_text import Batch
from .frame import frame
from .key_schedule import KeyName, epoch_keys, stream_key


@dataclass(frozen=True)
class Body:
    """A request without any content coding; its format is `protobuf` or `json`."""

    content: bytes
    format: str

    @property
    def hash(self) -> bytes:
        return sha256(self.content).digest()


def batch_mac(batch: Batch, body: Body, name: KeyName, secret: bytes) -> bytes:
    """The MAC that a batch should have, under the secret of its stream."""
    return key_schedule.mac(name.algorithm, batch_key(batch, name, secret), batch_message(batch, body, name))


def batch_key(batch: Batch, name: KeyName, secret: bytes) -> bytes:
    return epoch_keys(stream_key(secret, name, batch.stream_id), batch.epoch).batch


def batch_message(batch: Batch, body: Body, name: KeyName) -> bytes:
    return frame(
        "spanseal/batch/v1",
        name.algorithm,
        name.realm,
        name.key_id,
        batch.stream_id,
        batch.epoch,
        batch.number,
        batch.first_seq,
        batch.count,
        batch.time_millis,
        body.format,
        body.hash,
    )
