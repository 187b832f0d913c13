"""SPEC sections 2, 3, 5, 7, 11, 14 and 15: the formats that a verifier reads."""

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

CRYPTOSUITE = "inaltera-merkle-2026"
MAX_CERTIFICATE = 640 * 1024
MAX_BUNDLE = 8 * 1024 * 1024
BUNDLE_DEPTH = 33
LEVELS = ("reported", "agreed", "proven")
MAX_POINTER = 256

W3C = "https://www.w3.org/ns/credentials/v2"
BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
OURS = "https://w3id.org/inaltera/v1"
CONTEXT_LISTS = ([W3C, BADGES], [W3C, BADGES, EXTENSIONS], [W3C, BADGES, OURS], [W3C, BADGES, EXTENSIONS, OURS])

POINTER = re.compile(r"/credentialSubject/((?:[^~/]|~0|~1)+)")
URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s]+")
TOP_NEEDED = "@context id type issuer validFrom credentialSubject"
TOP_OPTIONAL = (
    "name description image awardedDate validUntil evidence endorsement endorsementJwt"
    " credentialSchema credentialStatus refreshService termsOfUse"
)


def sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def hex_of(data: bytes) -> str:
    return "0x" + data.hex()


# The credential


def check_credential(credential: dict[str, Json]) -> None:
    """SPEC section 2: refuses what is not a credential of ours."""
    require(credential.get("@context") in CONTEXT_LISTS, "bad-context", "/@context")
    for name, value in credential.items():
        if name != "@context":
            check_name(name, f"/{name}")
            check_values(value, f"/{name}")
    members_of(credential, TOP_NEEDED, TOP_OPTIONAL, "")
    check_uri(credential["id"], "/id")
    check_types(credential["type"])
    check_issuer(credential["issuer"])
    start = parse_time(credential["validFrom"], "/validFrom")
    if "validUntil" in credential:
        until = parse_time(credential["validUntil"], "/validUntil")
        require(until > start, "out-of-range", "/validUntil")
    if "awardedDate" in credential:
        parse_time(credential["awardedDate"], "/awardedDate")
    if "credentialStatus" in credential:
        status = object_of(credential["credentialStatus"], "/credentialStatus")
        require("type" in status, "missing-member", "/credentialStatus/type")
    check_subject(object_of(credential["credentialSubject"], "/credentialSubject"))


def check_name(name: str, where: str) -> None:
    require(name != "@context", "bad-context", where)
    require(not name.startswith("@"), "forbidden-key", where)


def check_values(value: Json, where: str) -> None:
    """No null and no keyword of JSON-LD anywhere within."""
    require(value is not None, "null-value", where)
    if isinstance(value, dict):
        for name, member in value.items():
            check_name(name, f"{where}/{name}")
            check_values(member, f"{where}/{name}")
    if isinstance(value, list):
        for i, item in enumerate(value):
            check_values(item, f"{where}/{i}")


def check_uri(value: Json, where: str) -> None:
    require(URI.fullmatch(text_of(value, where)) is not None, "wrong-value", where)


def check_types(value: Json) -> None:
    types = [text_of(item, f"/type/{i}") for i, item in enumerate(list_of(value, "/type"))]
    allowed = (["OpenBadgeCredential", "VerifiableCredential"], ["AchievementCredential", "VerifiableCredential"])
    require(sorted(types) in allowed, "wrong-value", "/type")


def check_class(holder: dict[str, Json], name: str, where: str) -> None:
    """`type` is an array of texts with this one."""
    require("type" in holder, "missing-member", f"{where}/type")
    types = [text_of(item, f"{where}/type") for item in list_of(holder["type"], f"{where}/type")]
    require(name in types, "wrong-value", f"{where}/type")


def check_issuer(issuer: Json) -> None:
    if isinstance(issuer, str):
        return check_uri(issuer, "/issuer")
    members = object_of(issuer, "/issuer")
    require("id" in members, "missing-member", "/issuer/id")
    check_uri(members["id"], "/issuer/id")
    check_class(members, "Profile", "/issuer")
    text_of(members.get("name", ""), "/issuer/name")


