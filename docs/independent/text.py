"""SPEC section 1: the strict reader of JSON, canonical form, and the texts that formats are made of."""

from __future__ import annotations

import base64
import binascii
import re
from datetime import date
from typing import Any

Json = Any
"""None, bool, int (every whole number), float (every other number), str, list or dict."""

NANOSECONDS = 10**9
MAX_WHOLE = 2**53 - 1
DEPTH = 32
EPOCH_DAY = date(1970, 1, 1).toordinal()

WHITE = re.compile(r"[ \t\n\r]*")
NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
PLAIN = re.compile(r'[^"\\\x00-\x1f]*')
FOUR_HEX = re.compile(r"[0-9a-fA-F]{4}")
DECIMAL = re.compile(r"(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?)([0-9]+))?")
TIME = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,9}))?"
    r"(?:Z|([+-])([0-9]{2}):([0-9]{2}))"
)
ACCOUNT = re.compile(r"eip155:([1-9][0-9]{0,31}):(0x[0-9a-f]{40})")
BASE64URL = re.compile(r"[A-Za-z0-9_-]*")
ESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
PRINTED = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
TO_ESCAPE = re.compile(r'["\\\x00-\x1f]')


class FormatError(Exception):
    """Bytes that are not of the format, with the code of SPEC section 12 and the place."""

    def __init__(self, code: str, where: str) -> None:
        super().__init__(f"{code} at {where or 'the whole'}")
        self.code = code
        self.where = where


def require(condition: bool, code: str, where: str) -> None:
    """Refuses with the code where the condition does not hold."""
    if not condition:
        raise FormatError(code, where)


# Reading


def parse_json(data: bytes, depth: int = DEPTH) -> Json:
    """SPEC section 1, steps 1 to 6: the value of strict JSON bytes, or the code of what is wrong."""
    try:
        text = data.decode("utf-8", "strict")
    except UnicodeDecodeError as error:
        raise FormatError("not-utf8", f"byte {error.start}") from error
    require(not text.startswith("\ufeff"), "byte-order-mark", "byte 0")
    reader = Reader(text, depth)
    reader.skip_white()
    value = reader.value("", 1)
    reader.skip_white()
    require(reader.at == len(text), "not-json", f"character {reader.at}")
    return value


class Reader:
    """One pass over a text; faults are reported in the order in which they stand."""

    def __init__(self, text: str, depth: int) -> None:
        self.text = text
        self.at = 0
        self.depth = depth

    def peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def skip_white(self) -> None:
        self.at = self.match(WHITE).end()

    def match(self, pattern: re.Pattern[str]) -> re.Match[str]:
        found = pattern.match(self.text, self.at)
        require(found is not None, "not-json", f"character {self.at}")
        assert found is not None
        return found

    def take(self, character: str) -> None:
        require(self.peek() == character, "not-json", f"character {self.at}")
        self.at += 1

    def value(self, where: str, level: int) -> Json:
        first = self.peek()
        if first in ("{", "["):
            require(level <= self.depth, "too-deep", where)
            return self.object(where, level) if first == "{" else self.array(where, level)
        if first == '"':
            return self.string(where)
        for word, meaning in (("true", True), ("false", False), ("null", None)):
            if self.text.startswith(word, self.at):
                self.at += len(word)
                return meaning
        return self.number(where)

    def object(self, where: str, level: int) -> dict[str, Json]:
        members: dict[str, Json] = {}
        self.take("{")
        self.skip_white()
        while self.peek() != "}":
            if members:
                self.take(",")
                self.skip_white()
            name = self.string(where)
            place = f"{where}/{name.replace('~', '~0').replace('/', '~1')}"
            require(name != "__proto__", "forbidden-key", place)
            require(name not in members, "duplicate-key", place)
            self.skip_white()
            self.take(":")
            self.skip_white()
            members[name] = self.value(place, level + 1)
            self.skip_white()
        self.at += 1
        return members

    def array(self, where: str, level: int) -> list[Json]:
        items: list[Json] = []
        self.take("[")
        self.skip_white()
        while self.peek() != "]":
            if items:
                self.take(",")
                self.skip_white()
            items.append(self.value(f"{where}/{len(items)}", level + 1))
            self.skip_white()
        self.at += 1
        return items

    def string(self, where: str) -> str:
        self.take('"')
        parts: list[str] = []
        while True:
            plain = self.match(PLAIN)
            parts.append(plain.group())
            self.at = plain.end()
            if self.peek() == '"':
                self.at += 1
                return "".join(parts)
            self.take("\\")
            parts.append(self.escape(where))

    def escape(self, where: str) -> str:
        letter = self.peek()
        if letter != "u":
            require(letter in ESCAPES, "not-json", f"character {self.at}")
            self.at += 1
            return ESCAPES[letter]
        unit = self.code_unit()
        if 0xD800 <= unit < 0xDC00 and self.text.startswith("\\u", self.at):
            self.at += 1
            low = self.code_unit()
            require(0xDC00 <= low < 0xE000, "lone-surrogate", where)
            return chr(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00))
        require(not 0xD800 <= unit < 0xE000, "lone-surrogate", where)
        return chr(unit)

    def code_unit(self) -> int:
        self.take("u")
        digits = self.match(FOUR_HEX)
        self.at = digits.end()
        return int(digits.group(), 16)

    def number(self, where: str) -> int | float:
        found = self.match(NUMBER)
        self.at = found.end()
        return exact_number(found.group(), where)


