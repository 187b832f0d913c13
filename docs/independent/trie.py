"""SPEC sections 13.4 and 14.3: RLP, proofs of Merkle-Patricia tries, and headers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Union

from keccak import keccak256
from registry import padded

Rlp = Union[bytes, list["Rlp"]]


class Unproven(Exception):
    """What should prove something proves nothing."""


def proves(condition: bool) -> None:
    if not condition:
        raise Unproven


def bytes_in(item: Rlp) -> bytes:
    if not isinstance(item, bytes):
        raise Unproven
    return item


def list_in(item: Rlp) -> list[Rlp]:
    if not isinstance(item, list):
        raise Unproven
    return item


def rlp_decode(data: bytes) -> Rlp:
    """The one item that the bytes spell, each in its one canonical spelling."""
    item, end = _item(data, 0)
    proves(end == len(data))
    return item


def _item(data: bytes, at: int) -> tuple[Rlp, int]:
    proves(at < len(data))
    first = data[at]
    if first < 0x80:
        return data[at : at + 1], at + 1
    is_list = first >= 0xC0
    short = first - (0xC0 if is_list else 0x80)
    start, length = at + 1, short
    if short > 55:
        start = at + 1 + short - 55
        spelled = data[at + 1 : start]
        length = int.from_bytes(spelled, "big")
        proves(len(spelled) == short - 55 and spelled[0] != 0 and length > 55)
    end = start + length
    proves(end <= len(data))
    if not is_list:
        proves(length != 1 or data[start] >= 0x80)
        return data[start:end], end
    items: list[Rlp] = []
    while start < end:
        item, start = _item(data, start)
        items.append(item)
    proves(start == end)
    return items, end


def rlp_encode(item: Rlp) -> bytes:
    if isinstance(item, bytes) and len(item) == 1 and item[0] < 0x80:
        return item
    body = item if isinstance(item, bytes) else b"".join(map(rlp_encode, item))
    base = 0x80 if isinstance(item, bytes) else 0xC0
    if len(body) <= 55:
        return bytes([base + len(body)]) + body
    length = len(body).to_bytes((len(body).bit_length() + 7) // 8, "big")
    return bytes([base + 55 + len(length)]) + length + body


EMPTY_TRIE = keccak256(b"\x80")


def nibbles(data: bytes) -> list[int]:
    return [half for byte in data for half in (byte >> 4, byte & 15)]


def path_in(first: bytes) -> tuple[bool, list[int]]:
    """SPEC section 14.3 step 3: whether a node of two items is a leaf, and its path."""
    proves(len(first) > 0)
    kind, second, *rest = nibbles(first)
    proves(kind <= 3 and (kind % 2 == 1 or second == 0))
    return kind >= 2, ([second] if kind % 2 == 1 else []) + rest


def prove(root: bytes, key: bytes, nodes: list[bytes]) -> bytes | None:
    """SPEC section 14.3: the value, None where it is proven absent; raises `Unproven`."""
    proves(len(key) > 0)
    if not nodes:
        proves(root == EMPTY_TRIE)
        return None
    proves(keccak256(nodes[0]) == root)
    node, used, rest = rlp_decode(nodes[0]), 1, nibbles(key)
    while True:
        value, child, rest = _step(node, rest)
        if child is None:
            proves(used == len(nodes))
            return value
        if isinstance(child, list):
            spelled = rlp_encode(child)
            proves(len(spelled) < 32)
            used += 1 if used < len(nodes) and nodes[used] == spelled else 0
            node = child
        else:
            proves(len(child) == 32 and used < len(nodes) and keccak256(nodes[used]) == child)
            node, used = rlp_decode(nodes[used]), used + 1


def _step(node: Rlp, rest: list[int]) -> tuple[bytes | None, Rlp | None, list[int]]:
    """Steps 3 and 4: a value, or absent (no value and no child), or the child to go to with the rest of the key."""
    items = list_in(node)
    proves(len(items) in (2, 17))
    if len(items) == 17:
        if not rest:
            return bytes_in(items[16]) or None, None, rest
        child = items[rest[0]]
        return None, None if child == b"" else child, rest[1:]
    is_leaf, path = path_in(bytes_in(items[0]))
    if is_leaf:
        value = bytes_in(items[1])
        proves(value != b"")
        return value if path == rest else None, None, rest
    proves(path != [])
    if rest[: len(path)] != path:
        return None, None, rest
    return None, items[1], rest[len(path) :]


def prove_account(state_root: bytes, address: bytes, nodes: list[bytes]) -> tuple[bytes, bytes] | None:
    """SPEC section 14.3: storage root and code hash of an account, None where there is none."""
    value = prove(state_root, keccak256(address), nodes)
    if value is None:
        return None
    fields = [bytes_in(field) for field in list_in(rlp_decode(value))]
    proves(len(fields) == 4 and len(fields[2]) == len(fields[3]) == 32)
    return fields[2], fields[3]


def prove_slot(storage_root: bytes, slot: int, nodes: list[bytes]) -> int:
    """SPEC section 14.3: the word in a slot."""
    value = prove(storage_root, keccak256(padded(slot)), nodes)
    word = b"" if value is None else bytes_in(rlp_decode(value))
    proves(len(word) <= 32 and word[:1] != b"\0")
    return int.from_bytes(word, "big")


@dataclass(frozen=True)
class Header:
    """SPEC section 13.4: what of a header is needed, and its hash."""

    hash: bytes
    number: int
    timestamp: int
    state_root: bytes


def header_of(data: bytes) -> Header:
    """SPEC sections 13.4 and 14.2 step 2: the header that the bytes spell; raises `Unproven`."""
    fields = list_in(rlp_decode(data))
    proves(len(fields) >= 15)
    state_root, height, time = (bytes_in(fields[place]) for place in (3, 8, 11))
    proves(len(state_root) == 32)
    return Header(
        keccak256(data), int.from_bytes(height, "big"), int.from_bytes(time, "big"), state_root
    )
