"""SPEC section 10: where the registry keeps what, and how words are read."""

from __future__ import annotations

from dataclasses import dataclass

from keccak import keccak256

WORD = 2**256


def padded(value: bytes | int) -> bytes:
    """SPEC section 10, S(a): an address, a hash or a number in 32 bytes."""
    return (value % WORD).to_bytes(32, "big") if isinstance(value, int) else value.rjust(32, b"\0")


def mapped(key: bytes | int, place: int) -> int:
    """SPEC section 10, H(k, p)."""
    return int.from_bytes(keccak256(padded(key) + padded(place)), "big")


def anchor_slot(issuer: bytes, root: bytes) -> int:
    return mapped(root, mapped(issuer, 0))


def word_slot(anchor: int, which: int, index: int) -> int:
    """The revoked (1) or suspended (2) word in which a certificate's bit stands."""
    return mapped(index // 256, (anchor + which) % WORD)


def operator_slot(issuer: bytes, operator: bytes) -> int:
    return mapped(operator, mapped(issuer, 1))


def accreditations_slot(accreditor: bytes, issuer: bytes) -> int:
    return mapped(issuer, mapped(accreditor, 2))


def period_slot(accreditations: int, n: int) -> int:
    return (int.from_bytes(keccak256(padded(accreditations)), "big") + 2 * n) % WORD


def profile_slot(issuer: bytes) -> int:
    return mapped(issuer, 3)


def bits(word: int, start: int, length: int) -> int:
    return word >> start & (1 << length) - 1


@dataclass(frozen=True)
class Anchor:
    """SPEC section 10: the word of an anchor."""

    operator: bytes
    anchored_at: int
    size: int
    revoked: bool


def anchor_of(word: int) -> Anchor:
    operator = bits(word, 0, 160).to_bytes(20, "big")
    return Anchor(operator, bits(word, 160, 40), bits(word, 200, 32), bits(word, 232, 1) == 1)