def exact_number(text: str, where: str) -> int | float:
    """SPEC section 1 step 6: the number, if nothing of it is lost on the way to JCS and back."""
    negative, digits, exponent = decimal_of(text)
    if digits == "":
        require(not negative, "number-not-exact", where)
        return 0
    double = float(text)
    finite = abs(double) != float("inf")
    require(finite and decimal_of(repr(double)) == (negative, digits, exponent), "number-not-exact", where)
    if exponent < 0:
        return double
    require(abs(double) <= MAX_WHOLE, "number-not-exact", where)
    return int(double)


def decimal_of(text: str) -> tuple[bool, str, int]:
    """Sign, digits without zeros at either end, exponent of the last digit: equal for equal decimal values."""
    found = DECIMAL.fullmatch(text)
    assert found is not None
    sign, whole, fraction, exponent_sign, exponent_digits = found.groups("")
    digits = (whole + fraction).lstrip("0")
    stripped = digits.rstrip("0")
    if stripped == "":
        return sign == "-", "", 0
    power = (exponent_digits or "0").lstrip("0")[:20] or "0"
    exponent = -int(power) if exponent_sign == "-" else int(power)
    return sign == "-", stripped, exponent - len(fraction) + len(digits) - len(stripped)


# Printing


def canonical(value: Json) -> bytes:
    """The canonical form (RFC 8785) of a value."""
    return print_value(value).encode("utf-8")


def print_value(value: Json) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return print_number(float(value))
    if isinstance(value, str):
        return print_string(value)
    if isinstance(value, list):
        return f"[{','.join(map(print_value, value))}]"
    names = sorted(value, key=lambda name: name.encode("utf-16-be"))
    return "{" + ",".join(f"{print_string(name)}:{print_value(value[name])}" for name in names) + "}"


def print_string(text: str) -> str:
    def escaped(found: re.Match[str]) -> str:
        return PRINTED.get(found.group()) or f"\\u{ord(found.group()):04x}"

    return f'"{TO_ESCAPE.sub(escaped, text)}"'


