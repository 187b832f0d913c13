"""SPEC section 1: the strict reader of JSON, and the canonical form."""

from __future__ import annotations

import re
from typing import Any

Json = Any
"""None, bool, int (every whole number), float (every other number), str, list or dict."""

MAX_WHOLE = 2**53 - 1

WHITE = re.compile(r"[ \t\n\r]*")
NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
PLAIN = re.compile(r'[^"\\\x00-\x1f]*')
FOUR_HEX = re.compile(r"[0-9a-fA-F]{4}")
DECIMAL = re.compile(r"(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?)0*([0-9]+))?")
WORDS = {"true": True, "false": False, "null": None}
ESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
PRINTED = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


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


def parse_json(data: bytes, depth: int = 32) -> Json:
    """SPEC section 1, rules 1 to 6: the value of strict JSON bytes, or the code of what is wrong."""
    require(not data.startswith(b"\xef\xbb\xbf"), "byte-order-mark", "byte 0")
    try:
        reader = Reader(data.decode("utf-8", "strict"), depth)
    except UnicodeDecodeError as error:
        raise FormatError("not-utf8", f"byte {error.start}") from error
    reader.skip_white()
    value = reader.value("", 1)
    reader.skip_white()
    require(reader.at == len(reader.text), "not-json", f"character {reader.at}")
    return value


class Reader:
    """One pass over a text; faults are reported in the order in which they stand."""

    def __init__(self, text: str, depth: int) -> None:
        self.text = text
        self.at = 0
        self.depth = depth

    def peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.text, self.at)
        if found is None:
            raise FormatError("not-json", f"character {self.at}")
        self.at = found.end()
        return found.group()

    def skip_white(self) -> None:
        self.take(WHITE)

    def skip(self, character: str) -> None:
        require(self.peek() == character, "not-json", f"character {self.at}")
        self.at += 1

    def value(self, where: str, level: int) -> Json:
        first = self.peek()
        if first in ("{", "["):
            require(level <= self.depth, "too-deep", where)
            return self.object(where, level) if first == "{" else self.array(where, level)
        if first == '"':
            return self.string(where)
        for word, meaning in WORDS.items():
            if self.text.startswith(word, self.at):
                self.at += len(word)
                return meaning
        return exact_number(self.take(NUMBER), where)

    def object(self, where: str, level: int) -> dict[str, Json]:
        members: dict[str, Json] = {}
        self.skip("{")
        self.skip_white()
        while self.peek() != "}":
            if members:
                self.skip(",")
                self.skip_white()
            name = self.string(where)
            place = f"{where}/{name.replace('~', '~0').replace('/', '~1')}"
            require(name != "__proto__", "forbidden-key", place)
            require(name not in members, "duplicate-key", place)
            self.skip_white()
            self.skip(":")
            self.skip_white()
            members[name] = self.value(place, level + 1)
            self.skip_white()
        self.at += 1
        return members

    def array(self, where: str, level: int) -> list[Json]:
        items: list[Json] = []
        self.skip("[")
        self.skip_white()
        while self.peek() != "]":
            if items:
                self.skip(",")
                self.skip_white()
            items.append(self.value(f"{where}/{len(items)}", level + 1))
            self.skip_white()
        self.at += 1
        return items

    def string(self, where: str) -> str:
        self.skip('"')
        parts = [self.take(PLAIN)]
        while self.peek() != '"':
            self.skip("\\")
            parts += [self.escape(where), self.take(PLAIN)]
        self.at += 1
        return "".join(parts)

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
        self.skip("u")
        return int(self.take(FOUR_HEX), 16)


def exact_number(text: str, where: str) -> int | float:
    """SPEC section 1 rule 6: the number, if nothing of it is lost on the way to JCS and back."""
    negative, digits, exponent = decimal_of(text)
    if digits == "":
        require(not negative, "number-not-exact", where)
        return 0
    double = float(text)
    exact = abs(double) != float("inf") and decimal_of(repr(double)) == (negative, digits, exponent)
    require(exact and (exponent < 0 or abs(double) <= MAX_WHOLE), "number-not-exact", where)
    return double if exponent < 0 else int(double)


def decimal_of(text: str) -> tuple[bool, str, int]:
    """Sign, digits without zeros at either end, exponent of the last: the same for the same decimal value."""
    found = DECIMAL.fullmatch(text)
    assert found is not None
    sign, whole, fraction, exponent_sign, power = found.groups("")
    digits = (whole + fraction).lstrip("0")
    stripped = digits.rstrip("0")
    if stripped == "":
        return sign == "-", "", 0
    exponent = int(f"{exponent_sign}{power[:20] or 0}")
    return sign == "-", stripped, exponent - len(fraction) + len(digits) - len(stripped)


# Printing


def canonical(value: Json) -> bytes:
    """The canonical form (RFC 8785) of a value."""
    return print_value(value).encode("utf-8")


def print_value(value: Json) -> str:
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
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

    return '"' + re.sub(r'["\\\x00-\x1f]', escaped, text) + '"'


def print_number(double: float) -> str:
    """As ECMAScript's Number::toString prints it: both it and Python's repr give the shortest digits."""
    negative, digits, exponent = decimal_of(repr(double))
    if digits == "":
        return "0"
    sign, point = "-" if negative else "", len(digits) + exponent
    if len(digits) <= point <= 21:
        return sign + digits + "0" * exponent
    if 0 < point <= 21:
        return f"{sign}{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    fraction = f".{digits[1:]}" if len(digits) > 1 else ""
    return f"{sign}{digits[0]}{fraction}e{point - 1:+d}"
