"""The MAC of a checkpoint."""

from . import key_schedule
from .checkpoint_text import Checkpoint
from .frame import frame
from .key_schedule import KeyName, epoch_keys, stream_key


def checkpoint_mac(checkpoint: Checkpoint, name: KeyName, secret: bytes) -> bytes:
    """The MAC that a checkpoint should have, under the secret of its stream."""
    key = epoch_keys(stream_key(secret, name, checkpoint.stream_id), checkpoint.epoch).checkpoint
    return key_schedule.mac(name.algorithm, key, checkpoint_message(checkpoint, name))


def checkpoint_message(checkpoint: Checkpoint, name: KeyName) -> bytes:
    losses = (number for loss in checkpoint.losses for number in (loss.reason, loss.first_seq, loss.count))
    return frame(
        "spanseal/checkpoint/v1",
        name.algorithm,
        name.realm,
        name.key_id,
        checkpoint.stream_id,
        checkpoint.number,
        checkpoint.epoch,
        checkpoint.first_seq,
        checkpoint.count,
        checkpoint.from_millis,
        checkpoint.to_millis,
        checkpoint.root,
        checkpoint.previous,
        int(checkpoint.end),
        checkpoint.unsealed,
        frame(*losses),
        checkpoint.trace_tags,
    )
