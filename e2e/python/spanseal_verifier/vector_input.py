"""What the inputs of vectors are made of: key rings and requests."""

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from .key_ring import Key, KeyRing
from .request import read_json_object, read_protobuf
from .vector_file import Json


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
