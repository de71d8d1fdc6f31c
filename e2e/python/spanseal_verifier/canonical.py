"""The canonical form of a span and of values: one writing for whatever means the same."""

import math
import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from google.protobuf.message import Message
from google.protobuf.unknown_fields import UnknownFieldSet
from opentelemetry.proto.common.v1.common_pb2 import AnyValue, ArrayValue, KeyValue, KeyValueList
from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status

from . import wire

SEAL_KEY = "spanseal.seal"

_DEEPEST = 24
_TRACE_ID_BYTES, _SPAN_ID_BYTES = 16, 8
_NAN = bytes.fromhex("7ff8000000000000")


class NoCanonicalFormError(ValueError):
    """A message that could be read in more than one way."""


@dataclass(frozen=True)
class CanonicalSpan:
    """Both forms of a span, and the fields of the core form by section, tags and lengths included."""

    exact: bytes
    core: bytes
    own: bytes
    attributes: bytes
    events: bytes
    links: bytes
    attribute_count: int
    event_places: Sequence[int]


def canonical_span(span: Span) -> CanonicalSpan:
    _refuse_unknown(span)
    _refuse_key_twice(span.attributes)
    kept = [attribute for attribute in span.attributes if attribute.key != SEAL_KEY]
    attributes = attribute_fields(9, kept)
    head = _head(span)
    status = wire.always_bytes(15, _status(span.status))
    core_events = [wire.always_bytes(11, _event(event, exact=False)) for event in span.events]
    in_order = sorted(core_events)
    events = b"".join(in_order)
    links = b"".join(wire.always_bytes(13, _link(link, exact=False)) for link in span.links)
    return CanonicalSpan(
        exact=head + attributes + _exact_rest(span, status),
        core=head + attributes + events + links + status,
        own=head + status,
        attributes=attributes,
        events=events,
        links=links,
        attribute_count=len(kept),
        event_places=_places(core_events, in_order),
    )


def attribute_fields(number: int, attributes: Sequence[KeyValue]) -> bytes:
    """The attributes of a list as fields with this number, sorted by the bytes of their keys."""
    return b"".join(_key_value_fields(number, attributes, 0))


def canonical_value(value: AnyValue) -> bytes:
    return _value(value, 0)


def _head(span: Span) -> bytes:
    return b"".join(
        [
            _trace_id(1, span.trace_id),
            _span_id(2, span.span_id),
            wire.text_field(3, span.trace_state),
            _span_id(4, span.parent_span_id),
            wire.text_field(5, span.name),
            wire.varint_field(6, span.kind),
            wire.fixed64_field(7, span.start_time_unix_nano),
            wire.fixed64_field(8, span.end_time_unix_nano),
        ]
    )


def _exact_rest(span: Span, status: bytes) -> bytes:
    return b"".join(
        [
            wire.varint_field(10, span.dropped_attributes_count),
            *(wire.always_bytes(11, _event(event, exact=True)) for event in span.events),
            wire.varint_field(12, span.dropped_events_count),
            *(wire.always_bytes(13, _link(link, exact=True)) for link in span.links),
            wire.varint_field(14, span.dropped_links_count),
            status,
            wire.fixed32_field(16, span.flags),
        ]
    )


def _places(fields: Sequence[bytes], in_order: Sequence[bytes]) -> list[int]:
    first: dict[bytes, int] = {}
    for place, field in enumerate(in_order):
        first.setdefault(field, place)
    return [first[field] for field in fields]


def _trace_id(number: int, value: bytes) -> bytes:
    return _id(number, value, _TRACE_ID_BYTES)


def _span_id(number: int, value: bytes) -> bytes:
    return _id(number, value, _SPAN_ID_BYTES)


def _id(number: int, value: bytes, length: int) -> bytes:
    if len(value) not in (0, length):
        raise NoCanonicalFormError("an id of another length")
    return wire.bytes_field(number, value) if any(value) else b""


def _status(status: Status) -> bytes:
    _refuse_unknown(status)
    return wire.text_field(2, status.message) + wire.varint_field(3, status.code)


def _event(event: Span.Event, *, exact: bool) -> bytes:
    _refuse_unknown(event)
    dropped = wire.varint_field(4, event.dropped_attributes_count) if exact else b""
    return (
        wire.fixed64_field(1, event.time_unix_nano)
        + wire.text_field(2, event.name)
        + attribute_fields(3, event.attributes)
        + dropped
    )


def _link(link: Span.Link, *, exact: bool) -> bytes:
    _refuse_unknown(link)
    core = (
        _trace_id(1, link.trace_id)
        + _span_id(2, link.span_id)
        + wire.text_field(3, link.trace_state)
        + attribute_fields(4, link.attributes)
    )
    if not exact:
        return core
    return core + wire.varint_field(5, link.dropped_attributes_count) + wire.fixed32_field(6, link.flags)


def _key_value_fields(number: int, members: Sequence[KeyValue], depth: int) -> Iterator[bytes]:
    _refuse_key_twice(members)
    for member in sorted(members, key=lambda member: member.key.encode()):
        _refuse_unknown(member)
        if member.key_strindex:
            raise NoCanonicalFormError("a key that is a reference")
        value = wire.always_bytes(2, _value(member.value, depth))
        yield wire.always_bytes(number, wire.text_field(1, member.key) + value)


def _refuse_key_twice(members: Sequence[KeyValue]) -> None:
    if len({member.key for member in members}) < len(members):
        raise NoCanonicalFormError("a key twice")


def _value(value: AnyValue, depth: int) -> bytes:
    """The fields of a value inside of so many lists and maps."""
    _refuse_unknown(value)
    kind = value.WhichOneof("value")
    if kind is None:
        return b""
    if kind == "array_value":
        return wire.always_bytes(5, _array(value.array_value, depth + 1))
    if kind == "kvlist_value":
        return wire.always_bytes(6, _map(value.kvlist_value, depth + 1))
    if kind not in _SCALARS:
        raise NoCanonicalFormError("a value that is a reference")
    return _SCALARS[kind](value)


def _double(value: float) -> bytes:
    if math.isnan(value):
        return _NAN[::-1]
    return struct.pack("<d", value + 0.0)


_SCALARS: Mapping[str, Callable[[AnyValue], bytes]] = {
    "string_value": lambda value: wire.always_bytes(1, value.string_value.encode()),
    "bool_value": lambda value: wire.always_varint(2, value.bool_value),
    "int_value": lambda value: wire.always_varint(3, value.int_value),
    "double_value": lambda value: wire.always_fixed64(4, _double(value.double_value)),
    "bytes_value": lambda value: wire.always_bytes(7, value.bytes_value),
}


def _array(array: ArrayValue, depth: int) -> bytes:
    _refuse_too_deep(depth)
    _refuse_unknown(array)
    return b"".join(wire.always_bytes(1, _value(value, depth)) for value in array.values)


def _map(members: KeyValueList, depth: int) -> bytes:
    _refuse_too_deep(depth)
    _refuse_unknown(members)
    return b"".join(_key_value_fields(1, members.values, depth))


def _refuse_too_deep(depth: int) -> None:
    if depth > _DEEPEST:
        raise NoCanonicalFormError("too deep")


def _refuse_unknown(message: Message) -> None:
    if len(UnknownFieldSet(message)) > 0:
        raise NoCanonicalFormError("unknown fields")
