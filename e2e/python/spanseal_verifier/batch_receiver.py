"""The verdict on whole requests, before anything of them is parsed."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass

from . import stream_id
from .batch_mac import Body, batch_mac
from .batch_text import Batch, parse_batch
from .key_ring import Key, KeyRing
from .key_schedule import realm_tag
from .seal_text import MalformedError, UnsupportedVersionError

RETRY_MILLIS = 300_000
"""How old a retry can be, where a receiver is told nothing else."""

_SKEW_MILLIS = 300_000


@dataclass(frozen=True)
class BatchVerdict:
    verdict: str
    batch: Batch | None = None


class BatchReceiver:
    def __init__(self, ring: KeyRing, max_age_millis: int = RETRY_MILLIS) -> None:
        self._ring = ring
        self._max_age_millis = max_age_millis
        self._remembered: dict[tuple[bytes, int], Batch] = {}
        self._forgotten_millis = -1

    def receive(self, headers: Sequence[str], body: Body, now_millis: int) -> BatchVerdict:
        if not headers:
            return BatchVerdict("unsigned")
        if len(headers) > 1:
            return BatchVerdict("malformed")
        try:
            batch = parse_batch(headers[0])
        except MalformedError:
            return BatchVerdict("malformed")
        except UnsupportedVersionError:
            return BatchVerdict("unsupported-version")
        refusal = _refusal(batch, body, self._ring)
        return BatchVerdict(refusal or self._place(batch, now_millis), batch)

    def _place(self, batch: Batch, now_millis: int) -> str:
        """The verdict on a batch whose MAC holds, beside those that came before."""
        self._forget(now_millis)
        if abs(now_millis - batch.time_millis) > self._max_age_millis:
            return "replay"
        before = self._remembered.get((batch.stream_id, batch.number))
        if before is not None:
            return "duplicate" if before.mac == batch.mac else "conflict"
        if batch.time_millis <= self._forgotten_millis:
            return "replay"
        self._remembered[batch.stream_id, batch.number] = batch
        return "valid"

    def _forget(self, now_millis: int) -> None:
        for place, batch in list(self._remembered.items()):
            if batch.time_millis < now_millis - self._max_age_millis:
                self._forgotten_millis = max(self._forgotten_millis, batch.time_millis)
                del self._remembered[place]


def _refusal(batch: Batch, body: Body, ring: KeyRing) -> str | None:
    """What a batch is refused as, whatever came before it and when."""
    found = ring.find(batch.key_id, batch.stream_id)
    if found is None:
        return "unknown-key"
    key, secret = found
    if batch.realm_tag != realm_tag(secret, ring.realm):
        return "wrong-realm"
    if not hmac.compare_digest(batch_mac(batch, body, ring.name_of(key), secret), batch.mac):
        return "invalid"
    return _misplaced(batch, key)


def _misplaced(batch: Batch, key: Key) -> str | None:
    start = stream_id.epoch_start_seconds(batch.stream_id, batch.epoch) * 1000
    end = stream_id.epoch_end_seconds(batch.stream_id, batch.epoch) * 1000
    if key.revoked_from_millis is not None and key.revoked_from_millis < end:
        return "revoked-key"
    if not start - _SKEW_MILLIS <= batch.time_millis <= end + _SKEW_MILLIS:
        return "epoch-mismatch"
    return None
