"""SPEC sections 6.0 and 14: evidence as JSON, and the evidence bundle judged offline."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from certificate import CONTEXT_DIGESTS, Certificate, parse_certificate, sha256
from chain import Header, Unproven, header_of, prove_account, prove_slot
from policy import LEVELS, Pin, Policy
from text import (
    MAX_WHOLE,
    Json,
    account_of,
    canonical,
    list_of,
    members_of,
    object_of,
    one_of,
    parse_account,
    parse_base64url,
    parse_hex,
    parse_json,
    require,
    text_of,
    whole_of,
)

MAX_BUNDLE = 8 * 1024 * 1024


@dataclass(frozen=True)
class Evidence:
    """SPEC section 6.0; times are Unix seconds, `fault` the code that says why the chain was not observed."""

    home: str
    fault: str | None = None
    level: str = "reported"
    time: int = 0
    final_time: int | None = None
    storage: dict[int, int] = field(default_factory=dict)
    profile: bytes | None = None
    accreditations: list[tuple[str, str]] = field(default_factory=list)
    domains: list[tuple[str, list[str] | None]] = field(default_factory=list)


def evidence_of(value: Json) -> Evidence:
    """SPEC section 6.0: evidence as JSON, as far as judging needs it."""
    members = members_of(value, "home chain profile accreditations domains", "", "")
    hints = list_of(members["accreditations"], "/accreditations")
    answers = [object_of(item, "/domains") for item in list_of(members["domains"], "/domains")]
    known: dict[str, Any] = {
        "home": account_of(members["home"], "/home"),
        "profile": None if members["profile"] is None else parse_base64url(members["profile"], "/profile"),
        "accreditations": [pair_of(item, f"/accreditations/{i}") for i, item in enumerate(hints)],
        "domains": [(item.get("domain"), item.get("accounts")) for item in answers],
    }
    chain = object_of(members["chain"], "/chain")
    if chain.get("observed") is not True:
        return Evidence(**known, fault=text_of(chain.get("code"), "/chain/code"))
    words = object_of(chain.get("storage"), "/chain/storage")
    final = chain.get("finalized")
    return Evidence(
        **known,
        level=one_of(chain.get("level"), LEVELS, "/chain/level"),
        time=timestamp_of(chain.get("block"), "/chain/block"),
        final_time=None if final is None else timestamp_of(final, "/chain/finalized"),
        storage={number_of(slot, "/chain/storage"): number_of(word, f"/chain/storage/{slot}") for slot, word in words.items()},
    )


def number_of(value: Json, where: str) -> int:
    return int.from_bytes(parse_hex(value, 32, where), "big")


def timestamp_of(block: Json, where: str) -> int:
    return whole_of(object_of(block, where).get("timestamp"), 0, MAX_WHOLE, f"{where}/timestamp")


def pair_of(value: Json, where: str) -> tuple[str, str]:
    """Accreditor and issuer of an accreditation; its record decides nothing but a name."""
    members = members_of(value, "accreditor issuer", "record", where)
    giver, taker = (account_of(members[name], f"{where}/{name}") for name in ("accreditor", "issuer"))
    if members.get("record") is not None:
        parse_base64url(members["record"], f"{where}/record")
    return giver, taker


# The evidence bundle


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
