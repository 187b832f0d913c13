"""keccak256 (FIPS 202 with the padding 0x01, which hashlib's SHA-3 does not have), and the tree of SPEC section 4."""

from __future__ import annotations

from functools import lru_cache

MASK = 2**64 - 1
RATE = 136


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
