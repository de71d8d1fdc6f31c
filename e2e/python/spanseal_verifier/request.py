"""Requests as they come: protobuf, or a line of OTLP/JSON."""

import json
from base64 import b64encode
from binascii import unhexlify
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from google.protobuf.json_format import ParseDict, ParseError
from google.protobuf.message import DecodeError, Message
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import ResourceSpans, ScopeSpans, Span

AnyMessage = TypeVar("AnyMessage", bound=Message)

_ID_FIELDS = frozenset({"traceId", "spanId", "parentSpanId"})


class UnreadableRequestError(ValueError):
    """Bytes that are no request."""


@dataclass(frozen=True)
class SpanInRequest:
    span: Span
    scope_spans: ScopeSpans
    resource_spans: ResourceSpans


def span_from_protobuf(data: bytes) -> Span:
    try:
        return Span.FromString(data)
    except DecodeError as fault:
        raise UnreadableRequestError("no protobuf") from fault


def span_from_json(value: object) -> Span:
    return _parsed(value, Span())


def read_protobuf(data: bytes) -> ExportTraceServiceRequest:
    try:
        return ExportTraceServiceRequest.FromString(data)
    except DecodeError as fault:
        raise UnreadableRequestError("no protobuf") from fault


def read_json(text: str) -> ExportTraceServiceRequest:
    try:
        value = json.loads(text)
    except ValueError as fault:
        raise UnreadableRequestError("no JSON") from fault
    return read_json_object(value)


def read_json_object(value: object) -> ExportTraceServiceRequest:
    return _parsed(value, ExportTraceServiceRequest())


def spans_of(request: ExportTraceServiceRequest) -> Iterator[SpanInRequest]:
    for resource_spans in request.resource_spans:
        for scope_spans in resource_spans.scope_spans:
            for span in scope_spans.spans:
                yield SpanInRequest(span, scope_spans, resource_spans)


def _parsed(value: object, into: AnyMessage) -> AnyMessage:
    """OTLP/JSON is the JSON of protobuf but for the ids, which are hex."""
    if not isinstance(value, dict):
        raise UnreadableRequestError("no object")
    try:
        return ParseDict(_with_base64_ids(value), into)
    except (ParseError, ValueError) as fault:
        raise UnreadableRequestError("no OTLP/JSON") from fault


def _with_base64_ids(members: dict[str, Any]) -> dict[str, Any]:
    return {
        key: _base64_id(member) if key in _ID_FIELDS else _inside(member) for key, member in members.items()
    }


def _inside(value: object) -> object:
    if isinstance(value, list):
        return [_inside(element) for element in value]
    return _with_base64_ids(value) if isinstance(value, dict) else value


def _base64_id(value: object) -> object:
    return b64encode(unhexlify(value)).decode() if isinstance(value, str) else value
