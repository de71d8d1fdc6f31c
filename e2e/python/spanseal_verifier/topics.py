"""What this verifier says to the input of a vector, by topic."""

from collections.abc import Callable, Mapping, Sequence

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from . import span_mac
from .batch_mac import Body, batch_key, batch_message
from .batch_receiver import BatchVerdict
from .canonical import NoCanonicalFormError, canonical_span
from .check_checkpoint import check_checkpoint_text
from .check_span import SpanVerdict, check_span
from .checkpoint_mac import checkpoint_message
from .checkpoint_text import Checkpoint
from .key_ring import KeyRing
from .key_schedule import (
    KeyName,
    epoch_keys,
    epoch_node,
    realm_tag,
    stream_key,
    stream_secret,
    stream_secret_frame,
)
from .letters import spell_bytes
from .merkle import leaf_hash, merkle_root, root_of_path
from .note import checkpoint_note
from .request import SpanInRequest, UnreadableRequestError, span_from_json, span_from_protobuf, spans_of
from .seal_text import MalformedError, Seal, UnsupportedVersionError, parse_seal
from .signed_note import NoNoteError, NoteKey, open_note
from .span_mac import SealedSpan
from .vector_file import Json, Judge
from .vector_input import batch_receiver, key_ring, requests, told
from .verifier import NOTHING_TOLD, Told, Verifier


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
    except (NoCanonicalFormError, UnreadableRequestError):
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
    key, secret = ring.get(seal.key_id, seal.stream_id)
    name = ring.name_of(key)
    section_key = epoch_keys(stream_key(secret, name, seal.stream_id), seal.epoch).section
    canonical = canonical_span(place.span)
    origin = span_mac.origin(place, seal.marks)
    return {
        "seal": seal_parts(seal),
        "scope_tail": span_mac.scope_tail(place).hex(),
        "tail": span_mac.tail(place, canonical.event_places).hex(),
        "origin": origin.hex(),
        "section_tags": span_mac.section_tags(canonical, origin).hex(),
        "pad": span_mac.section_pad(section_key, seal.seq).hex(),
        "message": span_mac.span_message(SealedSpan(seal, name, canonical, origin), canonical.core).hex(),
    }


def seal_parts(seal: Seal) -> Json:
    return {name: part.hex() if isinstance(part, bytes) else part for name, part in vars(seal).items()}


def _key_schedule(given: Json) -> Json:
    name = KeyName(given["key"]["algorithm"], given["key"]["id"], given["realm"])
    stream, secret = bytes.fromhex(given["stream_id"]), bytes.fromhex(given["key"]["secret"])
    remote: Json = {}
    if given["remote"]:
        remote["stream_secret_frame"] = stream_secret_frame(name, stream).hex()
        secret = stream_secret(secret, name, stream)
        remote["stream_secret"] = secret.hex()
    key = stream_key(secret, name, stream)
    keys = epoch_keys(key, given["epoch"])
    batches: Json = {"batch_key": keys.batch.hex()} if given.get("with_batch_key", False) else {}
    return {
        "stream_key": key.hex(),
        "node": epoch_node(key, given["epoch"]).hex(),
        "span_key": keys.span.hex(),
        "checkpoint_key": keys.checkpoint.hex(),
        "section_key": keys.section.hex(),
        "realm_tag": realm_tag(secret, name.realm).hex(),
        **batches,
        **remote,
    }


def _seal_text(given: Json) -> Json:
    try:
        return {"parts": seal_parts(parse_seal(given["text"]))}
    except MalformedError:
        return {"refused": "malformed"}
    except UnsupportedVersionError:
        return {"refused": "unsupported-version"}


def _merkle_root(given: Json) -> Json:
    leaves = [leaf_hash(span["seq"], bytes.fromhex(span["mac"])) for span in given["spans"]]
    return {"leaves": [leaf.hex() for leaf in leaves], "root": merkle_root(leaves).hex()}


def _inclusion_proof(given: Json) -> Json:
    leaf = leaf_hash(given["seq"], bytes.fromhex(given["mac"]))
    path = [bytes.fromhex(node) for node in given["audit_path"]]
    root = root_of_path(leaf, path, index=given["index"], size=given["size"])
    return {"holds": root == bytes.fromhex(given["root"])}


