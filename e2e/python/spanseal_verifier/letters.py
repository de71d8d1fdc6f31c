"""The 32 letters in which seals spell bytes and numbers, five bits each."""

BITS = 5
ALPHABET = "bcdfghjklmnpqrstvwxzBCDFGHJKLMNP"
LARGEST_NUMBER = 2**53 - 1

_VALUES = {letter: value for value, letter in enumerate(ALPHABET)}


class SpellingError(ValueError):
    """A text that no bytes, or no number, are spelled as."""


def spell_bytes(data: bytes) -> str:
    letters = -(-len(data) * 8 // BITS)
    return _spell(int.from_bytes(data, "big") << letters * BITS - len(data) * 8, letters)


def read_bytes(text: str, length: int) -> bytes:
    """The bytes of a text, `length` of them."""
    bits = len(text) * BITS
    unused = bits - length * 8
    if not 0 <= unused < BITS:
        raise SpellingError("another length")
    number = _read(text)
    if number & (1 << unused) - 1:
        raise SpellingError("unused bits are set")
    return (number >> unused).to_bytes(length, "big")


def spell_number(number: int) -> str:
    return _spell(number, max(1, -(-number.bit_length() // BITS)))


def read_number(text: str, largest: int = LARGEST_NUMBER) -> int:
    """The number of a text, in its shortest spelling."""
    if text in ("", ALPHABET[0] + text[1:]) and text != ALPHABET[0]:
        raise SpellingError("not the shortest spelling")
    number = _read(text)
    if number > largest:
        raise SpellingError("too large")
    return number


def _spell(number: int, letters: int) -> str:
    return "".join(ALPHABET[number >> BITS * place & 31] for place in reversed(range(letters)))


def _read(text: str) -> int:
    number = 0
    for letter in text:
        if letter not in _VALUES:
            raise SpellingError("not a letter of seals")
        number = number << BITS | _VALUES[letter]
    return number
