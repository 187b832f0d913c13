"""SPEC sections 6 and 6.0: what a certificate is judged with, and what a check gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from certificate import Certificate
from evidence import Evidence
from policy import Policy
from registry import Anchor, anchor_of, anchor_slot, bits, operator_slot

Check = dict[str, str]
Checks = dict[str, Check]
PASSED: Check = {"outcome": "passed"}


def failed(code: str) -> Check:
    return {"outcome": "failed", "code": code}


def undetermined(code: str) -> Check:
    return {"outcome": "undetermined", "code": code}


class Missing(Exception):
    """A slot that is needed and that the evidence lacks."""


@dataclass(frozen=True)
class Case:
    """What a certificate is judged with; moments are nanoseconds, times on chain Unix seconds."""

    certificate: Certificate
    evidence: Evidence
    policy: Policy
    now: int
    as_of: int | None

    def word(self, slot: int) -> int:
        """SPEC section 6.0: a word of storage, never zero where it was not read."""
        if slot not in self.evidence.storage:
            raise Missing
        return self.evidence.storage[slot]

    def closed_at(self, operator: bytes, moment: int) -> bool:
        """Whether the issuer had closed an operator, or itself."""
        record = self.word(operator_slot(self.certificate.issuer, operator))
        return 0 < bits(record, 0, 40) <= moment

    def anchor(self) -> Anchor:
        return anchor_of(self.word(anchor_slot(self.certificate.issuer, self.certificate.root)))


def attempt(check: Callable[[Case], Check], case: Case) -> Check:
    """What a check gives, or that a slot is missing."""
    try:
        return check(case)
    except Missing:
        return undetermined("evidence-missing")
