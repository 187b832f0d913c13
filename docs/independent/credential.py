"""SPEC section 2: what a verifier asks of a credential."""

from __future__ import annotations

import re

from strict_json import FormatError, Json, require
from text import WHITE_SPACE, list_of, object_of, parse_time, text_of

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
URI = re.compile(rf'[A-Za-z][A-Za-z0-9+.-]*:[^"<>\\^`{{|}}{WHITE_SPACE}]+')


def check_credential(credential: dict[str, Json]) -> None:
    """SPEC section 2: refuses what is not a credential of ours."""
    for name in credential:
        require(name == "@context" or not name.startswith("@"), "forbidden-key", f"/{name}")
        require(name in CREDENTIAL_MEMBERS, "unknown-member", f"/{name}")
    require(credential.get("@context") in CONTEXT_LISTS, "bad-context", "/@context")
    for name, value in credential.items():
        check_values(value, f"/{name}")
    types = list_of(member(credential, "type", ""), "/type")
    check_texts(types, "/type")
    known = [sorted(("VerifiableCredential", name)) for name in TYPES]
    require(sorted(types) in known, "wrong-value", "/type")
    check_uri(credential, "id", "")
    check_issuer(member(credential, "issuer", ""))
    check_text(credential, "validFrom", "")
    start = parse_time(credential["validFrom"], "/validFrom")
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


def check_texts(items: list[Json], where: str) -> None:
    for i, item in enumerate(items):
        require(text_of(item, f"{where}/{i}") != "", "wrong-value", f"{where}/{i}")


def check_text(holder: dict[str, Json], name: str, where: str) -> None:
    text = text_of(member(holder, name, where), f"{where}/{name}")
    require(text != "", "wrong-value", f"{where}/{name}")


def check_uri(holder: dict[str, Json], name: str, where: str) -> None:
    text = text_of(member(holder, name, where), f"{where}/{name}")
    require(URI.fullmatch(text) is not None, "wrong-value", f"{where}/{name}")


def check_class(holder: dict[str, Json], name: str, where: str) -> None:
    """`type` is a list of texts with this one among them."""
    types = list_of(member(holder, "type", where), f"{where}/type")
    check_texts(types, f"{where}/type")
    require(name in types, "wrong-value", f"{where}/type")


def check_times(holder: dict[str, Json], names: tuple[str, ...], where: str) -> None:
    for name in names:
        if name in holder:
            check_text(holder, name, where)
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