def check_subject(subject: dict[str, Json]) -> None:
    for name in ("id", "achievement"):
        require(name in subject, "missing-member", f"/credentialSubject/{name}")
    check_uri(subject["id"], "/credentialSubject/id")
    check_class(subject, "AchievementSubject", "/credentialSubject")
    for name in ("activityStartDate", "activityEndDate"):
        if name in subject:
            parse_time(subject[name], f"/credentialSubject/{name}")
    where = "/credentialSubject/achievement"
    achievement = object_of(subject["achievement"], where)
    check_class(achievement, "Achievement", where)
    for name in ("id", "name", "description", "criteria"):
        require(name in achievement, "missing-member", f"{where}/{name}")
    for name in ("name", "description"):
        require(text_of(achievement[name], f"{where}/{name}") != "", "wrong-value", f"{where}/{name}")
    object_of(achievement["criteria"], f"{where}/criteria")


def name_of(pointer: Json, where: str) -> str:
    """SPEC section 2.1: the member of the subject that a pointer names."""
    found = POINTER.fullmatch(text_of(pointer, where))
    require(found is not None and len(pointer) <= MAX_POINTER, "bad-pointer", where)
    assert found is not None
    name = found.group(1).replace("~1", "/").replace("~0", "~")
    fixed = name in ("id", "type", "achievement", "__proto__") or name.startswith("@")
    require(not fixed, "bad-pointer", where)
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
    return certificate_of(parse_json(data))


def certificate_of(document: Json) -> Certificate:
    credential = dict(object_of(document, ""))
    require("proof" in credential, "no-proof", "/proof")
    proofs = list_of(credential.pop("proof"), "/proof")
    require(len(proofs) <= 8, "too-many-proofs", "/proof")
    entries = [
        (i, entry)
        for i, entry in enumerate(object_of(item, f"/proof/{i}") for i, item in enumerate(proofs))
        if entry.get("cryptosuite") == CRYPTOSUITE
    ]
    require(len(entries) > 0, "no-proof", "/proof")
    require(len(entries) == 1, "several-proofs", "/proof")
    certificate = entry_of(entries[0][1], f"/proof/{entries[0][0]}", credential)
    check_credential(credential)
    subject = credential["credentialSubject"]
    for pointer in certificate.hidden:
        require(name_of(pointer, "") not in subject, "hidden-member-present", pointer)
    return certificate


def entry_of(value: Json, where: str, credential: dict[str, Json]) -> Certificate:
    """SPEC sections 5.1 and 5.2."""
    entry = members_of(value, "type cryptosuite proofPurpose verificationMethod proofValue", "", where)
    one_of(entry["type"], ("DataIntegrityProof",), f"{where}/type")
    one_of(entry["proofPurpose"], ("assertionMethod",), f"{where}/proofPurpose")
    method = text_of(entry["verificationMethod"], f"{where}/verificationMethod")
    found = re.fullmatch(r"did:pkh:(.*)#blockchainAccountId", method, re.DOTALL)
    require(found is not None, "wrong-value", f"{where}/verificationMethod")
    assert found is not None
    chain, issuer = parse_account(found.group(1), f"{where}/verificationMethod")
    place = f"{where}/proofValue"
    text = text_of(entry["proofValue"], place)
    require(text.startswith("u"), "not-base64url", place)
    data = parse_base64url(text[1:], place)
    parsed = parse_json(data)
    members = members_of(parsed, "home root size index path salt disclosed hidden", "", place)
    require(canonical(parsed) == data, "not-canonical", place)
    home_chain, _ = parse_account(members["home"], f"{place}/home")
    require(home_chain == chain, "proof-mismatch", place)
    path = list_of(members["path"], f"{place}/path")
    require(len(path) <= 32, "path-too-long", f"{place}/path")
    disclosed = pointers_of(members["disclosed"], 16, f"{place}/disclosed")
    hidden = pointers_of(members["hidden"], 32, f"{place}/hidden")
    require(disclosed.keys().isdisjoint(hidden), "pointer-twice", place)
    require(len(disclosed) + len(hidden) <= 64, "too-many-pointers", place)
    return Certificate(
        credential=credential,
        chain=chain,
        issuer=issuer,
        home=members["home"],
        root=parse_hex(members["root"], 32, f"{place}/root"),
        size=whole_of(members["size"], 1, 2**32 - 1, f"{place}/size"),
        index=whole_of(members["index"], 0, 2**32 - 1, f"{place}/index"),
        path=[parse_hex(item, 32, f"{place}/path/{i}") for i, item in enumerate(path)],
        salt=parse_hex(members["salt"], 32, f"{place}/salt"),
        disclosed=disclosed,
        hidden=hidden,
    )


