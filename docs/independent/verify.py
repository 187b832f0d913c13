#!/usr/bin/env python3
"""A second verifier of Inaltera's certificates, written from docs/SPEC.md alone with Python's standard library.

    verify.py <certificate or bundle> --policy policy.json [--evidence evidence.json] [--as-of T] [--now T] [--json]
    verify.py --vectors test/vectors [--json]

Ends with 0 (valid, or all vectors agree), 1 (invalid, or some differ), 2 (undetermined), 3 (unusable policy, evidence
or arguments).
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import dataclass
from pathlib import Path

sys.dont_write_bytecode = True

import chain
from formats import (
    Bundle,
    Certificate,
    Evidence,
    LEVELS,
    Policy,
    commitment_of,
    evidence_in,
    evidence_of,
    listed_identifiers,
    parse_document,
    parse_policy,
    sha256,
)
from text import FormatError, NANOSECONDS, parse_account, parse_json, parse_time

# A node of a trie may nest as deep as it has bytes.
sys.setrecursionlimit(20_000)

CHECKS = ("integrity", "inclusion", "anchor", "operator", "issuer", "status", "validity")
FROM_CHAIN = ("anchor", "operator", "issuer", "status")
LONGEST_CHAIN = 3
CLOCK_SKEW = 60 * NANOSECONDS

Check = dict[str, str]
Checks = dict[str, Check]
PASSED: Check = {"outcome": "passed"}


def failed(code: str) -> Check:
    return {"outcome": "failed", "code": code}


def undetermined(code: str) -> Check:
    return {"outcome": "undetermined", "code": code}


def outcome_of(checks: Checks) -> str:
    """SPEC section 6: the outcome of a verdict."""
    outcomes = [check["outcome"] for check in checks.values()]
    return "invalid" if "failed" in outcomes else "undetermined" if "undetermined" in outcomes else "valid"


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

    def closed_since(self, issuer: bytes, operator: bytes) -> int:
        return chain.bits(self.word(chain.operator_slot(issuer, operator)), 0, 40)

    def closed_at(self, issuer: bytes, operator: bytes, moment: int) -> bool:
        return 0 < self.closed_since(issuer, operator) <= moment

    def anchor_slot(self) -> int:
        return chain.anchor_slot(self.certificate.issuer, self.certificate.root)

    def anchor(self) -> chain.Anchor:
        return chain.anchor_of(self.word(self.anchor_slot()))


def judge(case: Case) -> Checks:
    """SPEC section 6: the seven checks of a certificate."""
    checks = {"integrity": integrity(case), "inclusion": inclusion(case.certificate)}
    fault = fault_of(case)
    for name, check in (("anchor", anchor), ("operator", operator), ("issuer", issuer), ("status", status)):
        try:
            checks[name] = check(case) if fault is None else undetermined(fault)
        except Missing:
            checks[name] = undetermined("evidence-missing")
    if fault is None and is_stale(case):
        for name in FROM_CHAIN:
            if name != "anchor" or checks[name]["outcome"] == "failed":
                checks[name] = undetermined("stale")
    checks["validity"] = validity(case)
    return checks


def fault_of(case: Case) -> str | None:
    """SPEC section 6.0, steps 1 to 5: why no evidence counts."""
    evidence, policy, home = case.evidence, case.policy, case.certificate.home
    if home in policy.ended:
        return "succession-unsupported"
    if home not in policy.pins:
        return "unknown-home"
    if evidence.home != home:
        return "evidence-missing"
    if evidence.fault is not None:
        return evidence.fault
    if LEVELS.index(evidence.level) < LEVELS.index(policy.level):
        return "level-too-low"
    if evidence.time * NANOSECONDS > case.now + CLOCK_SKEW:
        return "head-from-future"
    if case.as_of is not None and case.as_of > evidence.time * NANOSECONDS:
        return "as-of-after-evidence"
    return None


def is_stale(case: Case) -> bool:
    """SPEC section 6.0: whether the evidence is too old to speak of now."""
    oldest = case.now - case.policy.pins[case.certificate.home].max_head_age * NANOSECONDS
    return case.as_of is None and case.evidence.time * NANOSECONDS < oldest


def integrity(case: Case) -> Check:
    """SPEC section 6.1."""
    hidden = any(pointer in case.certificate.hidden for pointer in case.policy.required)
    return undetermined("required-claim-hidden") if hidden else PASSED


def inclusion(certificate: Certificate) -> Check:
    """SPEC section 6.2."""
    if certificate.index >= certificate.size:
        return failed("index-beyond-size")
    if len(certificate.path) != chain.path_length(certificate.index, certificate.size):
        return failed("path-length")
    leaf = chain.leaf_of(certificate.index, commitment_of(certificate))
    return PASSED if chain.root_of(leaf, certificate.path) == certificate.root else failed("root-differs")


def anchor(case: Case) -> Check:
    """SPEC section 6.3."""
    record = case.anchor()
    if record.anchored_at == 0:
        return failed("not-anchored")
    if record.size != case.certificate.size:
        return failed("size-differs")
    if case.as_of is not None and record.anchored_at * NANOSECONDS > case.as_of:
        return failed("anchored-later")
    final = case.evidence.final_time
    return PASSED if final is not None and record.anchored_at < final else undetermined("not-final")


def operator(case: Case) -> Check:
    """SPEC section 6.4."""
    record, account = case.anchor(), case.certificate.issuer
    if record.anchored_at == 0:
        return undetermined("not-checked")
    if case.closed_at(account, account, record.anchored_at):
        return failed("issuer-retired")
    if case.closed_at(account, record.operator, record.anchored_at):
        return failed("operator-closed")
    return PASSED


def issuer(case: Case) -> Check:
    """SPEC section 6.5: the identifier's failure first, then what the ground lacks, then what the identifier lacks."""
    identified = attempt(identifier, case)
    if identified["outcome"] == "failed":
        return identified
    founded = attempt(ground, case)
    return identified if founded == PASSED else founded