def print_number(double: float) -> str:
    """As ECMAScript's Number::toString prints it: both it and Python's repr give the shortest digits."""
    negative, digits, exponent = decimal_of(repr(double))
    if digits == "":
        return "0"
    sign = "-" if negative else ""
    point = len(digits) + exponent
    if len(digits) <= point <= 21:
        return sign + digits + "0" * (point - len(digits))
    if 0 < point <= 21:
        return f"{sign}{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    fraction = f".{digits[1:]}" if len(digits) > 1 else ""
    return f"{sign}{digits[0]}{fraction}e{point - 1:+d}"


# Texts and shapes


def parse_time(value: Json, where: str) -> int:
    """SPEC section 1, times: exact nanoseconds since 1970-01-01T00:00:00Z."""
    found = TIME.fullmatch(text_of(value, where))
    require(found is not None, "bad-time", where)
    assert found is not None
    fields = found.groups("")
    try:
        day = date(int(fields[0]), int(fields[1]), int(fields[2])).toordinal() - EPOCH_DAY
    except ValueError as error:
        raise FormatError("bad-time", where) from error
    hour, minute, second = int(fields[3]), int(fields[4]), int(fields[5])
    require(hour < 24 and minute < 60 and second < 60, "bad-time", where)
    offset = int(fields[8] or 0) * 60 + int(fields[9] or 0)
    require(int(fields[9] or 0) < 60 and offset <= 14 * 60, "bad-time", where)
    minutes = (day * 24 + hour) * 60 + minute + (offset if fields[7] == "-" else -offset)
    return (minutes * 60 + second) * NANOSECONDS + int(fields[6].ljust(9, "0"))


def parse_account(value: Json, where: str) -> tuple[str, bytes]:
    """SPEC section 1: a CAIP-10 account or home, as its chain id and the 20 bytes of its address."""
    found = ACCOUNT.fullmatch(text_of(value, where))
    require(found is not None, "bad-account", where)
    assert found is not None
    return found.group(1), bytes.fromhex(found.group(2)[2:])


def parse_hex(value: Json, length: int | None, where: str) -> bytes:
    """Bytes from `0x` and lower-case digits, of this length if one is given."""
    text = text_of(value, where)
    digits = "[0-9a-f]" if length is None else f"[0-9a-f]{{{2 * length}}}"
    pattern = f"0x({digits}{digits})*" if length is None else f"0x{digits}"
    require(re.fullmatch(pattern, text) is not None, "not-canonical-hex", where)
    return bytes.fromhex(text[2:])


def parse_base64url(value: Json, where: str) -> bytes:
    """Bytes from base64url without padding, in the one spelling that encodes back to itself."""
    text = text_of(value, where)
    require(BASE64URL.fullmatch(text) is not None and len(text) % 4 != 1, "not-base64url", where)
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error as error:
        raise FormatError("not-base64url", where) from error
    again = base64.urlsafe_b64encode(data).rstrip(b"=").decode()
    require(again == text, "not-base64url", where)
    return data


def text_of(value: Json, where: str) -> str:
    require(isinstance(value, str), "wrong-type", where)
    return value


def list_of(value: Json, where: str) -> list[Json]:
    require(isinstance(value, list), "wrong-type", where)
    return value


def object_of(value: Json, where: str) -> dict[str, Json]:
    require(isinstance(value, dict), "wrong-type", where)
    return value


def whole_of(value: Json, least: int, most: int, where: str) -> int:
    require(isinstance(value, int) and not isinstance(value, bool), "wrong-type", where)
    require(least <= value <= most, "out-of-range", where)
    return value


def one_of(value: Json, allowed: tuple[str, ...], where: str) -> str:
    require(text_of(value, where) in allowed, "wrong-value", where)
    return value


def members_of(value: Json, needed: str, optional: str, where: str) -> dict[str, Json]:
    """SPEC section 1 step 7: an object with exactly these members, names parted by spaces."""
    members = object_of(value, where)
    known = needed.split() + optional.split()
    for name in members:
        require(name in known, "unknown-member", f"{where}/{name}")
    for name in needed.split():
        require(name in members, "missing-member", f"{where}/{name}")
    return members