def _checkpoint(given: Json) -> Json:
    ring = key_ring(given["key_ring"])
    checked = check_checkpoint_text(given["text"], ring)
    if checked.verdict != "valid" or checked.checkpoint is None:
        return {"verdict": checked.verdict}
    return {"verdict": checked.verdict, "steps": _checkpoint_steps(checked.checkpoint, ring)}


def _checkpoint_steps(checkpoint: Checkpoint, ring: KeyRing) -> Json:
    parts = {name: _written(part) for name, part in vars(checkpoint).items() if name != "text"}
    return {
        "checkpoint": parts,
        "message": checkpoint_message(checkpoint, ring.name_of(ring.keys[checkpoint.key_id])).hex(),
        "hash": checkpoint.hash.hex(),
        "note": checkpoint_note(checkpoint),
    }


def _written(part: object) -> object:
    if isinstance(part, bytes):
        return part.hex()
    if isinstance(part, list):
        return [vars(loss) for loss in part]
    return int(part) if isinstance(part, bool) else part


def _checkpoint_note(given: Json) -> Json:
    keys = [NoteKey(key["name"], bytes.fromhex(key["ed25519"])) for key in given["keys"]]
    try:
        body, signed_by = open_note(given["note"], keys)
    except NoNoteError:
        return {"opens": False}
    return {"body": body, "signed_by": signed_by}


def _checkpoint_chain(given: Json) -> Json:
    verifier = Verifier(key_ring(given["key_ring"]))
    for text in given["texts"]:
        verifier.add_checkpoint_text(text)
    ((_, verdict),) = verifier.finish().streams
    return {"verdict": verdict.verdict}


def _batch(given: Json) -> Json:
    ring = key_ring(given["key_ring"])
    receiver = batch_receiver(given, ring)
    batches: list[Json] = []
    for request in given["received"]:
        body = Body(bytes.fromhex(request["body"]), request["format"])
        checked = receiver.receive(request["headers"], body, request["now_millis"])
        batches.append({"verdict": checked.verdict, **_batch_steps(checked, body, ring)})
    return {"batches": batches}


def _batch_steps(checked: BatchVerdict, body: Body, ring: KeyRing) -> Json:
    batch = checked.batch
    if checked.verdict != "valid" or batch is None:
        return {}
    key, secret = ring.get(batch.key_id, batch.stream_id)
    name = ring.name_of(key)
    steps = {
        "batch": {part: _written(value) for part, value in vars(batch).items()},
        "batch_key": batch_key(batch, name, secret).hex(),
        "body_hash": body.hash.hex(),
        "message": batch_message(batch, body, name).hex(),
    }
    return {"steps": steps}


def _verdicts(given: Json) -> Json:
    ring, said = key_ring(given["key_ring"]), told(given.get("told", {}))
    return _agreed([report(request, ring, said) for request in requests(given["request"])])


def report(request: ExportTraceServiceRequest, ring: KeyRing, said: Told = NOTHING_TOLD) -> Json:
    """What is found in a request by itself."""
    verifier = Verifier(ring, said)
    verifier.add(request)
    found = verifier.finish()
    spelled = [(spell_bytes(stream), verdict) for stream, verdict in found.streams]
    streams = sorted(spelled, key=lambda pair: pair[0])
    return {
        "spans": [span_verdict(checked) for checked in found.spans],
        "checkpoints": [{"findings": findings} for findings in found.checkpoints],
        "streams": [
            {"stream": stream, "verdict": verdict.verdict, "missing": _ranges(verdict.missing)}
            for stream, verdict in streams
        ],
    }


def _ranges(seqs: Sequence[int]) -> list[list[int]]:
    """Ascending numbers as ranges, both ends included."""
    ranges: list[list[int]] = []
    for seq in seqs:
        if ranges and ranges[-1][1] == seq - 1:
            ranges[-1][1] = seq
        else:
            ranges.append([seq, seq])
    return ranges


TOPICS: Mapping[str, Judge] = {
    "batch": _batch,
    "canonical-form": _canonical_form,
    "checkpoint": _checkpoint,
    "checkpoint-chain": _checkpoint_chain,
    "checkpoint-note": _checkpoint_note,
    "inclusion-proof": _inclusion_proof,
    "key-schedule": _key_schedule,
    "merkle-root": _merkle_root,
    "request-verdicts": _verdicts,
    "seal-text": _seal_text,
    "span-mac": _span_mac,
    "stream-verdicts": _verdicts,
}
