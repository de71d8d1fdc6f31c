"""The wire format of protobuf, as far as canonical forms need it: defaults are left out."""

_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_MORE = 0x80


def varint_field(number: int, value: int) -> bytes:
    """An integer, an enum or a bool; a negative one takes ten bytes."""
    return always_varint(number, value) if value else b""


def fixed64_field(number: int, value: int) -> bytes:
    return _tag(number, _FIXED64) + value.to_bytes(8, "little") if value else b""


def fixed32_field(number: int, value: int) -> bytes:
    return _tag(number, _FIXED32) + value.to_bytes(4, "little") if value else b""


def text_field(number: int, value: str) -> bytes:
    return bytes_field(number, value.encode())


def bytes_field(number: int, value: bytes) -> bytes:
    return always_bytes(number, value) if value else b""


def always_varint(number: int, value: int) -> bytes:
    return _tag(number, _VARINT) + _varint(value % 2**64)


def always_fixed64(number: int, value: bytes) -> bytes:
    return _tag(number, _FIXED64) + value


def always_bytes(number: int, value: bytes) -> bytes:
    """A text, bytes or a message, also when it is empty."""
    return _tag(number, _BYTES) + _varint(len(value)) + value


def _tag(number: int, wire_type: int) -> bytes:
    return _varint(number << 3 | wire_type)


def _varint(value: int) -> bytes:
    out = bytearray()
    while value >= _MORE:
        out.append(value % _MORE | _MORE)
        value //= _MORE
    out.append(value)
    return bytes(out)
