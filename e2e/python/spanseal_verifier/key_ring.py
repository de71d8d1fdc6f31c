"""The keys that a verifier has."""

from collections.abc import Mapping
from dataclasses import dataclass

from .key_schedule import KeyName, stream_secret


@dataclass(frozen=True)
class Key:
    """A local key has its root secret; of a remote one a key service has it. Without one nothing verifies."""

    key_id: str
    algorithm: str
    secret: bytes | None
    remote: bool = False
    revoked_from_millis: int | None = None


@dataclass(frozen=True)
class KeyRing:
    realm: str
    keys: Mapping[str, Key]

    def find(self, key_id: str, stream_id: bytes) -> tuple[Key, bytes] | None:
        """The key with this id, and the secret for this stream."""
        key = self.keys.get(key_id)
        if key is None or key.secret is None:
            return None
        if not key.remote:
            return key, key.secret
        return key, stream_secret(key.secret, self.name_of(key), stream_id)

    def get(self, key_id: str, stream_id: bytes) -> tuple[Key, bytes]:
        """As `find`, for a key that is there."""
        found = self.find(key_id, stream_id)
        if found is None:
            raise KeyError(key_id)
        return found

    def name_of(self, key: Key) -> KeyName:
        return KeyName(key.algorithm, key.key_id, self.realm)
