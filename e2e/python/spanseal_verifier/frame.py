"""Frames: the one way in which bytes are put together before they are hashed."""

Part = bytes | str | int


def frame(*parts: Part) -> bytes:
    """The number of parts, then each with its length in front. A text is UTF-8, a number a u64."""
    return u32(len(parts)) + b"".join(_with_length(_bytes_of(part)) for part in parts)


def u32(number: int) -> bytes:
    return number.to_bytes(4, "big")


def _with_length(part: bytes) -> bytes:
    return u32(len(part)) + part


def _bytes_of(part: Part) -> bytes:
    if isinstance(part, bytes):
        return part
    if isinstance(part, str):
        return part.encode()
    return part.to_bytes(8, "big")
