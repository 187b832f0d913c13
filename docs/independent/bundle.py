"""SPEC section 14: the evidence bundle, and what it proves without a network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import shape
from certificate import Certificate, parse_certificate, sha256
from credential import CONTEXT_DIGESTS
from evidence import Evidence, number_of, pair_of
from policy import Pin, Policy
from strict_json import Json, canonical, parse_json, require
from text import account_of, object_of, parse_account, parse_base64url, parse_hex
from trie import Header, Unproven, header_of, prove_account, prove_slot

MAX_BUNDLE = 8 * 1024 * 1024


@dataclass(frozen=True)
class Bundle:
    """SPEC section 14."""

    certificate: Certificate
    home: str
    header: bytes
    finalized_header: bytes
    account: list[bytes]
    storage: dict[int, list[bytes]]
    profile: bytes | None
    accreditations: list[tuple[str, str]]


def parse_document(data: bytes) -> Certificate | Bundle:
    """A bundle where the bytes are an object with a member `inaltera`, a certificate otherwise."""
    require(len(data) <= MAX_BUNDLE, "too-large", "")
    value = parse_json(data, 33)
    if isinstance(value, dict) and "inaltera" in value:
        return bundle_of(value)
    return parse_certificate(data)


NODES = shape.listed(shape.text(), 65)
PROOF = shape.members(
    {
        "kind": shape.word("mpt"),
        "account": NODES,
        "storage": shape.listed(shape.members({"slot": shape.text(), "nodes": NODES}), 1024),
    }
)
HINT = shape.members({name: shape.text() for name in ("accreditor", "issuer", "record")}, "record")
BUNDLE = shape.members(
    {
        "inaltera": shape.word("evidence/1"),
        "home": shape.text(),
        "certificate": object_of,
        "header": shape.text(),
        "finalizedHeader": shape.text(),
        "proofs": shape.only(PROOF),
        "profile": shape.text(),
        "accreditations": shape.listed(HINT, 64),
        "contexts": shape.listed(shape.members({"url": shape.text(), "content": shape.text()}), 8),
    },
    "profile",
)


def bundle_of(members: Json) -> Bundle:
    """SPEC section 14: the members of a bundle, the whole shape first."""
    BUNDLE(members, "")
    home = account_of(members["home"], "/home")
    certificate = parse_certificate(canonical(members["certificate"]))
    headers = [sized(members[name], 65536, f"/{name}") for name in ("header", "finalizedHeader")]
    proof = members["proofs"][0]
    account = nodes_of(proof["account"], "/proofs/0/account")
    storage: dict[int, list[bytes]] = {}
    for i, entry in enumerate(proof["storage"]):
        slot = number_of(entry["slot"], where := f"/proofs/0/storage/{i}/slot")
        require(slot not in storage, "wrong-value", where)
        storage[slot] = nodes_of(entry["nodes"], f"/proofs/0/storage/{i}/nodes")
    profile = parse_base64url(members["profile"], "/profile") if "profile" in members else None
    pairs = [pair_of(item, f"/accreditations/{i}") for i, item in enumerate(members["accreditations"])]
    named = certificate.credential["@context"]
    for i, context in enumerate(members["contexts"]):
        content = parse_base64url(context["content"], f"/contexts/{i}/content")
        pinned = context["url"] in named and sha256(content).hex() == CONTEXT_DIGESTS[context["url"]]
        require(pinned, "bad-context", f"/contexts/{i}")
    return Bundle(certificate, home, headers[0], headers[1], account, storage, profile, pairs)


def sized(value: Json, most: int, where: str) -> bytes:
    data = parse_hex(value, None, where)
    require(len(data) > 0, "not-canonical-hex", where)
    require(len(data) <= most, "too-large", where)
    return data


def nodes_of(nodes: list[Json], where: str) -> list[bytes]:
    return [sized(node, 1024, f"{where}/{i}") for i, node in enumerate(nodes)]


def pinned_header(data: bytes, pin: Pin) -> Header | None:
    """The header that the bytes spell, where the policy's checkpoints list it."""
    try:
        header = header_of(data)
    except Unproven:
        return None
    return header if pin.checkpoints.get(header.number) == header.hash else None


def evidence_in(bundle: Bundle, policy: Policy) -> Evidence:
    """SPEC section 14.2, steps 1 to 5."""
    known: dict[str, Any] = {
        "home": bundle.home,
        "profile": bundle.profile,
        "accreditations": bundle.accreditations,
    }
    pin = policy.pins.get(bundle.home)
    header = None if pin is None else pinned_header(bundle.header, pin)
    if pin is None or header is None:
        return Evidence(**known, fault="header-not-confirmed")
    finalized = pinned_header(bundle.finalized_header, pin)
    try:
        account = prove_account(header.state_root, parse_account(bundle.home, "")[1], bundle.account)
        if account is None:
            return Evidence(**known, fault="registry-differs")
        words = {slot: prove_slot(account[0], slot, nodes) for slot, nodes in bundle.storage.items()}
    except Unproven:
        return Evidence(**known, fault="proof-invalid")
    if account[1] != pin.code_hash:
        return Evidence(**known, fault="registry-differs")
    final_time = max(header.timestamp, 0 if finalized is None else finalized.timestamp)
    return Evidence(**known, level="proven", time=header.timestamp, final_time=final_time, storage=words)
