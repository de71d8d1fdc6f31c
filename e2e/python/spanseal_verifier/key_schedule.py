"""The keys of a stream, from a root secret down to what seals a span, a checkpoint or a request."""

import hmac
from dataclasses import dataclass

from .frame import frame

EPOCH_BITS = 20
EPOCH_SECONDS = 300


@dataclass(frozen=True)
class KeyName:
    """What a key is derived for, beside its secret."""

    algorithm: str
    key_id: str
    realm: str


@dataclass(frozen=True)
class EpochKeys:
    span: bytes
    checkpoint: bytes
    batch: bytes
    section: bytes


def stream_secret(root_secret: bytes, name: KeyName, stream_id: bytes) -> bytes:
    """What a key service computes for a stream of a remote key."""
    return _hmac(root_secret, stream_secret_frame(name, stream_id))


def stream_secret_frame(name: KeyName, stream_id: bytes) -> bytes:
    return frame("spanseal/stream-secret/v1", name.algorithm, name.key_id, name.realm, stream_id)


def stream_key(secret: bytes, name: KeyName, stream_id: bytes) -> bytes:
    info = frame("spanseal/stream/v1", name.algorithm, name.key_id, name.realm)
    return _hkdf(secret, salt=stream_id, info=info)


def realm_tag(secret: bytes, realm: str) -> bytes:
    return _hkdf(secret, salt=b"", info=frame("spanseal/realm/v1", realm))[:2]


def epoch_keys(key: bytes, epoch: int) -> EpochKeys:
    node = epoch_node(key, epoch)
    return EpochKeys(
        span=_hmac(node, b"spanseal/span-key/v1"),
        checkpoint=_hmac(node, b"spanseal/checkpoint-key/v1"),
        batch=_hmac(node, b"spanseal/batch-key/v1"),
        section=_hmac(node, b"spanseal/section-key/v1")[:16],
    )


def epoch_node(key: bytes, epoch: int) -> bytes:
    node = key
    for bit in reversed(range(EPOCH_BITS)):
        node = _hmac(node, b"spanseal/right/v1" if epoch >> bit & 1 else b"spanseal/left/v1")
    return node


def mac(algorithm: str, key: bytes, message: bytes) -> bytes:
    """The MAC of a seal, a checkpoint or a batch."""
    return hmac.digest(key, message, {"hs256": "sha256", "hs512": "sha512"}[algorithm])[:16]


def _hkdf(secret: bytes, *, salt: bytes, info: bytes) -> bytes:
    """The first block of HKDF-SHA256 (RFC 5869), 32 bytes."""
    return _hmac(_hmac(salt, secret), info + b"\x01")


def _hmac(key: bytes, message: bytes) -> bytes:
    return hmac.digest(key, message, "sha256")
