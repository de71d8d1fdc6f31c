"""What spans and checkpoints that verified say together about their stream."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from . import stream_id
from .checkpoint_text import Checkpoint
from .merkle import leaf_hash, merkle_root

_NO_PREVIOUS = bytes(16)


@dataclass
class Stream:
    """What was seen of a stream, which is of one key."""

    key_id: str
    stream_id: bytes
    macs: dict[int, bytes] = field(default_factory=dict)
    checkpoints: dict[int, Checkpoint] = field(default_factory=dict)
    twice_numbered: bool = False
    anchored: bool = False
    latest_epoch: int = 0
    service: str | None = None
    instance: str | None = None

    def add_checkpoint(self, checkpoint: Checkpoint) -> None:
        other = self.checkpoints.setdefault(checkpoint.number, checkpoint)
        self.twice_numbered = self.twice_numbered or other.text != checkpoint.text

    @property
    def chain(self) -> list[Checkpoint]:
        return [self.checkpoints[number] for number in sorted(self.checkpoints)]


@dataclass(frozen=True)
class Situation:
    """What a verifier was told, and the streams that it saw. Without a time, none of them still goes on."""

    now_millis: int | None
    whole_traces_dropped: bool
    expected: frozenset[bytes]
    streams: Sequence[Stream]
    trace_tags: frozenset[bytes]


@dataclass(frozen=True)
class StreamVerdict:
    verdict: str
    missing: Sequence[int] = ()


_SIGN_OF_LIFE_MILLIS = 600_000


def judge(stream: Stream, situation: Situation) -> StreamVerdict:
    absent = [seq for seq in range(_end_of(stream)) if seq not in stream.macs]
    declared = _declared(stream)
    sampled = _sampled(stream, situation) if situation.whole_traces_dropped else set()
    missing = [seq for seq in absent if seq not in declared and seq not in sampled]
    return StreamVerdict(_verdict(stream, situation, _Absent(absent, missing, declared)), missing)


@dataclass(frozen=True)
class _Absent:
    """Seqs that are not there, those that nothing accounts for, and those that were said to be lost."""

    seqs: Sequence[int]
    missing: Sequence[int]
    declared: set[int]


def _verdict(stream: Stream, situation: Situation, absent: _Absent) -> str:
    if _is_fork(stream) or any(_shares_id(stream, other) for other in situation.streams):
        return "fork"
    if absent.missing or len(stream.checkpoints) <= max(stream.checkpoints, default=-1):
        return "missing"
    unended = _unended(stream, situation)
    if unended is not None:
        return unended
    if not absent.declared.issuperset(absent.seqs):
        return "sampled-or-deleted"
    unsealed = stream.chain[-1].unsealed if stream.checkpoints else 0
    return "declared-loss" if unsealed or absent.seqs else "complete"


def _is_fork(stream: Stream) -> bool:
    chain = stream.chain
    if stream.twice_numbered or any(_misstates_spans(stream, checkpoint) for checkpoint in chain):
        return True
    if 0 in stream.checkpoints and (chain[0].first_seq != 0 or chain[0].previous != _NO_PREVIOUS):
        return True
    if any(_misstates_itself(stream, checkpoint) for checkpoint in chain):
        return True
    return any(not _follows(before, after) for before, after in pairwise(chain))


def _shares_id(stream: Stream, other: Stream) -> bool:
    return other.stream_id == stream.stream_id and other.key_id != stream.key_id


def _misstates_itself(stream: Stream, checkpoint: Checkpoint) -> bool:
    if checkpoint.to_millis < checkpoint.from_millis:
        return True
    return checkpoint.end and any(seq >= checkpoint.end_seq for seq in stream.macs)


def _follows(before: Checkpoint, after: Checkpoint) -> bool:
    if before.end or after.from_millis < before.to_millis:
        return False
    if after.number != before.number + 1:
        return True
    if after.from_millis != before.to_millis:
        return False
    return after.previous == before.hash and after.first_seq == before.end_seq


def _misstates_spans(stream: Stream, checkpoint: Checkpoint) -> bool:
    seqs = range(checkpoint.first_seq, checkpoint.end_seq)
    if any(seq not in stream.macs for seq in seqs):
        return False
    return merkle_root([leaf_hash(seq, stream.macs[seq]) for seq in seqs]) != checkpoint.root


def _end_of(stream: Stream) -> int:
    """Where checkpoints follow, what they do not tell of yet can be on its way, or gone with the process."""
    ends = [checkpoint.end_seq for checkpoint in stream.checkpoints.values()]
    seen = [] if _is_promised(stream) else [seq + 1 for seq in stream.macs]
    return max([0, *seen, *ends])


def _is_promised(stream: Stream) -> bool:
    return bool(stream.checkpoints) or stream.anchored


def _declared(stream: Stream) -> set[int]:
    losses = (loss for checkpoint in stream.checkpoints.values() for loss in checkpoint.losses)
    end = _end_of(stream)
    return {seq for loss in losses for seq in range(loss.first_seq, min(loss.first_seq + loss.count, end))}


def _sampled(stream: Stream, situation: Situation) -> set[int]:
    tags = (pair for checkpoint in stream.checkpoints.values() for pair in _tags_of(checkpoint))
    return {seq for seq, tag in tags if tag not in situation.trace_tags}


def _tags_of(checkpoint: Checkpoint) -> Iterator[tuple[int, bytes]]:
    for i in range(checkpoint.count):
        yield checkpoint.first_seq + i, checkpoint.trace_tags[6 * i : 6 * i + 6]


def _unended(stream: Stream, situation: Situation) -> str | None:
    """What an end that is not there means; None where it is there, or need not be there yet."""
    if any(checkpoint.end for checkpoint in stream.checkpoints.values()):
        return None
    if not _is_promised(stream) or _shows_life(stream, situation.now_millis):
        return None
    if any(_restarts(stream, other) for other in situation.streams):
        return "restart"
    return "stale" if stream.stream_id in situation.expected else "truncated"


def _shows_life(stream: Stream, now_millis: int | None) -> bool:
    if now_millis is None:
        return False
    signs = (
        [stream_id.epoch_start_seconds(stream.stream_id, stream.latest_epoch) * 1000] if stream.macs else []
    )
    if stream.checkpoints:
        signs.append(stream.chain[-1].to_millis)
    return abs(now_millis - max(signs)) <= _SIGN_OF_LIFE_MILLIS


def _restarts(stream: Stream, other: Stream) -> bool:
    later = stream_id.start_seconds(other.stream_id) > stream_id.start_seconds(stream.stream_id)
    if not later or stream.service is None or stream.service != other.service:
        return False
    return stream.instance is None or other.instance in (None, stream.instance)
