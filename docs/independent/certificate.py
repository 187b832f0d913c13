"""SPEC sections 3 and 5: the certificate, and the commitment that it leads to."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from credential import check_credential, name_of
from strict_json import Json, canonical, parse_json, require
from text import (
    list_of,
    members_of,
    object_of,
    one_of,
    parse_account,
    parse_base64url,
    parse_hex,
    text_of,
    whole_of,
)

MAX_CERTIFICATE = 640 * 1024
CRYPTOSUITE = "inaltera-merkle-2026"


def sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def hex_of(data: bytes) -> str:
    return "0x" + data.hex()


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
    require(text.startswith("u"), "not-base64url", place)
    data = parse_base64url(text[1:], place)
    parsed = parse_json(data)
    require(canonical(parsed) == data, "not-canonical", place)
    members = members_of(parsed, "home root size index path salt disclosed hidden", "", place)
    home, _ = parse_account(members["home"], f"{place}/home")
    root = parse_hex(members["root"], 32, f"{place}/root")
    size = count_of(members["size"], 1, f"{place}/size")
    index = count_of(members["index"], 0, f"{place}/index")
    siblings = list_of(members["path"], f"{place}/path", 32, "path-too-long")
    path = [parse_hex(item, 32, f"{place}/path/{i}") for i, item in enumerate(siblings)]
    salt = parse_hex(members["salt"], 32, f"{place}/salt")
    disclosed = pointers_of(members["disclosed"], 16, f"{place}/disclosed")
    hidden = pointers_of(members["hidden"], 32, f"{place}/hidden")
    method = text_of(entry["verificationMethod"], f"{where}/verificationMethod")
    account = method.removeprefix("did:pkh:").removesuffix("#blockchainAccountId")
    whole = method == f"did:pkh:{account}#blockchainAccountId"
    chain, issuer = parse_account(account if whole else "", f"{where}/verificationMethod")
    require(chain == home, "proof-mismatch", place)
    require(len(disclosed) + len(hidden) <= 64, "too-many-pointers", place)
    require(disclosed.keys().isdisjoint(hidden), "pointer-twice", place)
    for pointer in hidden:
        shown = name_of(pointer, place) in credential["credentialSubject"]
        require(not shown, "hidden-member-present", pointer)
    return Certificate(
        credential, chain, issuer, members["home"], root, size, index, path, salt, disclosed, hidden
    )


def count_of(value: Json, least: int, where: str) -> int:
    """A number of this range; a fraction lies in none."""
    require(not isinstance(value, float), "out-of-range", where)
    return whole_of(value, least, 2**32 - 1, where)


def pointers_of(value: Json, length: int, where: str) -> dict[str, bytes]:
    for pointer, item in object_of(value, where).items():
        name_of(pointer, where)
        parse_hex(item, length, f"{where}/{pointer}")
    return {pointer: parse_hex(item, length, where) for pointer, item in value.items()}


def digest_of(salt: bytes, pointer: str, value: Json) -> bytes:
    """SPEC section 3.1: the digest of a claim."""
    return sha256(canonical([hex_of(salt), pointer, value]))


def commitment_of(certificate: Certificate) -> bytes:
    """SPEC section 3.3: the commitment to all, from the claims shown and the digests of those hidden."""
    subject = dict(certificate.credential["credentialSubject"])
    digests = {pointer: hex_of(digest) for pointer, digest in certificate.hidden.items()}
    for pointer, salt in certificate.disclosed.items():
        digests[pointer] = hex_of(digest_of(salt, pointer, subject.pop(name_of(pointer, ""), None)))
    committed = {
        "inaltera": "commitment/1",
        "home": certificate.home,
        "issuer": hex_of(certificate.issuer),
        "salt": hex_of(certificate.salt),
        "credential": {**certificate.credential, "credentialSubject": subject},
        "digests": digests,
    }
    return sha256(canonical(committed))
