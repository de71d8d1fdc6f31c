"""What the MAC of a span is computed over."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from opentelemetry.proto.common.v1.common_pb2 import AnyValue

from . import key_schedule
from .canonical import CanonicalSpan, NoCanonicalFormError, attribute_fields, canonical_value
from .frame import frame
from .key_schedule import KeyName
from .request import SpanInRequest
from .seal_text import SECTIONS_BYTES, TAIL_BYTES, Seal

SECTION_NAMES = ("span", "attributes", "events", "links", "origin")
ANCHORED_MARK = 1 << 1
LATE_MARK = 1 << 0

_COVERED_KEYS = (
    "service.name",
    "service.namespace",
    "service.instance.id",
    "service.version",
    "deployment.environment.name",
    "telemetry.sdk.name",
    "telemetry.sdk.language",
    "telemetry.sdk.version",
)
_FIRST_COVERED_MARK = 2


@dataclass(frozen=True)
class SealedSpan:
    """A span with the seal that it carries, and the key that this seal names."""

    seal: Seal
    name: KeyName
    canonical: CanonicalSpan
    origin: bytes


def span_mac(sealed: SealedSpan, key: bytes, core: bytes) -> bytes:
    return key_schedule.mac(sealed.name.algorithm, key, span_message(sealed, core))


def span_message(sealed: SealedSpan, core: bytes) -> bytes:
    """What the MAC is over, for a core form that need not be that of the span."""
    seal, name = sealed.seal, sealed.name
    return frame(
        "spanseal/span/v1",
        name.algorithm,
        name.realm,
        name.key_id,
        seal.stream_id,
        seal.epoch,
        seal.seq,
        seal.marks,
        seal.attributes,
        seal.tail,
        seal.sections,
        sealed.origin,
        core,
    )


def origin(place: SpanInRequest, marks: int) -> bytes:
    values: dict[str, AnyValue] = {}
    for attribute in place.resource_spans.resource.attributes:
        if attribute.key not in _COVERED_KEYS:
            continue
        if attribute.key in values:
            raise NoCanonicalFormError("a covered key twice")
        values[attribute.key] = attribute.value
    covered = [key for i, key in enumerate(_COVERED_KEYS) if marks >> _FIRST_COVERED_MARK + i & 1]
    scope = place.scope_spans.scope
    pairs = [part for key in covered for part in (key, canonical_value(values.get(key, AnyValue())))]
    return sha256(frame("spanseal/origin/v1", scope.name, scope.version, *pairs)).digest()


def tail(place: SpanInRequest, event_places: Sequence[int]) -> bytes:
    span = place.span
    events = zip(event_places, (event.dropped_attributes_count for event in span.events), strict=True)
    links = ((link.flags, link.dropped_attributes_count) for link in span.links)
    return sha256(
        frame(
            "spanseal/tail/v1",
            span.flags,
            span.dropped_attributes_count,
            span.dropped_events_count,
            span.dropped_links_count,
            frame(*(number for pair in events for number in pair)),
            frame(*(number for pair in links for number in pair)),
            scope_tail(place),
        )
    ).digest()[:TAIL_BYTES]


def scope_tail(place: SpanInRequest) -> bytes:
    scope = place.scope_spans.scope
    return sha256(
        frame(
            "spanseal/scope-tail/v1",
            attribute_fields(1, scope.attributes),
            scope.dropped_attributes_count,
            place.scope_spans.schema_url,
            place.resource_spans.schema_url,
        )
    ).digest()


def section_tags(canonical: CanonicalSpan, origin_hash: bytes) -> bytes:
    sections = (canonical.own, canonical.attributes, canonical.events, canonical.links, origin_hash)
    return b"".join(_section_tag(section) for section in sections)


def unpadded(sections: bytes, pad: bytes) -> bytes:
    """Takes the pad from the section tags of a seal."""
    return bytes(tag ^ byte for tag, byte in zip(sections, pad, strict=True))


def section_pad(section_key: bytes, seq: int) -> bytes:
    """One block of AES, which as the first block of CTR mode is what that gives for zeros."""
    encryptor = Cipher(algorithms.AES128(section_key), modes.CTR(seq.to_bytes(16, "big"))).encryptor()
    return encryptor.update(bytes(SECTIONS_BYTES))


def changed_sections(tags: bytes, others: bytes) -> list[str]:
    return [
        name for i, name in enumerate(SECTION_NAMES) if tags[2 * i : 2 * i + 2] != others[2 * i : 2 * i + 2]
    ]


def _section_tag(section: bytes) -> bytes:
    return zlib.crc32(section).to_bytes(4, "little")[:2]
