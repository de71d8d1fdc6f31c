"""Opening a signed note (C2SP signed-note) with the Ed25519 keys that its reader trusts."""

from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

_ED25519 = b"\x01"
_HASH_BYTES = 4


class NoNoteError(ValueError):
    """A text that is no note, or one on which the signature of a trusted key does not hold."""


@dataclass(frozen=True)
class NoteKey:
    name: str
    public: bytes

    @property
    def hash(self) -> bytes:
        return sha256(self.name.encode() + b"\n" + _ED25519 + self.public).digest()[:_HASH_BYTES]


def open_note(note: str, keys: Sequence[NoteKey]) -> tuple[str, list[str]]:
    """What was signed, and the names of those of the keys that signed it, sorted."""
    text, separator, lines = note.rpartition("\n\n")
    if not separator or not lines.endswith("\n"):
        raise NoNoteError("no signatures")
    body = text + "\n"
    signed_by = {_signer(line, body, keys) for line in lines[:-1].split("\n")}
    return body, sorted(name for name in signed_by if name is not None)


def _signer(line: str, body: str, keys: Sequence[NoteKey]) -> str | None:
    dash, name, signature = _parts(line)
    if dash != "\u2014" or not name or len(signature) <= _HASH_BYTES:
        raise NoNoteError("no signature line")
    key_hash, signed = signature[:_HASH_BYTES], signature[_HASH_BYTES:]
    for key in keys:
        if key.name == name and key.hash == key_hash:
            _check(key, signed, body)
            return name
    return None


def _parts(line: str) -> tuple[str, str, bytes]:
    dash, _, rest = line.partition(" ")
    name, _, text = rest.partition(" ")
    try:
        signature = b64decode(text, validate=True)
    except ValueError as fault:
        raise NoNoteError("no base64") from fault
    if b64encode(signature).decode() != text:
        raise NoNoteError("a second spelling")
    return dash, name, signature


def _check(key: NoteKey, signature: bytes, body: str) -> None:
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, body.encode())
    except InvalidSignature as fault:
        raise NoNoteError("a signature does not hold") from fault
