"""SPEC sections 7 and 14: the shape of a policy and of a bundle, judged whole before what their texts say.

A shape is a function that takes a value and where it stands, and refuses what does not fit.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from strict_json import MAX_WHOLE, Json, require
from text import list_of, object_of, one_of, text_of, whole_of

Shape = Callable[[Json, str], object]


def text(least: int = 0, most: int | None = None) -> Shape:
    return lambda value, where: text_of(value, where, least, most)


def matching(pattern: re.Pattern[str]) -> Shape:
    """A text of a policy that has this form."""

    def check(value: Json, where: str) -> None:
        found = pattern.fullmatch(text_of(value, where, 1, 2000))
        require(found is not None, "wrong-value", where)

    return check


def whole(least: int, most: int = MAX_WHOLE) -> Shape:
    return lambda value, where: whole_of(value, least, most, where)


def word(*allowed: str) -> Shape:
    return lambda value, where: one_of(value, allowed, where)


def listed(item: Shape, most: int | None = None) -> Shape:
    """A list: its items first, then how many there are."""

    def check(value: Json, where: str) -> None:
        for i, one in enumerate(list_of(value, where)):
            item(one, f"{where}/{i}")
        require(most is None or len(value) <= most, "out-of-range", where)

    return check


def only(item: Shape) -> Shape:
    """A list of exactly one, how many there are first."""

    def check(value: Json, where: str) -> None:
        require(len(list_of(value, where)) == 1, "out-of-range", where)
        item(value[0], f"{where}/0")

    return check


def members(shapes: dict[str, Shape], optional: str = "") -> Shape:
    """An object: its members in this order, what is missing in its place, then what does not belong there."""

    def check(value: Json, where: str) -> None:
        held = object_of(value, where)
        for name, shape in shapes.items():
            if name in held:
                shape(held[name], f"{where}/{name}")
            else:
                require(name in optional.split(), "missing-member", f"{where}/{name}")
        for name in held:
            require(name in shapes, "unknown-member", f"{where}/{name}")

    return check