def pointers_of(value: Json, length: int, where: str) -> dict[str, bytes]:
    entries = object_of(value, where)
    for pointer in entries:
        name_of(pointer, f"{where}/{pointer}")
    return {pointer: parse_hex(item, length, f"{where}/{pointer}") for pointer, item in entries.items()}


def commitment_of(certificate: Certificate) -> bytes:
    """SPEC section 3: digests of the claims, and the commitment to all."""
    subject = dict(certificate.credential["credentialSubject"])
    digests = {pointer: hex_of(digest) for pointer, digest in certificate.hidden.items()}
    for pointer, salt in certificate.disclosed.items():
        value = subject.pop(name_of(pointer, ""), None)
        digests[pointer] = hex_of(sha256(canonical([hex_of(salt), pointer, value])))
    return sha256(
        canonical(
            {
                "inaltera": "commitment/1",
                "home": certificate.home,
                "issuer": hex_of(certificate.issuer),
                "salt": hex_of(certificate.salt),
                "credential": {**certificate.credential, "credentialSubject": subject},
                "digests": digests,
            }
        )
    )


# The policy


@dataclass(frozen=True)
class Pin:
    """What a policy says of one registry."""

    home: str
    code_hash: bytes
    max_head_age: int
    checkpoints: set[tuple[int, bytes]]


@dataclass(frozen=True)
class Policy:
    """SPEC section 7, as far as judging needs it; times are nanoseconds."""

    pins: dict[str, Pin]
    level: str
    issuers: list[tuple[str, int | None, int | None]]
    accreditors: list[str]
    domains: list[str]
    required: list[str]
    ended: set[str]


def parse_policy(data: bytes) -> Policy:
    """SPEC section 7."""
    members = members_of(
        parse_json(data),
        "inaltera name registries providers quorum level timeoutMs issuers accreditors domains required",
        "resolver succession",
        "",
    )
    one_of(members["inaltera"], ("policy/1",), "/inaltera")
    text_of(members["name"], "/name")
    whole_of(members["quorum"], 1, MAX_WHOLE, "/quorum")
    whole_of(members["timeoutMs"], 1, MAX_WHOLE, "/timeoutMs")
    for chain, urls in object_of(members["providers"], "/providers").items():
        for url in list_of(urls, f"/providers/{chain}"):
            text_of(url, f"/providers/{chain}")
    pins = [pin_of(item, f"/registries/{i}") for i, item in enumerate(list_of(members["registries"], "/registries"))]
    named = [party_of(item, "from until", f"/issuers/{i}") for i, item in enumerate(list_of(members["issuers"], "/issuers"))]
    accreditors = list_of(members["accreditors"], "/accreditors")
    required = list_of(members["required"], "/required")
    for i, pointer in enumerate(required):
        name_of(pointer, f"/required/{i}")
    ended = list_of(members.get("succession", []), "/succession")
    return Policy(
        pins={pin.home: pin for pin in pins},
        level=one_of(members["level"], LEVELS, "/level"),
        issuers=named,
        accreditors=[party_of(item, "", f"/accreditors/{i}")[0] for i, item in enumerate(accreditors)],
        domains=[text_of(item, f"/domains/{i}") for i, item in enumerate(list_of(members["domains"], "/domains"))],
        required=required,
        ended={members_of(item, "home successor snapshot", "", f"/succession/{i}")["home"] for i, item in enumerate(ended)},
    )


