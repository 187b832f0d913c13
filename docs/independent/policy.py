"""SPEC sections 7 and 11: the policy of who judges, and an issuer's profile."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations

import shape
from credential import name_of
from strict_json import Json, parse_json, require
from text import (
    WHITE_SPACE,
    account_of,
    list_of,
    members_of,
    object_of,
    one_of,
    parse_hex,
    parse_time,
    text_of,
)

LEVELS = ("reported", "agreed", "proven")
LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
DOMAIN = re.compile(rf"({LABEL}\.)+(?![0-9]+$){LABEL}")
URL = re.compile(r"https?://([a-z0-9_-]+(\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\])(:([1-9][0-9]{0,4}))?([/?][!\"$-~]*)?")
CHAIN = re.compile(r"[1-9][0-9]{0,31}")
NOT_IN_NAMES = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)


@dataclass(frozen=True)
class Pin:
    """What a policy says of one registry."""

    code_hash: bytes
    max_head_age: int
    checkpoints: dict[int, bytes]


@dataclass(frozen=True)
class Party:
    """An account that a policy names, with its bounds in nanoseconds."""

    account: str
    start: float
    end: float


@dataclass(frozen=True)
class Policy:
    """SPEC section 7, as far as judging needs it."""

    pins: dict[str, Pin]
    level: str
    issuers: list[Party]
    accreditors: list[str]
    domains: list[str]
    required: list[str]
    ended: list[str]


def parse_policy(data: bytes) -> Policy:
    """SPEC section 7: refuses what does not fit, the whole shape first."""
    members = parse_json(data)
    POLICY(members, "")

    def each(name: str) -> list[tuple[Json, str]]:
        return [(item, f"/{name}/{i}") for i, item in enumerate(members.get(name, []))]

    def once(name: str, listed: list[str]) -> list[str]:
        require(len(set(listed)) == len(listed), "wrong-value", f"/{name}")
        return listed

    pins = [pin_of(item, where) for item, where in each("registries")]
    once("registries", [home for home, _ in pins])
    for chain, urls in members["providers"].items():
        once(f"providers/{chain}", urls)
    issuers = [party_of(item, where) for item, where in each("issuers")]
    check_periods(issuers)
    accreditors = [account_of(item["account"], f"{where}/account") for item, where in each("accreditors")]
    once("accreditors", accreditors)
    once("domains", members["domains"])
    for pointer, where in each("required"):
        name_of(pointer, where)
    once("required", members["required"])
    ended = once("succession", [ended_of(item, where) for item, where in each("succession")])
    return Policy(
        dict(pins), members["level"], issuers, accreditors, members["domains"], members["required"], ended
    )


def check_name(value: Json, where: str) -> None:
    """A name that may stand in a headline, and reads as it is written."""
    name = text_of(value, where, 1, 2000)
    blank = re.fullmatch(f"[{WHITE_SPACE}]*", name) is not None
    require(not blank and NOT_IN_NAMES.search(name) is None, "wrong-value", where)


def check_url(value: Json, where: str) -> None:
    found = URL.fullmatch(text_of(value, where, 1, 2000))
    require(found is not None and int(found.group(4) or 0) <= 65_535, "wrong-value", where)


def check_resolver(value: Json, where: str) -> None:
    check_url(value, where)
    require(value.startswith("https:"), "wrong-value", where)


def check_domain(value: Json, where: str) -> None:
    fits = DOMAIN.fullmatch(text_of(value, where, 1, 2000)) is not None and len(value) <= 253
    require(fits, "wrong-value", where)


def check_providers(value: Json, where: str) -> None:
    for chain, urls in object_of(value, where).items():
        require(CHAIN.fullmatch(chain) is not None, "wrong-value", f"{where}/{chain}")
        shape.listed(check_url, 32)(urls, f"{where}/{chain}")


def check_finality(value: Json, where: str) -> None:
    whole = isinstance(value, int) and not isinstance(value, bool)
    (shape.whole(1, 1_000_000) if whole else shape.word("finalized"))(value, where)


TEXT = shape.text(1, 2000)
PIN = shape.members(
    {
        "home": TEXT,
        "genesis": TEXT,
        "codeHash": TEXT,
        "kind": shape.word("main", "test", "local"),
        "finality": check_finality,
        "maxHeadAge": shape.whole(1, 31_536_000),
        "checkpoints": shape.listed(shape.members({"number": shape.whole(0), "hash": TEXT}), 10_000),
    }
)
ISSUER = shape.members({"account": TEXT, "name": check_name, "from": TEXT, "until": TEXT}, "from until")
ENDED = shape.members({"home": TEXT, "successor": TEXT, "snapshot": TEXT})
POLICY = shape.members(
    {
        "inaltera": shape.word("policy/1"),
        "name": check_name,
        "registries": shape.listed(PIN, 100),
        "providers": check_providers,
        "quorum": shape.whole(1, 32),
        "level": shape.word(*LEVELS),
        "timeoutMs": shape.whole(100, 120_000),
        "issuers": shape.listed(ISSUER, 100_000),
        "accreditors": shape.listed(shape.members({"account": TEXT, "name": check_name}), 1000),
        "domains": shape.listed(check_domain, 1000),
        "resolver": check_resolver,
        "required": shape.listed(TEXT, 64),
        "succession": shape.listed(ENDED, 100),
    },
    "resolver succession",
)


def pin_of(pin: Json, where: str) -> tuple[str, Pin]:
    home = account_of(pin["home"], f"{where}/home")
    parse_hex(pin["genesis"], 32, f"{where}/genesis")
    code_hash = parse_hex(pin["codeHash"], 32, f"{where}/codeHash")
    checkpoints: dict[int, bytes] = {}
    for i, point in enumerate(pin["checkpoints"]):
        checkpoints[point["number"]] = parse_hex(point["hash"], 32, f"{where}/checkpoints/{i}/hash")
    require(len(checkpoints) == len(pin["checkpoints"]), "wrong-value", f"{where}/checkpoints")
    return home, Pin(code_hash, pin["maxHeadAge"], checkpoints)


def party_of(party: Json, where: str) -> Party:
    account = account_of(party["account"], f"{where}/account")
    start = parse_time(party["from"], f"{where}/from") if "from" in party else float("-inf")
    end = parse_time(party["until"], f"{where}/until") if "until" in party else float("inf")
    require(start < end, "out-of-range", f"{where}/until")
    return Party(account, start, end)


def check_periods(issuers: list[Party]) -> None:
    """No account is listed twice for one moment."""
    by_account: dict[str, list[Party]] = {}
    for party in issuers:
        by_account.setdefault(party.account, []).append(party)
    for parties in by_account.values():
        for one, other in combinations(parties, 2):
            apart = one.end <= other.start or other.end <= one.start
            require(apart, "wrong-value", "/issuers")


def ended_of(end: Json, where: str) -> str:
    home = account_of(end["home"], f"{where}/home")
    successor = account_of(end["successor"], f"{where}/successor")
    require(successor != home, "wrong-value", f"{where}/successor")
    return home


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
