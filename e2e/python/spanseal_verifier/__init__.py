"""A verifier of Spanseal seals, written from docs/protocol.md alone."""
