"""SPEC sections 7 and 11: the policy of who judges, and an issuer's profile."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations

from credential import name_of
from strict_json import MAX_WHOLE, Json, parse_json, require
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
    whole_of,
)

LEVELS = ("reported", "agreed", "proven")
LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
DOMAIN = re.compile(rf"({LABEL}\.)+(?![0-9]+$){LABEL}")
URL = re.compile(rf"https?://[^/?#{WHITE_SPACE}]+[^{WHITE_SPACE}]*")
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
    """SPEC section 7: refuses what does not fit."""
    needed = "inaltera name registries providers quorum level timeoutMs issuers accreditors domains required"
    members = members_of(parse_json(data), needed, "resolver succession", "")

    def each(name: str, most: int) -> list[tuple[Json, str]]:
        items = list_of(members.get(name, []), f"/{name}", most)
        return [(item, f"/{name}/{i}") for i, item in enumerate(items)]

    one_of(members["inaltera"], ("policy/1",), "/inaltera")
    check_name(members["name"], "/name")
    check_providers(object_of(members["providers"], "/providers"))
    whole_of(members["quorum"], 1, 32, "/quorum")
    whole_of(members["timeoutMs"], 100, 120_000, "/timeoutMs")
    if "resolver" in members:
        check_url(members["resolver"], "/resolver")
    pins = [pin_of(item, where) for item, where in each("registries", 100)]
    issuers = [party_of(item, "from until", where) for item, where in each("issuers", 100_000)]
    accreditors = [party_of(item, "", where).account for item, where in each("accreditors", 1000)]
    for domain, where in each("domains", 1000):
        fits = DOMAIN.fullmatch(text_of(domain, where)) is not None and len(domain) <= 253
        require(fits, "wrong-value", where)
    for pointer, where in each("required", 64):
        name_of(pointer, where)
    ended = [ended_of(item, where) for item, where in each("succession", 100)]
    check_periods(issuers)
    for name, listed in (
        ("registries", [home for home, _ in pins]),
        ("accreditors", accreditors),
        ("domains", members["domains"]),
        ("required", members["required"]),
        ("succession", ended),
    ):
        require(len(set(listed)) == len(listed), "wrong-value", f"/{name}")
    level = one_of(members["level"], LEVELS, "/level")
    return Policy(dict(pins), level, issuers, accreditors, members["domains"], members["required"], ended)


def check_name(value: Json, where: str) -> None:
    """A name that may stand in a headline, and reads as it is written."""
    name = text_of(value, where, 1, 2000)
    blank = re.fullmatch(f"[{WHITE_SPACE}]*", name) is not None
    require(not blank and NOT_IN_NAMES.search(name) is None, "wrong-value", where)


def check_url(value: Json, where: str) -> None:
    require(URL.fullmatch(text_of(value, where, 1, 2000)) is not None, "wrong-value", where)


def check_providers(providers: dict[str, Json]) -> None:
    for chain, urls in providers.items():
        require(CHAIN.fullmatch(chain) is not None, "wrong-value", f"/providers/{chain}")
        for i, url in enumerate(list_of(urls, f"/providers/{chain}", 32)):
            check_url(url, f"/providers/{chain}/{i}")
        require(len(set(urls)) == len(urls), "wrong-value", f"/providers/{chain}")


def pin_of(value: Json, where: str) -> tuple[str, Pin]:
    members = members_of(value, "home genesis codeHash kind finality maxHeadAge checkpoints", "", where)
    home = account_of(members["home"], f"{where}/home")
    parse_hex(members["genesis"], 32, f"{where}/genesis")
    code_hash = parse_hex(members["codeHash"], 32, f"{where}/codeHash")
    one_of(members["kind"], ("main", "test", "local"), f"{where}/kind")
    if isinstance(members["finality"], int) and not isinstance(members["finality"], bool):
        whole_of(members["finality"], 1, 1_000_000, f"{where}/finality")
    else:
        one_of(members["finality"], ("finalized",), f"{where}/finality")
    age = whole_of(members["maxHeadAge"], 1, 31_536_000, f"{where}/maxHeadAge")
    checkpoints: dict[int, bytes] = {}
    for i, item in enumerate(list_of(members["checkpoints"], f"{where}/checkpoints", 10_000)):
        point = members_of(item, "number hash", "", place := f"{where}/checkpoints/{i}")
        number = whole_of(point["number"], 0, MAX_WHOLE, f"{place}/number")
        require(number not in checkpoints, "wrong-value", f"{where}/checkpoints")
        checkpoints[number] = parse_hex(point["hash"], 32, f"{place}/hash")
    return home, Pin(code_hash, age, checkpoints)


def party_of(value: Json, times: str, where: str) -> Party:
    members = members_of(value, "account name", times, where)
    check_name(members["name"], f"{where}/name")
    start = parse_time(members["from"], f"{where}/from") if "from" in members else float("-inf")
    end = parse_time(members["until"], f"{where}/until") if "until" in members else float("inf")
    require(start < end, "out-of-range", f"{where}/until")
    return Party(account_of(members["account"], f"{where}/account"), start, end)


def check_periods(issuers: list[Party]) -> None:
    """No account is listed twice for one moment."""
    by_account: dict[str, list[Party]] = {}
    for party in issuers:
        by_account.setdefault(party.account, []).append(party)
    for parties in by_account.values():
        for one, other in combinations(parties, 2):
            apart = one.end <= other.start or other.end <= one.start
            require(apart, "wrong-value", "/issuers")


def ended_of(value: Json, where: str) -> str:
    members = members_of(value, "home successor snapshot", "", where)
    home = account_of(members["home"], f"{where}/home")
    successor = account_of(members["successor"], f"{where}/successor")
    require(successor != home, "wrong-value", f"{where}/successor")
    text_of(members["snapshot"], f"{where}/snapshot", 1, 2000)
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
