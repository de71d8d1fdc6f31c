"""The Merkle tree of RFC 6962 over the leaves of a checkpoint."""

from collections.abc import Sequence
from hashlib import sha256

from .frame import frame


def leaf_hash(seq: int, mac: bytes) -> bytes:
    return sha256(b"\x00" + frame("spanseal/leaf/v1", seq, mac)).digest()


def merkle_root(leaves: Sequence[bytes]) -> bytes:
    if not leaves:
        return sha256(b"").digest()
    level = list(leaves)
    while len(level) > 1:
        pairs = [_node(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
        level = pairs + level[len(pairs) * 2 :]
    return level[0]


def root_of_path(leaf: bytes, path: Sequence[bytes], *, index: int, size: int) -> bytes | None:
    """The root to which an audit path leads (RFC 6962 section 2.1.1); None for a path of another length."""
    if not 0 <= index < size:
        return None
    node, last, rest = leaf, size - 1, list(path)
    while last > 0:
        if index % 2 == 1 or index < last:
            if not rest:
                return None
            sibling = rest.pop(0)
            node = _node(sibling, node) if index % 2 == 1 else _node(node, sibling)
        index, last = index // 2, last // 2
    return None if rest else node


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()
