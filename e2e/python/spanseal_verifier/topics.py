"""What this verifier says to the input of a vector, by topic."""

from collections.abc import Callable, Mapping, Sequence

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from . import span_mac
from .canonical import NoCanonicalForm, canonical_span
from .check_span import SpanVerdict, check_span
from .key_ring import KeyRing
from .key_schedule import epoch_keys, stream_key
from .request import SpanInRequest, UnreadableRequest, span_from_json, span_from_protobuf, spans_of
from .seal_text import Seal
from .span_mac import SealedSpan
from .vector_file import Json, Judge
from .vector_input import key_ring, requests


def _canonical_form(given: Json) -> Json:
    forms = [_forms(lambda: span_from_protobuf(bytes.fromhex(given["protobuf"])))]
    if "json" in given:
        forms.append(_forms(lambda: span_from_json(given["json"])))
    return _agreed(forms)


def _agreed(answers: Sequence[Json]) -> Json:
    """The answer to an input in each of its formats, which has to be one."""
    return answers[0] if answers[0] == answers[-1] else {"formats_differ": list(answers)}


def _forms(read: Callable[[], Span]) -> Json:
    try:
        canonical = canonical_span(read())
    except (NoCanonicalForm, UnreadableRequest):
        return {"canonical_form": "none"}
    return {"exact": canonical.exact.hex(), "core": canonical.core.hex()}


def _span_mac(given: Json) -> Json:
    ring = key_ring(given["key_ring"])
    return _agreed([_verdict_with_steps(request, ring) for request in requests(given["request"])])


def _verdict_with_steps(request: ExportTraceServiceRequest, ring: KeyRing) -> Json:
    place = next(spans_of(request))
    checked = check_span(place, ring)
    if checked.seal is None or checked.verdict not in ("valid", "valid-core"):
        return span_verdict(checked)
    return {**span_verdict(checked), "steps": _steps(place, ring, checked.seal)}


def span_verdict(checked: SpanVerdict) -> Json:
    verdict: Json = {"verdict": checked.verdict}
    if checked.sections:
        verdict["sections"] = list(checked.sections)
    if checked.keys:
        verdict["added"] = list(checked.keys)
    return verdict


def _steps(place: SpanInRequest, ring: KeyRing, seal: Seal) -> Json:
    found = ring.find(seal.key_id, seal.stream_id)
    assert found is not None
    key, secret = found
    name = ring.name_of(key)
    section_key = epoch_keys(stream_key(secret, name, seal.stream_id), seal.epoch).section
    canonical = canonical_span(place.span)
    origin = span_mac.origin(place, seal.marks)
    return {
        "seal": seal_parts(seal),
        "core_form": canonical.core.hex(),
        "scope_tail": span_mac.scope_tail(place).hex(),
        "tail": span_mac.tail(place, canonical.event_places).hex(),
        "origin": origin.hex(),
        "section_tags": span_mac.section_tags(canonical, origin).hex(),
        "pad": span_mac.section_pad(section_key, seal.seq).hex(),
        "message": span_mac.span_message(SealedSpan(seal, name, canonical, origin), canonical.core).hex(),
    }


def seal_parts(seal: Seal) -> Json:
    return {name: part.hex() if isinstance(part, bytes) else part for name, part in vars(seal).items()}


TOPICS: Mapping[str, Judge] = {
    "canonical-form": _canonical_form,
    "span-mac": _span_mac,
}
