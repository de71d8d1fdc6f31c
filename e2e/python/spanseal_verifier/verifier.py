"""The verdicts on whole requests, and on the streams in them."""

from collections.abc import Sequence
from dataclasses import dataclass

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from .check_checkpoint import check_checkpoint_text, is_checkpoint_span, span_fault, text_of
from .check_span import SpanVerdict, check_span
from .checkpoint_text import TRACE_TAG_BYTES, Checkpoint
from .key_ring import KeyRing
from .request import SpanInRequest, spans_of
from .seal_text import Seal
from .span_mac import ANCHORED_MARK
from .stream import Situation, Stream, StreamVerdict, judge


@dataclass(frozen=True)
class Told:
    """What a verifier is told beside its keys."""

    now_millis: int | None = None
    whole_traces_dropped: bool = False
    expected: frozenset[bytes] = frozenset()


NOTHING_TOLD = Told()


@dataclass(frozen=True)
class Report:
    """Verdicts in the order of the spans; of a checkpoint span, what is wrong with it and with its text."""

    spans: Sequence[SpanVerdict]
    checkpoints: Sequence[Sequence[str]]
    streams: Sequence[tuple[bytes, StreamVerdict]]


class Verifier:
    def __init__(self, ring: KeyRing, told: Told = NOTHING_TOLD) -> None:
        self._ring = ring
        self._told = told
        self._spans: list[SpanVerdict] = []
        self._checkpoints: list[Sequence[str]] = []
        self._streams: dict[tuple[bytes, str], Stream] = {}
        self._trace_tags: set[bytes] = set()

    def add(self, request: ExportTraceServiceRequest) -> None:
        for place in spans_of(request):
            if is_checkpoint_span(place.span):
                self._checkpoints.append(self._checkpoint_findings(place))
            else:
                self._spans.append(self._add_span(place))

    def finish(self) -> Report:
        streams = list(self._streams.values())
        situation = Situation(
            now_millis=self._told.now_millis,
            whole_traces_dropped=self._told.whole_traces_dropped,
            expected=self._told.expected,
            streams=streams,
            trace_tags=frozenset(self._trace_tags),
        )
        seen = {stream.stream_id for stream in streams}
        verdicts = [(expected, StreamVerdict("missing")) for expected in self._told.expected - seen]
        verdicts += [(stream.stream_id, judge(stream, situation)) for stream in streams]
        return Report(self._spans, self._checkpoints, verdicts)

    def add_checkpoint_text(self, text: str) -> None:
        self._take_checkpoint(text)

    def _take_checkpoint(self, text: str) -> str:
        checked = check_checkpoint_text(text, self._ring)
        if checked.verdict == "valid" and checked.checkpoint:
            self._stream(checked.checkpoint).add_checkpoint(checked.checkpoint)
        return checked.verdict

    def _checkpoint_findings(self, place: SpanInRequest) -> list[str]:
        verdicts = [span_fault(place), self._take_checkpoint(text_of(place.span))]
        return [verdict for verdict in verdicts if verdict not in (None, "valid")]

    def _add_span(self, place: SpanInRequest) -> SpanVerdict:
        checked = check_span(place, self._ring)
        if checked.verdict not in ("valid", "valid-core", "additions") or checked.seal is None:
            return checked
        seal = checked.seal
        stream = self._stream(seal)
        taken = stream.macs.get(seal.seq)
        if taken is None:
            self._remember(stream, seal, place)
            return checked
        if taken != seal.mac:
            return SpanVerdict("conflict", seal=seal)
        return checked if checked.verdict != "valid" else SpanVerdict("duplicate", seal=seal)

    def _stream(self, of: Seal | Checkpoint) -> Stream:
        name = (of.stream_id, of.key_id)
        return self._streams.setdefault(name, Stream(of.key_id, of.stream_id))

    def _remember(self, stream: Stream, seal: Seal, place: SpanInRequest) -> None:
        if not stream.macs:
            stream.service = _resource_text(place, "service.name")
            stream.instance = _resource_text(place, "service.instance.id")
        stream.macs[seal.seq] = seal.mac
        stream.anchored = stream.anchored or bool(seal.marks & ANCHORED_MARK)
        stream.latest_epoch = max(stream.latest_epoch, seal.epoch)
        self._trace_tags.add(place.span.trace_id[-TRACE_TAG_BYTES:])


def _resource_text(place: SpanInRequest, key: str) -> str | None:
    values = (
        attribute.value for attribute in place.resource_spans.resource.attributes if attribute.key == key
    )
    texts = (value.string_value for value in values if value.WhichOneof("value") == "string_value")
    return next(texts, None)
