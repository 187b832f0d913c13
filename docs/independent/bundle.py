"""SPEC section 14: the evidence bundle, and what it proves without a network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from certificate import Certificate, parse_certificate, sha256
from credential import CONTEXT_DIGESTS
from evidence import Evidence, number_of, pair_of
from policy import Pin, Policy
from strict_json import Json, canonical, parse_json, require
from text import account_of, list_of, members_of, object_of, one_of, parse_account, parse_base64url, parse_hex, text_of
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


def bundle_of(value: Json) -> Bundle:
    """SPEC section 14: the members of a bundle."""
    needed = "inaltera home certificate header finalizedHeader proofs accreditations contexts"
    members = members_of(value, needed, "profile", "")
    one_of(members["inaltera"], ("evidence/1",), "/inaltera")
    home = account_of(members["home"], "/home")
    certificate = parse_certificate(canonical(object_of(members["certificate"], "/certificate")))
    headers = [sized(members[name], 65536, f"/{name}") for name in ("header", "finalizedHeader")]
    proofs = list_of(members["proofs"], "/proofs")
    require(len(proofs) == 1, "wrong-value", "/proofs")
    proof = members_of(proofs[0], "kind account storage", "", "/proofs/0")
    one_of(proof["kind"], ("mpt",), "/proofs/0/kind")
    account = nodes_of(proof["account"], "/proofs/0/account")
    storage: dict[int, list[bytes]] = {}
    for i, item in enumerate(list_of(proof["storage"], "/proofs/0/storage", 1024, "wrong-value")):
        entry = members_of(item, "slot nodes", "", where := f"/proofs/0/storage/{i}")
        slot = number_of(entry["slot"], f"{where}/slot")
        require(slot not in storage, "wrong-value", f"{where}/slot")
        storage[slot] = nodes_of(entry["nodes"], f"{where}/nodes")
    profile = parse_base64url(members["profile"], "/profile") if "profile" in members else None
    hints = list_of(members["accreditations"], "/accreditations", 64, "wrong-value")
    for i, item in enumerate(hints):
        absent = isinstance(item, dict) and item.get("record", "") is None
        require(not absent, "wrong-type", f"/accreditations/{i}/record")
    pairs = [pair_of(item, f"/accreditations/{i}") for i, item in enumerate(hints)]
    for i, item in enumerate(list_of(members["contexts"], "/contexts", 8, "wrong-value")):
        context = members_of(item, "url content", "", f"/contexts/{i}")
        pinned = CONTEXT_DIGESTS.get(text_of(context["url"], f"/contexts/{i}/url"))
        content = parse_base64url(context["content"], f"/contexts/{i}/content")
        require(sha256(content).hex() == pinned, "bad-context", f"/contexts/{i}")
    return Bundle(certificate, home, headers[0], headers[1], account, storage, profile, pairs)


def sized(value: Json, most: int, where: str) -> bytes:
    data = parse_hex(value, None, where)
    require(1 <= len(data) <= most, "wrong-value", where)
    return data


def nodes_of(value: Json, where: str) -> list[bytes]:
    return [sized(node, 1024, f"{where}/{i}") for i, node in enumerate(list_of(value, where, 65, "wrong-value"))]


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