def attempt(check: object, case: Case) -> Check:
    try:
        return check(case)  # type: ignore[operator]
    except Missing:
        return undetermined("evidence-missing")


def identifier(case: Case) -> Check:
    """SPEC section 6.5 step 1."""
    named = case.certificate.credential["issuer"]
    identity = named if isinstance(named, str) else named["id"]
    if identity == f"did:pkh:{case.certificate.account}":
        return PASSED
    digest = case.word(chain.profile_slot(case.certificate.issuer))
    if digest == 0:
        return failed("issuer-mismatch")
    profile = case.evidence.profile
    if profile is None or int.from_bytes(sha256(profile), "big") != digest:
        return undetermined("profile-unavailable")
    listed = listed_identifiers(profile, case.certificate.account)
    return PASSED if identity in listed else failed("issuer-mismatch")


def ground(case: Case) -> Check:
    """SPEC section 6.5 step 2."""
    at = case.anchor().anchored_at
    if at == 0:
        return undetermined("not-checked")
    account, moment = case.certificate.account, at * NANOSECONDS
    for named, start, end in case.policy.issuers:
        if named == account and (start is None or start <= moment) and (end is None or moment < end):
            return PASSED
    accredited = is_accredited(case, account, at, LONGEST_CHAIN, (account,))
    if accredited is True:
        return PASSED
    answers = [case.evidence.domains.get(domain) for domain in case.policy.domains]
    if any(account in names for names in answers if names is not None):
        return PASSED
    if accredited is None:
        return undetermined("evidence-missing")
    if any(names is None for names in answers):
        return undetermined("domain-unavailable")
    return undetermined("domain-disagrees" if any(answers) else "issuer-unvouched")


def is_accredited(case: Case, account: str, at: int, longest: int, seen: tuple[str, ...]) -> bool | None:
    """Whether a chain of accreditations leads down to the account; None where a slot is missing that might tell."""
    if longest == 0:
        return False
    home_chain = f"eip155:{case.certificate.chain}:"
    roots = [root for root in case.policy.accreditors if root.startswith(home_chain)]
    hints = [giver for giver, taker in case.evidence.accreditations if taker == account and giver not in roots]
    found: bool | None = False
    for giver in roots + [hint for hint in hints if hint.startswith(home_chain)]:
        if giver in seen:
            continue
        try:
            holds = vouches(case, parse_account(giver, "")[1], parse_account(account, "")[1], at)
        except Missing:
            found = None
            continue
        reached = holds and (giver in roots or is_accredited(case, giver, at, longest - 1, (*seen, giver)))
        if reached:
            return True
        found = None if reached is None else found
    return found


