"""SPEC sections 4, 10, 13.4 and 14.3: hashes, the tree, the registry's slots, RLP, tries and headers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

MASK = 2**64 - 1
WORD = 2**256
RATE = 136
Rlp = "bytes | list[Rlp]"


# keccak256: Keccak with the padding 0x01, which hashlib's SHA-3 does not have


def _constants() -> tuple[list[int], list[tuple[int, int, int]]]:
    """The round constants, and for every lane its place after the step pi with its rotation."""
    rounds, register = [], 1
    for _ in range(24):
        constant = 0
        for j in range(7):
            if register & 1:
                constant |= 1 << (2**j - 1)
            register = (register << 1) ^ (0x171 if register & 0x80 else 0)
        rounds.append(constant)
    moves, (x, y) = [(0, 0, 0)], (1, 0)
    for t in range(24):
        moves.append((x + 5 * y, y + 5 * ((2 * x + 3 * y) % 5), (t + 1) * (t + 2) // 2 % 64))
        x, y = y, (2 * x + 3 * y) % 5
    return rounds, moves


ROUNDS, MOVES = _constants()


def _permute(a: list[int]) -> list[int]:
    """Keccak-f[1600] (FIPS 202 section 3.3) over 25 lanes, lane (x, y) at x + 5y."""
    for constant in ROUNDS:
        c = [a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20] for x in range(5)]
        d = [c[x - 1] ^ ((c[(x + 1) % 5] << 1 | c[(x + 1) % 5] >> 63) & MASK) for x in range(5)]
        b = [0] * 25
        for source, target, turn in MOVES:
            lane = a[source] ^ d[source % 5]
            b[target] = (lane << turn | lane >> (64 - turn)) & MASK
        a = [
            b[i] ^ (~b[i - i % 5 + (i + 1) % 5] & b[i - i % 5 + (i + 2) % 5])
            for i in range(25)
        ]
        a[0] ^= constant
    return a


@lru_cache(maxsize=4096)
def keccak256(data: bytes) -> bytes:
    """The hash of Ethereum, which its standards call keccak256."""
    padding = RATE - len(data) % RATE
    tail = b"\x81" if padding == 1 else b"\x01" + bytes(padding - 2) + b"\x80"
    padded, lanes = data + tail, [0] * 25
    for start in range(0, len(padded), RATE):
        for i in range(RATE // 8):
            lanes[i] ^= int.from_bytes(padded[start + 8 * i : start + 8 * i + 8], "little")
        lanes = _permute(lanes)
    return b"".join(lane.to_bytes(8, "little") for lane in lanes[:4])


# The tree


def leaf_of(index: int, commitment: bytes) -> bytes:
    """SPEC section 4: a leaf, which holds its place."""
    return keccak256(keccak256(index.to_bytes(32, "big") + commitment))


def path_length(index: int, size: int) -> int:
    """SPEC section 4: how many siblings stand between leaf and root."""
    return (2 * size - 1 - index).bit_length() - 1


def root_of(leaf: bytes, path: list[bytes]) -> bytes:
    """SPEC section 4: where a path leads."""
    node = leaf
    for sibling in path:
        node = keccak256(min(node, sibling) + max(node, sibling))
    return node


def tree_of(commitments: list[bytes]) -> list[bytes]:
    """SPEC section 4: all 2n−1 nodes of a batch."""
    size = len(commitments)
    nodes = [b""] * (2 * size - 1)
    for index, commitment in enumerate(commitments):
        nodes[2 * size - 2 - index] = leaf_of(index, commitment)
    for k in range(size - 2, -1, -1):
        nodes[k] = root_of(nodes[2 * k + 1], [nodes[2 * k + 2]])
    return nodes


def path_of(nodes: list[bytes], index: int) -> list[bytes]:
    """SPEC section 4: the siblings from a leaf up."""
    position, path = len(nodes) - 1 - index, []
    while position > 0:
        path.append(nodes[position + 1 if position % 2 == 1 else position - 1])
        position = (position - 1) // 2
    return path


# The registry's storage


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


# RLP


class Unproven(Exception):
    """What should prove something proves nothing."""


def proves(condition: bool) -> None:
    if not condition:
        raise Unproven


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


# Tries


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
    proves(isinstance(node, list) and len(node) in (2, 17))
    assert isinstance(node, list)
    if len(node) == 17:
        if not rest:
            proves(isinstance(node[16], bytes))
            return node[16] or None, None, rest
        child = node[rest[0]]
        return None, None if child == b"" else child, rest[1:]
    first, second = node
    proves(isinstance(first, bytes))
    is_leaf, path = path_in(first)
    if is_leaf:
        proves(isinstance(second, bytes) and second != b"")
        return second if path == rest else None, None, rest
    proves(path != [])
    if rest[: len(path)] != path:
        return None, None, rest
    return None, second, rest[len(path) :]


def prove_account(state_root: bytes, address: bytes, nodes: list[bytes]) -> tuple[bytes, bytes] | None:
    """SPEC section 14.3: storage root and code hash of an account, None where there is none."""
    value = prove(state_root, keccak256(address), nodes)
    if value is None:
        return None
    fields = rlp_decode(value)
    proves(isinstance(fields, list) and len(fields) == 4)
    proves(all(isinstance(field, bytes) for field in fields))
    proves(len(fields[2]) == 32 and len(fields[3]) == 32)
    return fields[2], fields[3]


def prove_slot(storage_root: bytes, slot: int, nodes: list[bytes]) -> int:
    """SPEC section 14.3: the word in a slot."""
    value = prove(storage_root, keccak256(padded(slot)), nodes)
    if value is None:
        return 0
    word = rlp_decode(value)
    proves(isinstance(word, bytes) and len(word) <= 32 and word[:1] != b"\0")
    return int.from_bytes(word, "big")


# Headers


@dataclass(frozen=True)
class Header:
    """SPEC section 13.4: what of a header is needed, and its hash."""

    hash: bytes
    number: int
    timestamp: int
    state_root: bytes


def header_of(data: bytes) -> Header:
    """SPEC sections 13.4 and 14.2 step 2: the header that the bytes spell; raises `Unproven`."""
    fields = rlp_decode(data)
    proves(isinstance(fields, list) and len(fields) >= 15)
    state_root, height, time = fields[3], fields[8], fields[11]
    proves(all(isinstance(field, bytes) for field in (state_root, height, time)))
    proves(len(state_root) == 32)
    return Header(
        keccak256(data), int.from_bytes(height, "big"), int.from_bytes(time, "big"), state_root
    )