def pin_of(value: Json, where: str) -> Pin:
    members = members_of(value, "home genesis codeHash kind finality maxHeadAge checkpoints", "", where)
    parse_account(members["home"], f"{where}/home")
    parse_hex(members["genesis"], 32, f"{where}/genesis")
    one_of(members["kind"], ("main", "test", "local"), f"{where}/kind")
    if members["finality"] != "finalized":
        whole_of(members["finality"], 0, MAX_WHOLE, f"{where}/finality")
    checkpoints = set()
    for i, item in enumerate(list_of(members["checkpoints"], f"{where}/checkpoints")):
        place = f"{where}/checkpoints/{i}"
        point = members_of(item, "number hash", "", place)
        height = whole_of(point["number"], 0, MAX_WHOLE, f"{place}/number")
        checkpoints.add((height, parse_hex(point["hash"], 32, f"{place}/hash")))
    return Pin(
        members["home"],
        parse_hex(members["codeHash"], 32, f"{where}/codeHash"),
        whole_of(members["maxHeadAge"], 0, MAX_WHOLE, f"{where}/maxHeadAge"),
        checkpoints,
    )


def party_of(value: Json, times: str, where: str) -> tuple[str, int | None, int | None]:
    members = members_of(value, "account name", times, where)
    parse_account(members["account"], f"{where}/account")
    text_of(members["name"], f"{where}/name")
    bounds = [parse_time(members[name], f"{where}/{name}") if name in members else None for name in ("from", "until")]
    return members["account"], bounds[0], bounds[1]


def listed_identifiers(data: bytes, account: str) -> list[str]:
    """SPEC section 11: the identifiers that a profile lists for its account; none where it is no profile of it."""
    try:
        members = members_of(parse_json(data), "inaltera account name identifiers", "url image colours", "")
        one_of(members["inaltera"], ("profile/1",), "/inaltera")
        identifiers = [text_of(item, "/identifiers") for item in list_of(members["identifiers"], "/identifiers")]
    except FormatError:
        return []
    return identifiers if members["account"] == account else []


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
    """SPEC section 15, the evidence as JSON, as far as judging needs it."""
    members = members_of(value, "home chain profile accreditations domains", "", "")
    parse_account(members["home"], "/home")
    chain: dict[str, Any] = object_of(members["chain"], "/chain")
    known: dict[str, Any] = {
        "home": members["home"],
        "profile": None if members["profile"] is None else parse_base64url(members["profile"], "/profile"),
        "accreditations": [pair_of(item, "record") for item in list_of(members["accreditations"], "/accreditations")],
        "domains": {item["domain"]: item["accounts"] for item in list_of(members["domains"], "/domains")},
    }
    if chain.get("observed") is not True:
        return Evidence(**known, fault=text_of(chain.get("code"), "/chain/code"))
    final = chain["finalized"]
    return Evidence(
        **known,
        level=one_of(chain["level"], LEVELS, "/chain/level"),
        time=whole_of(chain["block"]["timestamp"], 0, MAX_WHOLE, "/chain/block/timestamp"),
        final_time=None if final is None else whole_of(final["timestamp"], 0, MAX_WHOLE, "/chain/finalized"),
        storage={
            int.from_bytes(parse_hex(slot, 32, "/chain/storage"), "big"): int.from_bytes(
                parse_hex(word, 32, f"/chain/storage/{slot}"), "big"
            )
            for slot, word in object_of(chain["storage"], "/chain/storage").items()
        },
    )


