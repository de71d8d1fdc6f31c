"""What the inputs of vectors are made of: key rings and requests."""

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from .batch_receiver import RETRY_MILLIS, BatchReceiver
from .key_ring import Key, KeyRing
from .letters import read_bytes
from .request import read_json_object, read_protobuf
from .stream_id import BYTES as STREAM_ID_BYTES
from .vector_file import Json
from .verifier import Told


def key_ring(given: Json) -> KeyRing:
    keys = (
        Key(
            key_id=key["id"],
            algorithm=key["algorithm"],
            secret=bytes.fromhex(key["secret"]),
            revoked_from_millis=key.get("revoked_from_millis"),
        )
        for key in given["keys"]
    )
    return KeyRing(given["realm"], {key.key_id: key for key in keys})


def requests(given: Json) -> list[ExportTraceServiceRequest]:
    """The request in each format that it comes in."""
    read = [read_protobuf(bytes.fromhex(given["protobuf"]))]
    return [*read, read_json_object(given["json"])] if "json" in given else read


def told(given: Json) -> Told:
    """What a verifier is told beside its keys."""
    return Told(
        now_millis=given.get("now_millis"),
        whole_traces_dropped=given.get("whole_traces_dropped", False),
        expected=frozenset(read_bytes(text, STREAM_ID_BYTES) for text in given.get("expected_streams", [])),
    )


def batch_receiver(given: Json, ring: KeyRing) -> BatchReceiver:
    return BatchReceiver(ring, given.get("told", {}).get("max_age_millis", RETRY_MILLIS))
