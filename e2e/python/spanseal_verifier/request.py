"""Requests as they come: protobuf, or a line of OTLP/JSON."""

import json
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from google.protobuf.json_format import ParseDict, ParseError
from google.protobuf.message import DecodeError, Message
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import ResourceSpans, ScopeSpans, Span

AnyMessage = TypeVar("AnyMessage", bound=Message)

_ID_FIELDS = frozenset({"traceId", "spanId", "parentSpanId"})


class UnreadableRequest(ValueError):
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
        raise UnreadableRequest("no protobuf") from fault


def span_from_json(value: object) -> Span:
    return _parsed(value, Span())


def read_protobuf(data: bytes) -> ExportTraceServiceRequest:
    try:
        return ExportTraceServiceRequest.FromString(data)
    except DecodeError as fault:
        raise UnreadableRequest("no protobuf") from fault


def read_json(text: str) -> ExportTraceServiceRequest:
    try:
        value = json.loads(text)
    except ValueError as fault:
        raise UnreadableRequest("no JSON") from fault
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
    try:
        return ParseDict(_with_base64_ids(value), into)
    except (ParseError, ValueError) as fault:
        raise UnreadableRequest("no OTLP/JSON") from fault


def _with_base64_ids(value: object) -> object:
    if isinstance(value, list):
        return [_with_base64_ids(element) for element in value]
    if not isinstance(value, dict):
        return value
    return {
        key: b64encode(bytes.fromhex(member)).decode()
        if key in _ID_FIELDS and isinstance(member, str)
        else _with_base64_ids(member)
        for key, member in value.items()
    }