def pair_of(value: Json, optional: str, where: str = "/accreditations") -> tuple[str, str]:
    """Accreditor and issuer of an accreditation."""
    members = members_of(value, "accreditor issuer", optional, where)
    for name in ("accreditor", "issuer"):
        parse_account(members[name], f"{where}/{name}")
    return members["accreditor"], members["issuer"]


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
    value = parse_json(data, BUNDLE_DEPTH)
    if isinstance(value, dict) and "inaltera" in value:
        return bundle_of(value)
    return parse_certificate(data)


def bundle_of(value: Json) -> Bundle:
    """SPEC section 14: the members of a bundle."""
    needed = "inaltera home certificate header finalizedHeader proofs accreditations contexts"
    members = members_of(value, needed, "profile", "")
    one_of(members["inaltera"], ("evidence/1",), "/inaltera")
    parse_account(members["home"], "/home")
    object_of(members["certificate"], "/certificate")
    proofs = list_of(members["proofs"], "/proofs")
    require(len(proofs) == 1, "wrong-value", "/proofs")
    proof = members_of(proofs[0], "kind account storage", "", "/proofs/0")
    one_of(proof["kind"], ("mpt",), "/proofs/0/kind")
    accreditations = list_of(members["accreditations"], "/accreditations")
    require(len(accreditations) <= 64, "wrong-value", "/accreditations")
    for i, item in enumerate(accreditations):
        if "record" in object_of(item, f"/accreditations/{i}"):
            parse_base64url(item["record"], f"/accreditations/{i}/record")
    check_contexts(list_of(members["contexts"], "/contexts"))
    return Bundle(
        certificate=parse_certificate(canonical(members["certificate"])),
        home=members["home"],
        header=sized(members["header"], 4096, "/header"),
        finalized_header=sized(members["finalizedHeader"], 4096, "/finalizedHeader"),
        account=nodes_of(proof["account"], "/proofs/0/account"),
        storage=storage_of(proof["storage"], "/proofs/0/storage"),
        profile=parse_base64url(members["profile"], "/profile") if "profile" in members else None,
        accreditations=[pair_of(item, "record", f"/accreditations/{i}") for i, item in enumerate(accreditations)],
    )


def check_contexts(contexts: list[Json]) -> None:
    require(len(contexts) <= 8, "wrong-value", "/contexts")
    for i, item in enumerate(contexts):
        members = members_of(item, "url content", "", f"/contexts/{i}")
        data = parse_base64url(members["content"], f"/contexts/{i}/content")
        pinned = CONTEXT_DIGESTS.get(text_of(members["url"], f"/contexts/{i}/url"))
        require(sha256(data).hex() == pinned, "bad-context", f"/contexts/{i}")


CONTEXT_DIGESTS: dict[str, str] = {
    W3C: "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734",
}


def sized(value: Json, most: int, where: str) -> bytes:
    data = parse_hex(value, None, where)
    require(1 <= len(data) <= most, "wrong-value", where)
    return data


def nodes_of(value: Json, where: str) -> list[bytes]:
    nodes = list_of(value, where)
    require(len(nodes) <= 65, "wrong-value", where)
    return [sized(node, 1024, f"{where}/{i}") for i, node in enumerate(nodes)]


def storage_of(value: Json, where: str) -> dict[int, list[bytes]]:
    entries = list_of(value, where)
    require(len(entries) <= 1024, "wrong-value", where)
    storage: dict[int, list[bytes]] = {}
    for i, item in enumerate(entries):
        members = members_of(item, "slot nodes", "", f"{where}/{i}")
        slot = int.from_bytes(parse_hex(members["slot"], 32, f"{where}/{i}/slot"), "big")
        require(slot not in storage, "wrong-value", f"{where}/{i}/slot")
        storage[slot] = nodes_of(members["nodes"], f"{where}/{i}/nodes")
    return storage


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
    final_time = max(header.timestamp, header.timestamp if finalized is None else finalized.timestamp)
    return Evidence(**known, level="proven", time=header.timestamp, final_time=final_time, storage=words)
