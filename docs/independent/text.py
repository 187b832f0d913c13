"""SPEC section 1: times, accounts, bytes as texts, and the shapes of objects."""

from __future__ import annotations

import base64
import re
from datetime import date

from strict_json import FormatError, Json, require

SECOND = 10**9
"""Nanoseconds."""
EPOCH_DAY = date(1970, 1, 1).toordinal()
FIRST_MOMENT = (date.min.toordinal() - EPOCH_DAY) * 86_400 * SECOND
AFTER_LAST = (date.max.toordinal() + 1 - EPOCH_DAY) * 86_400 * SECOND

TIME = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,9}))?"
    r"(?:Z|([+-])([0-9]{2}):([0-9]{2}))"
)
WHITE_SPACE = "\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
"""ECMAScript's, as a class of a regular expression."""
ACCOUNT = re.compile(r"eip155:([1-9][0-9]{0,31}):(0x[0-9a-f]{40})")


def parse_time(value: Json, where: str) -> int:
    """SPEC section 1, times: exact nanoseconds since 1970-01-01T00:00:00Z."""
    found = TIME.fullmatch(text_of(value, where))
    if found is None:
        raise FormatError("bad-time", where)
    year, month, day, hour, minute, second, fraction, sign, off_hours, off_minutes = found.groups("0")
    try:
        days = date(int(year), int(month), int(day)).toordinal() - EPOCH_DAY
    except ValueError as error:
        raise FormatError("bad-time", where) from error
    offset = int(off_hours) * 60 + int(off_minutes)
    require(int(hour) < 24 and int(minute) < 60 and int(second) < 60, "bad-time", where)
    require(int(off_minutes) < 60 and offset <= 14 * 60, "bad-time", where)
    minutes = (days * 24 + int(hour)) * 60 + int(minute) + (offset if sign == "-" else -offset)
    instant = (minutes * 60 + int(second)) * SECOND + int(fraction.ljust(9, "0"))
    require(FIRST_MOMENT <= instant < AFTER_LAST, "bad-time", where)
    return instant


def parse_account(value: Json, where: str) -> tuple[str, bytes]:
    """SPEC section 1: a CAIP-10 account or home, as its chain id and the 20 bytes of its address."""
    found = ACCOUNT.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise FormatError("bad-account", where)
    return found.group(1), bytes.fromhex(found.group(2)[2:])


def account_of(value: Json, where: str) -> str:
    """A CAIP-10 account or home, as it is written."""
    chain, address = parse_account(value, where)
    return f"eip155:{chain}:0x{address.hex()}"


def parse_hex(value: Json, length: int | None, where: str) -> bytes:
    """Bytes from `0x` and lower-case digits, of this length if one is given."""
    pattern = r"0x([0-9a-f]{2})*" if length is None else rf"0x[0-9a-f]{{{2 * length}}}"
    fits = isinstance(value, str) and re.fullmatch(pattern, value) is not None
    require(fits, "not-canonical-hex", where)
    return bytes.fromhex(value[2:])


def parse_base64url(value: Json, where: str) -> bytes:
    """Bytes from base64url without padding, in the one spelling that encodes back to itself."""
    text = text_of(value, where)
    fits = re.fullmatch(r"[A-Za-z0-9_-]*", text) is not None and len(text) % 4 != 1
    require(fits, "not-base64url", where)
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    require(base64.urlsafe_b64encode(data).rstrip(b"=").decode() == text, "not-base64url", where)
    return data


def text_of(value: Json, where: str, least: int = 0, most: int | None = None) -> str:
    """A text, its length counted in UTF-16 code units."""
    if not isinstance(value, str):
        raise FormatError("wrong-type", where)
    length = len(value.encode("utf-16-be")) // 2
    require(least <= length and (most is None or length <= most), "out-of-range", where)
    return value


def list_of(value: Json, where: str, most: int | None = None, code: str = "out-of-range") -> list[Json]:
    """A list, its length at most this, refused with the code otherwise."""
    if not isinstance(value, list):
        raise FormatError("wrong-type", where)
    require(most is None or len(value) <= most, code, where)
    return value


def object_of(value: Json, where: str) -> dict[str, Json]:
    if not isinstance(value, dict):
        raise FormatError("wrong-type", where)
    return value


def whole_of(value: Json, least: int, most: int, where: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise FormatError("wrong-type", where)
    require(least <= value <= most, "out-of-range", where)
    return value


def one_of(value: Json, allowed: tuple[str, ...], where: str) -> str:
    if not isinstance(value, str) or value not in allowed:
        raise FormatError("wrong-value", where)
    return value


def members_of(value: Json, needed: str, optional: str, where: str) -> dict[str, Json]:
    """SPEC section 1 rule 7: an object with exactly these members, names parted by spaces."""
    members = object_of(value, where)
    for name in members:
        require(name in needed.split() + optional.split(), "unknown-member", f"{where}/{name}")
    for name in needed.split():
        require(name in members, "missing-member", f"{where}/{name}")
    return members
