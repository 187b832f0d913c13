"""SPEC sections 2, 3, 5, 6.0, 7, 11 and 14: the formats that a verifier reads."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import Any

from chain import Header, Unproven, header_of, prove_account, prove_slot
from text import (
    FormatError,
    Json,
    MAX_WHOLE,
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
    parse_time,
    require,
    text_of,
    whole_of,
)

MAX_CERTIFICATE = 640 * 1024
MAX_BUNDLE = 8 * 1024 * 1024
CRYPTOSUITE = "inaltera-merkle-2026"
LEVELS = ("reported", "agreed", "proven")

V2 = "https://www.w3.org/ns/credentials/v2"
OB = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
EX = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
IN = "https://w3id.org/inaltera/v1"
CONTEXT_LISTS = ([V2, OB, EX, IN], [V2, OB, IN], [V2, OB, EX], [V2, OB])
CONTEXT_DIGESTS = {
    V2: "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734",
    OB: "3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84",
    EX: "87c06c81bc2317663bf288d740d94fddd2818c4342b186270ff6371dfaa63f93",
    IN: "45c710691e06d10b816d13afa7f2269127d53971b47f0b18addb681a99cce23f",
}
CREDENTIAL_MEMBERS = (
    "@context id type name description image awardedDate credentialSubject endorsement endorsementJwt issuer validFrom"
    " validUntil credentialSchema credentialStatus refreshService termsOfUse evidence relatedResource"
).split()
TYPES = ("OpenBadgeCredential", "AchievementCredential")

POINTER = re.compile(r"/credentialSubject/((?:[^~/]|~0|~1)+)")
WHITE_SPACE = "\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
URI = re.compile(rf'[A-Za-z][A-Za-z0-9+.-]*:[^"<>\\^`{{|}}{WHITE_SPACE}]+')
DOMAIN = re.compile(r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]*[a-z0-9])?")


def sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def hex_of(data: bytes) -> str:
    return "0x" + data.hex()


# The credential


def check_credential(credential: dict[str, Json]) -> None:
    """SPEC section 2: refuses what is not a credential of ours."""
    for name in credential:
        require(name == "@context" or not name.startswith("@"), "forbidden-key", f"/{name}")
        require(name in CREDENTIAL_MEMBERS, "unknown-member", f"/{name}")
    require(credential.get("@context") in CONTEXT_LISTS, "bad-context", "/@context")
    for name, value in credential.items():
        check_values(value, f"/{name}")
    types = list_of(member(credential, "type", ""), "/type")
    for i, item in enumerate(types):
        text_of(item, f"/type/{i}")
    known = [sorted(("VerifiableCredential", name)) for name in TYPES]
    require(sorted(types) in known, "wrong-value", "/type")
    check_uri(credential, "id", "")
    check_issuer(member(credential, "issuer", ""))
    start = parse_time(member(credential, "validFrom", ""), "/validFrom")
    check_times(credential, ("awardedDate", "validUntil"), "")
    if "validUntil" in credential:
        later = parse_time(credential["validUntil"], "/validUntil") > start
        require(later, "out-of-range", "/validUntil")
    check_subject(object_of(member(credential, "credentialSubject", ""), "/credentialSubject"))
    if "credentialStatus" in credential:
        check_text(object_of(credential["credentialStatus"], "/credentialStatus"), "type", "/credentialStatus")


def check_values(value: Json, where: str) -> None:
    """SPEC section 2 rule 3."""
    require(value is not None, "null-value", where)
    if isinstance(value, dict):
        for name, inner in value.items():
            require(name != "@context", "bad-context", f"{where}/{name}")
            require(not name.startswith("@"), "forbidden-key", f"{where}/{name}")
            check_values(inner, f"{where}/{name}")
    if isinstance(value, list):
        for i, item in enumerate(value):
            check_values(item, f"{where}/{i}")


def member(holder: dict[str, Json], name: str, where: str) -> Json:
    require(name in holder, "missing-member", f"{where}/{name}")
    return holder[name]


def check_text(holder: dict[str, Json], name: str, where: str) -> None:
    text = text_of(member(holder, name, where), f"{where}/{name}")
    require(text != "", "wrong-value", f"{where}/{name}")


def check_uri(holder: dict[str, Json], name: str, where: str) -> None:
    text = text_of(member(holder, name, where), f"{where}/{name}")
    require(URI.fullmatch(text) is not None, "wrong-value", f"{where}/{name}")


def check_class(holder: dict[str, Json], name: str, where: str) -> None:
    """`type` is a list of texts with this one among them."""
    types = list_of(member(holder, "type", where), f"{where}/type")
    for i, item in enumerate(types):
        text_of(item, f"{where}/type/{i}")
    require(name in types, "wrong-value", f"{where}/type")


def check_times(holder: dict[str, Json], names: tuple[str, ...], where: str) -> None:
    for name in names:
        if name in holder:
            parse_time(holder[name], f"{where}/{name}")


def check_issuer(issuer: Json) -> None:
    """SPEC section 2 rule 5."""
    if isinstance(issuer, str):
        check_uri({"issuer": issuer}, "issuer", "")
        return
    check_uri(object_of(issuer, "/issuer"), "id", "/issuer")
    check_class(issuer, "Profile", "/issuer")
    if "name" in issuer:
        check_text(issuer, "name", "/issuer")


def check_subject(subject: dict[str, Json]) -> None:
    """SPEC section 2 rule 7."""
    where = "/credentialSubject"
    check_uri(subject, "id", where)
    check_class(subject, "AchievementSubject", where)
    check_times(subject, ("activityStartDate", "activityEndDate"), where)
    place = f"{where}/achievement"
    achievement = object_of(member(subject, "achievement", where), place)
    check_uri(achievement, "id", place)
    check_class(achievement, "Achievement", place)
    check_text(achievement, "name", place)
    check_text(achievement, "description", place)
    object_of(member(achievement, "criteria", place), f"{place}/criteria")


def name_of(pointer: Json, where: str) -> str:
    """SPEC section 2.1: the member of the subject that a pointer names."""
    found = POINTER.fullmatch(text_of(pointer, where))
    if found is None:
        raise FormatError("bad-pointer", where)
    name = found.group(1).replace("~1", "/").replace("~0", "~")
    fixed = name in ("id", "type", "achievement", "__proto__") or name.startswith("@")
    require(not fixed and len(name.encode("utf-16-be")) <= 512, "bad-pointer", where)
    return name


# The certificate


@dataclass(frozen=True)
class Certificate:
    """SPEC section 5: the credential without `proof`, and what its entry says."""

    credential: dict[str, Json]
    chain: str
    issuer: bytes
    home: str
    root: bytes
    size: int
    index: int
    path: list[bytes]
    salt: bytes
    disclosed: dict[str, bytes]
    hidden: dict[str, bytes]

    @property
    def account(self) -> str:
        return f"eip155:{self.chain}:{hex_of(self.issuer)}"


def parse_certificate(data: bytes) -> Certificate:
    """SPEC section 5: a certificate from its bytes."""
    require(len(data) <= MAX_CERTIFICATE, "too-large", "")
    credential = dict(object_of(parse_json(data), ""))
    require("proof" in credential, "no-proof", "/proof")
    proofs = list_of(credential.pop("proof"), "/proof", 8, "too-many-proofs")
    ours = [i for i, entry in enumerate(proofs) if isinstance(entry, dict) and entry.get("cryptosuite") == CRYPTOSUITE]
    require(len(ours) > 0, "no-proof", "/proof")
    require(len(ours) == 1, "several-proofs", "/proof")
    check_credential(credential)
    return entry_of(proofs[ours[0]], f"/proof/{ours[0]}", credential)


def entry_of(value: Json, where: str, credential: dict[str, Json]) -> Certificate:
    """SPEC sections 5.1 to 5.3: the entry, and what ties it to the credential."""
    entry = members_of(value, "type cryptosuite proofPurpose verificationMethod proofValue", "", where)
    one_of(entry["type"], ("DataIntegrityProof",), f"{where}/type")
    one_of(entry["proofPurpose"], ("assertionMethod",), f"{where}/proofPurpose")
    text = text_of(entry["proofValue"], place := f"{where}/proofValue")
    method = text_of(entry["verificationMethod"], f"{where}/verificationMethod")
    account = method.removeprefix("did:pkh:").removesuffix("#blockchainAccountId")
    whole = method == f"did:pkh:{account}#blockchainAccountId"
    chain, issuer = parse_account(account if whole else "", f"{where}/verificationMethod")
    require(text.startswith("u"), "not-base64url", place)
    data = parse_base64url(text[1:], place)
    parsed = parse_json(data)
    require(canonical(parsed) == data, "not-canonical", place)
    members = members_of(parsed, "home root size index path salt disclosed hidden", "", place)
    home_chain, _ = parse_account(members["home"], f"{place}/home")
    certificate = Certificate(
        credential=credential,
        chain=chain,
        issuer=issuer,
        home=members["home"],
        root=parse_hex(members["root"], 32, f"{place}/root"),
        size=whole_of(members["size"], 1, 2**32 - 1, f"{place}/size"),
        index=whole_of(members["index"], 0, 2**32 - 1, f"{place}/index"),
        path=[
            parse_hex(item, 32, f"{place}/path/{i}")
            for i, item in enumerate(list_of(members["path"], f"{place}/path", 32, "path-too-long"))
        ],
        salt=parse_hex(members["salt"], 32, f"{place}/salt"),
        disclosed=pointers_of(members["disclosed"], 16, f"{place}/disclosed"),
        hidden=pointers_of(members["hidden"], 32, f"{place}/hidden"),
    )
    require(home_chain == chain, "proof-mismatch", place)
    require(len(certificate.disclosed) + len(certificate.hidden) <= 64, "too-many-pointers", place)
    require(certificate.disclosed.keys().isdisjoint(certificate.hidden), "pointer-twice", place)
    for pointer in certificate.hidden:
        shown = name_of(pointer, place) in credential["credentialSubject"]
        require(not shown, "hidden-member-present", pointer)
    return certificate


def pointers_of(value: Json, length: int, where: str) -> dict[str, bytes]:
    for pointer, item in object_of(value, where).items():
        name_of(pointer, where)
        parse_hex(item, length, f"{where}/{pointer}")
    return {pointer: parse_hex(item, length, where) for pointer, item in value.items()}


def commitment_of(certificate: Certificate) -> bytes:
    """SPEC section 3: the digests of the claims shown, and the commitment to all."""
    subject = dict(certificate.credential["credentialSubject"])
    digests = {pointer: hex_of(digest) for pointer, digest in certificate.hidden.items()}
    for pointer, salt in certificate.disclosed.items():
        value = subject.pop(name_of(pointer, ""), None)
        digests[pointer] = hex_of(sha256(canonical([hex_of(salt), pointer, value])))
    committed = {
        "inaltera": "commitment/1",
        "home": certificate.home,
        "issuer": hex_of(certificate.issuer),
        "salt": hex_of(certificate.salt),
        "credential": {**certificate.credential, "credentialSubject": subject},
        "digests": digests,
    }
    return sha256(canonical(committed))


# The policy, and a profile


@dataclass(frozen=True)
class Pin:
    """What a policy says of one registry."""

    code_hash: bytes
    max_head_age: int
    checkpoints: set[tuple[int, bytes]]


@dataclass(frozen=True)
class Policy:
    """SPEC section 7, as far as judging needs it; issuers with their bounds in nanoseconds."""

    pins: dict[str, Pin]
    level: str
    issuers: list[tuple[str, int | None, int | None]]
    accreditors: list[str]
    domains: list[str]
    required: list[str]
    ended: list[str]


POLICY_MEMBERS = "inaltera name registries providers quorum level timeoutMs issuers accreditors domains required"


def parse_policy(data: bytes) -> Policy:
    """SPEC section 7; what only the gathering of evidence reads is looked at no further."""
    members = members_of(parse_json(data), POLICY_MEMBERS, "resolver succession", "")
    one_of(members["inaltera"], ("policy/1",), "/inaltera")
    text_of(members["name"], "/name", 1, 2000)
    object_of(members["providers"], "/providers")
    whole_of(members["quorum"], 1, 32, "/quorum")
    whole_of(members["timeoutMs"], 100, 120_000, "/timeoutMs")

    def each(name: str, most: int) -> list[tuple[Json, str]]:
        return [(item, f"/{name}/{i}") for i, item in enumerate(list_of(members[name], f"/{name}", most))]

    pins: dict[str, Pin] = {}
    for item, where in each("registries", 100):
        home = account_of(object_of(item, where).get("home"), f"{where}/home")
        require(home not in pins, "wrong-value", where)
        pins[home] = pin_of(item, where)
    for item, where in each("required", 64):
        name_of(item, where)
    for item, where in each("domains", 1000):
        require(DOMAIN.fullmatch(text_of(item, where)) is not None, "wrong-value", where)
    return Policy(
        pins=pins,
        level=one_of(members["level"], LEVELS, "/level"),
        issuers=[party_of(item, "from until", where) for item, where in each("issuers", 100_000)],
        accreditors=[party_of(item, "", where)[0] for item, where in each("accreditors", 1000)],
        domains=members["domains"],
        required=members["required"],
        ended=[
            members_of(item, "home successor snapshot", "", "/succession")["home"]
            for item in list_of(members.get("succession", []), "/succession")
        ],
    )


def pin_of(value: Json, where: str) -> Pin:
    members = members_of(value, "home genesis codeHash kind finality maxHeadAge checkpoints", "", where)
    parse_hex(members["genesis"], 32, f"{where}/genesis")
    one_of(members["kind"], ("main", "test", "local"), f"{where}/kind")
    if members["finality"] != "finalized":
        whole_of(members["finality"], 1, 1_000_000, f"{where}/finality")
    points = [
        members_of(item, "number hash", "", f"{where}/checkpoints/{i}")
        for i, item in enumerate(list_of(members["checkpoints"], f"{where}/checkpoints", 10_000))
    ]
    return Pin(
        parse_hex(members["codeHash"], 32, f"{where}/codeHash"),
        whole_of(members["maxHeadAge"], 1, 31_536_000, f"{where}/maxHeadAge"),
        {(whole_of(point["number"], 0, MAX_WHOLE, where), parse_hex(point["hash"], 32, where)) for point in points},
    )


def party_of(value: Json, times: str, where: str) -> tuple[str, int | None, int | None]:
    members = members_of(value, "account name", times, where)
    text_of(members["name"], f"{where}/name", 1, 2000)
    start, end = (
        parse_time(members[name], f"{where}/{name}") if name in members else None for name in ("from", "until")
    )
    return account_of(members["account"], f"{where}/account"), start, end


def parse_profile(data: bytes) -> tuple[str, list[str]]:
    """SPEC section 11: the account of a profile, and the identifiers that it lists."""
    members = members_of(parse_json(data), "inaltera account name identifiers", "url image colours", "")
    one_of(members["inaltera"], ("profile/1",), "/inaltera")
    for name in ("name", "url", "image"):
        text_of(members.get(name, "-"), f"/{name}", 1, 2000)
    for name, most in (("identifiers", 1000), ("colours", 8)):
        for item in list_of(members.get(name, []), f"/{name}", most):
            text_of(item, f"/{name}", 1, 2000)
    return account_of(members["account"], "/account"), members["identifiers"]


# Evidence


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
    domains: dict[str, list[str] | None] = field(default_factory=dict)


def evidence_of(value: Json) -> Evidence:
    """SPEC section 6.0: evidence as JSON, as far as judging needs it."""
    members = members_of(value, "home chain profile accreditations domains", "", "")
    hints = list_of(members["accreditations"], "/accreditations")
    answers = [object_of(item, "/domains") for item in list_of(members["domains"], "/domains")]
    known: dict[str, Any] = {
        "home": account_of(members["home"], "/home"),
        "profile": None if members["profile"] is None else parse_base64url(members["profile"], "/profile"),
        "accreditations": [pair_of(item, f"/accreditations/{i}") for i, item in enumerate(hints[:64])],
        "domains": {item.get("domain"): item.get("accounts") for item in answers},
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
    headers = [sized(members[name], 4096, f"/{name}") for name in ("header", "finalizedHeader")]
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
    return header if (header.number, header.hash) in pin.checkpoints else None


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
