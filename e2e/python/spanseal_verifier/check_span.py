"""The verdict on one span, by itself."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, islice

from opentelemetry.proto.common.v1.common_pb2 import AnyValue, KeyValue
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from . import span_mac, stream_id
from .canonical import SEAL_KEY, CanonicalSpan, NoCanonicalFormError, canonical_span
from .key_ring import Key, KeyRing
from .key_schedule import EpochKeys, epoch_keys, realm_tag, stream_key
from .request import SpanInRequest
from .seal_text import MalformedError, Seal, UnsupportedVersionError, parse_seal
from .span_mac import SealedSpan

_MOST_ADDED = 3
_MOST_TRIES = 20_000
_EARLIEST_SECONDS = 86_400
_LATEST_SECONDS = 300


@dataclass(frozen=True)
class SpanVerdict:
    verdict: str
    sections: Sequence[str] = ()
    keys: Sequence[str] = ()
    seal: Seal | None = None


def check_span(place: SpanInRequest, ring: KeyRing) -> SpanVerdict:
    values = [attribute.value for attribute in place.span.attributes if attribute.key == SEAL_KEY]
    if not values:
        return SpanVerdict("unsigned")
    seal = _seal_of(values)
    return seal if isinstance(seal, SpanVerdict) else _check_seal(place, ring, seal)


def _seal_of(values: Sequence[AnyValue]) -> Seal | SpanVerdict:
    if len(values) > 1 or values[0].WhichOneof("value") != "string_value":
        return SpanVerdict("malformed")
    try:
        return parse_seal(values[0].string_value)
    except MalformedError:
        return SpanVerdict("malformed")
    except UnsupportedVersionError:
        return SpanVerdict("unsupported-version")


def _check_seal(place: SpanInRequest, ring: KeyRing, seal: Seal) -> SpanVerdict:
    found = ring.find(seal.key_id, seal.stream_id)
    if found is None:
        return SpanVerdict("unknown-key")
    key, secret = found
    if seal.realm_tag != realm_tag(secret, ring.realm):
        return SpanVerdict("wrong-realm")
    try:
        canonical = canonical_span(place.span)
        origin = span_mac.origin(place, seal.marks)
    except NoCanonicalFormError:
        return SpanVerdict("malformed")
    name = ring.name_of(key)
    keys = epoch_keys(stream_key(secret, name, seal.stream_id), seal.epoch)
    sealed = SealedSpan(seal, name, canonical, origin)
    if not hmac.compare_digest(span_mac.span_mac(sealed, keys.span, canonical.core), seal.mac):
        changed = _what_changed(place.span, sealed, keys)
        return _check_additions(changed, place, key, sealed) if changed.verdict == "additions" else changed
    return _check_circumstances(place, key, sealed)


def _check_additions(changed: SpanVerdict, place: SpanInRequest, key: Key, sealed: SealedSpan) -> SpanVerdict:
    checked = _check_circumstances(place, key, sealed)
    if checked.verdict not in ("valid", "valid-core"):
        return checked
    return SpanVerdict("additions", keys=changed.keys, seal=sealed.seal)


def _what_changed(span: Span, sealed: SealedSpan, keys: EpochKeys) -> SpanVerdict:
    seal, canonical = sealed.seal, sealed.canonical
    found = span_mac.section_tags(canonical, sealed.origin)
    said = span_mac.unpadded(seal.sections, span_mac.section_pad(keys.section, seal.seq))
    changed = span_mac.changed_sections(found, said)
    if len(changed) in (0, len(span_mac.SECTION_NAMES)):
        return SpanVerdict("invalid")
    added = _added_keys(span, sealed, keys) if changed == ["attributes"] else None
    return SpanVerdict("changed", sections=changed) if added is None else SpanVerdict("additions", keys=added)


def _added_keys(span: Span, sealed: SealedSpan, keys: EpochKeys) -> list[str] | None:
    attributes = [attribute for attribute in span.attributes if attribute.key != SEAL_KEY]
    more = len(attributes) - sealed.seal.attributes
    if not 1 <= more <= _MOST_ADDED:
        return None
    for added in islice(combinations(attributes, more), _MOST_TRIES):
        names = {attribute.key for attribute in added}
        rest = _without(span, names)
        if hmac.compare_digest(span_mac.span_mac(sealed, keys.span, rest.core), sealed.seal.mac):
            return sorted(names)
    return None


def _without(span: Span, names: set[str]) -> CanonicalSpan:
    rest = Span()
    rest.CopyFrom(span)
    kept: list[KeyValue] = [attribute for attribute in span.attributes if attribute.key not in names]
    del rest.attributes[:]
    rest.attributes.extend(kept)
    return canonical_span(rest)


def _check_circumstances(place: SpanInRequest, key: Key, sealed: SealedSpan) -> SpanVerdict:
    seal = sealed.seal
    epoch_end = stream_id.epoch_end_seconds(seal.stream_id, seal.epoch)
    if key.revoked_from_millis is not None and key.revoked_from_millis < epoch_end * 1000:
        return SpanVerdict("revoked-key", seal=seal)
    if not seal.marks & span_mac.LATE_MARK and not _in_window(place.span, seal):
        return SpanVerdict("epoch-mismatch", seal=seal)
    try:
        tail = span_mac.tail(place, sealed.canonical.event_places)
    except NoCanonicalFormError:
        return SpanVerdict("malformed")
    return SpanVerdict("valid" if tail == seal.tail else "valid-core", seal=seal)


def _in_window(span: Span, seal: Seal) -> bool:
    end = span.end_time_unix_nano // 10**9
    earliest = stream_id.epoch_start_seconds(seal.stream_id, seal.epoch) - _EARLIEST_SECONDS
    latest = stream_id.epoch_end_seconds(seal.stream_id, seal.epoch) + _LATEST_SECONDS
    return earliest <= end <= latest