def vouches(case: Case, accreditor: bytes, account: bytes, at: int) -> bool:
    """Whether one accreditation stood at a moment."""
    slot = chain.accreditations_slot(accreditor, account)
    missing = False
    for n in range(min(case.word(slot), len(case.evidence.storage) + 1)):
        try:
            period = case.word(chain.period_slot(slot, n))
        except Missing:
            missing = True
            continue
        start, end, withdrawn = (chain.bits(period, shift, 40) for shift in (0, 40, 80))
        if start <= at < end and (withdrawn == 0 or withdrawn > at):
            return not case.closed_at(accreditor, accreditor, at)
    if missing:
        raise Missing
    return False


def status(case: Case) -> Check:
    """SPEC section 6.6."""
    record = case.anchor()
    if record.anchored_at == 0:
        return undetermined("not-checked")
    code = "batch-revoked" if record.revoked else status_in_words(case)
    if code is None:
        return PASSED
    past = case.as_of is not None and case.as_of < case.evidence.time * NANOSECONDS
    return undetermined("status-date-unknown") if past else failed(code)


def status_in_words(case: Case) -> str | None:
    index = case.certificate.index
    for which, code in ((1, "revoked"), (2, "suspended")):
        word = case.word(chain.word_slot(case.anchor_slot(), which, index))
        if chain.bits(word, index % 256, 1):
            return code
    return None


def validity(case: Case) -> Check:
    """SPEC section 6.7."""
    moment = case.now if case.as_of is None else case.as_of
    credential = case.certificate.credential
    if moment < parse_time(credential["validFrom"], "/validFrom"):
        return failed("not-yet-valid")
    if "validUntil" in credential and moment >= parse_time(credential["validUntil"], "/validUntil"):
        return failed("expired")
    return PASSED


def verdict_of(data: bytes, policy: Policy, evidence: Evidence | None, now: int, as_of: int | None) -> Checks:
    """SPEC sections 6 and 14.2: the seven checks of a certificate or of a bundle."""
    try:
        document = parse_document(data)
    except FormatError as error:
        unread = {name: undetermined("not-checked") for name in CHECKS}
        return {**unread, "integrity": failed(error.code)}
    if isinstance(document, Bundle):
        evidence = evidence_in(document, policy)
        if as_of is None and evidence.fault is None:
            as_of = evidence.time * NANOSECONDS
        document = document.certificate
    if evidence is None:
        evidence = Evidence(home=document.home, fault="evidence-missing")
    return judge(Case(document, evidence, policy, now, as_of))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Verify a certificate of Inaltera, or all vectors.")
    parser.add_argument("document", nargs="?", type=Path, help="a certificate or an evidence bundle")
    parser.add_argument("--policy", type=Path)
    parser.add_argument("--evidence", type=Path, help="as in SPEC section 15; a bundle brings its own")
    parser.add_argument("--as-of", help="a past moment to judge at")
    parser.add_argument("--now", help="the present moment, if not the clock's")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--vectors", type=Path, help="run the vectors in this folder instead")
    given = parser.parse_args()
    if given.vectors is None and (given.document is None or given.policy is None):
        parser.error("a document and --policy are needed, or --vectors")
    return given


def main() -> int:
    given = arguments()
    if given.vectors is not None:
        from vectors import run

        return run(given.vectors, given.json)
    try:
        policy = parse_policy(given.policy.read_bytes())
        evidence = None if given.evidence is None else evidence_of(parse_json(given.evidence.read_bytes()))
        now = time.time_ns() if given.now is None else parse_time(given.now, "--now")
        as_of = None if given.as_of is None else parse_time(given.as_of, "--as-of")
        data = given.document.read_bytes()
    except (FormatError, OSError) as error:
        print(f"verify.py: {error}", file=sys.stderr)
        return 3
    checks = verdict_of(data, policy, evidence, now, as_of)
    outcome = outcome_of(checks)
    if given.json:
        print(json.dumps({"outcome": outcome, "checks": checks}))
    else:
        print(outcome)
        for name in CHECKS:
            print(f"  {name}: {' '.join(checks[name].values())}")
    return ("valid", "invalid", "undetermined").index(outcome)


if __name__ == "__main__":
    sys.exit(main())
