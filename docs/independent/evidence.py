"""SPEC section 6.0: evidence as JSON."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from policy import LEVELS
from strict_json import MAX_WHOLE, Json
from text import account_of, list_of, members_of, object_of, one_of, parse_base64url, parse_hex, text_of, whole_of


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
    answers = list_of(members["domains"], "/domains")
    known: dict[str, Any] = {
        "home": account_of(members["home"], "/home"),
        "profile": None if members["profile"] is None else parse_base64url(members["profile"], "/profile"),
        "accreditations": [pair_of(item, f"/accreditations/{i}") for i, item in enumerate(hints)],
        "domains": [answer_of(item, f"/domains/{i}") for i, item in enumerate(answers)],
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
        storage={number_of(slot, "/chain/storage"): number_of(word, slot) for slot, word in words.items()},
    )


def answer_of(value: Json, where: str) -> tuple[str, list[str] | None]:
    """A domain, and the accounts that it names; None where it could not be asked."""
    members = members_of(value, "domain accounts", "", where)
    accounts = None
    if members["accounts"] is not None:
        accounts = [account_of(item, where) for item in list_of(members["accounts"], where)]
    return text_of(members["domain"], where), accounts


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
