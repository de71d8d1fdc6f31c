"""The verdict on one checkpoint, by itself."""

import hmac
from dataclasses import dataclass

from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status

from . import stream_id
from .canonical import SEAL_KEY
from .checkpoint_mac import checkpoint_mac
from .checkpoint_text import Checkpoint, parse_checkpoint
from .key_ring import Key, KeyRing
from .key_schedule import realm_tag
from .request import SpanInRequest
from .seal_text import MalformedError, UnsupportedVersionError

CHECKPOINT_KEY = "spanseal.checkpoint"

_SCOPE = "@spanseal/otlp-exporter"
_LATEST_MILLIS = 300_000


@dataclass(frozen=True)
class CheckpointVerdict:
    """The verdict on a text by itself."""

    verdict: str
    checkpoint: Checkpoint | None = None


def is_checkpoint_span(span: Span) -> bool:
    return any(attribute.key == CHECKPOINT_KEY for attribute in span.attributes)


def text_of(span: Span) -> str:
    """The text of a checkpoint span: the first one; none is as an empty one."""
    values = [attribute.value for attribute in span.attributes if attribute.key == CHECKPOINT_KEY]
    return values[0].string_value


def check_checkpoint_text(text: str, ring: KeyRing) -> CheckpointVerdict:
    try:
        checkpoint = parse_checkpoint(text)
    except MalformedError:
        return CheckpointVerdict("malformed")
    except UnsupportedVersionError:
        return CheckpointVerdict("unsupported-version")
    found = ring.find(checkpoint.key_id, checkpoint.stream_id)
    if found is None:
        return CheckpointVerdict("unknown-key")
    key, secret = found
    if checkpoint.realm_tag != realm_tag(secret, ring.realm):
        return CheckpointVerdict("wrong-realm")
    if not hmac.compare_digest(checkpoint_mac(checkpoint, ring.name_of(key), secret), checkpoint.mac):
        return CheckpointVerdict("invalid")
    return _check_circumstances(checkpoint, key)


def _check_circumstances(checkpoint: Checkpoint, key: Key) -> CheckpointVerdict:
    start = stream_id.epoch_start_seconds(checkpoint.stream_id, checkpoint.epoch) * 1000
    end = stream_id.epoch_end_seconds(checkpoint.stream_id, checkpoint.epoch) * 1000
    if key.revoked_from_millis is not None and key.revoked_from_millis < end:
        return CheckpointVerdict("revoked-key", checkpoint)
    if not start - _LATEST_MILLIS <= checkpoint.to_millis <= end + _LATEST_MILLIS:
        return CheckpointVerdict("epoch-mismatch", checkpoint)
    return CheckpointVerdict("valid", checkpoint)


def span_fault(place: SpanInRequest) -> str | None:
    """The verdict on what a checkpoint span has beside its text; None for one that shows nothing."""
    span, scope = place.span, place.scope_spans.scope
    keys = [attribute.key for attribute in span.attributes]
    plain = (
        span.name == CHECKPOINT_KEY
        and scope.name == _SCOPE
        and not scope.attributes
        and span.kind in (Span.SPAN_KIND_UNSPECIFIED, Span.SPAN_KIND_INTERNAL)
        and span.status == Status()
        and not _shows_more(span)
    )
    if SEAL_KEY in keys or keys.count(CHECKPOINT_KEY) > 1 or not plain:
        return "malformed"
    return "additions" if len(keys) > 1 else None


def _shows_more(span: Span) -> bool:
    counts = span.dropped_attributes_count + span.dropped_events_count + span.dropped_links_count
    texts = span.trace_state or any(span.parent_span_id)
    return bool(span.events or span.links or texts or counts)
