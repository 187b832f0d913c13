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
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

sys.dont_write_bytecode = True

import chain
from certificate import Certificate, commitment_of, name_of, sha256
from evidence import Bundle, Evidence, evidence_in, evidence_of, parse_document
from policy import LEVELS, Policy, parse_policy, parse_profile
from text import SECOND, FormatError, parse_account, parse_json, parse_time

# A node of a trie may nest as deep as it has bytes.
sys.setrecursionlimit(20_000)

CHECKS = ("integrity", "inclusion", "anchor", "operator", "issuer", "status", "validity")
FROM_CHAIN = ("anchor", "operator", "issuer", "status")
LONGEST_CHAIN = 3
MOST_PERIODS = 64
MOST_HINTS = 64
CLOCK_SKEW = 60

Check = dict[str, str]
Checks = dict[str, Check]
Link = tuple[str, str]
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
        checks[name] = attempt(check, case) if fault is None else undetermined(fault)
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
    if (evidence.time * SECOND - case.now) // SECOND > CLOCK_SKEW:
        return "head-from-future"
    if case.as_of is not None and case.as_of > evidence.time * SECOND:
        return "as-of-after-evidence"
    return None


def is_stale(case: Case) -> bool:
    """SPEC section 6.0: whether the evidence is too old to speak of now."""
    age = (case.now - case.evidence.time * SECOND) // SECOND
    return case.as_of is None and age > case.policy.pins[case.certificate.home].max_head_age


def integrity(case: Case) -> Check:
    """SPEC section 6.1."""
    subject = case.certificate.credential["credentialSubject"]
    shown = all(name_of(pointer, "") in subject for pointer in case.policy.required)
    return PASSED if shown else undetermined("required-claim-hidden")


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
    if case.as_of is not None and record.anchored_at * SECOND > case.as_of:
        return failed("anchored-later")
    final = case.evidence.final_time
    return PASSED if final is not None and record.anchored_at < final else undetermined("not-final")


def operator(case: Case) -> Check:
    """SPEC section 6.4."""
    record, account = case.anchor(), case.certificate.issuer
    if record.anchored_at == 0:
        return undetermined("not-checked")
    retired, closed = (case.closed_at(account, key, record.anchored_at) for key in (account, record.operator))
    return failed("issuer-retired") if retired else failed("operator-closed") if closed else PASSED


def issuer(case: Case) -> Check:
    """SPEC section 6.5: the identifier's failure first, then what the ground lacks, then what the identifier lacks."""
    identified = attempt(identifier, case)
    if identified["outcome"] == "failed":
        return identified
    founded = attempt(ground, case)
    return identified if founded == PASSED else founded


def attempt(check: Callable[[Case], Check], case: Case) -> Check:
    """What a check gives, or that a slot is missing."""
    try:
        return check(case)
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
    try:
        account, listed = parse_profile(profile)
    except FormatError:
        return undetermined("profile-unavailable")
    bound = account == case.certificate.account and identity in listed
    return PASSED if bound else failed("issuer-mismatch")


def ground(case: Case) -> Check:
    """SPEC section 6.5 step 2."""
    at = case.anchor().anchored_at
    if at == 0:
        return undetermined("not-checked")
    account, moment = case.certificate.account, at * SECOND
    if any(party.account == account and party.start <= moment < party.end for party in case.policy.issuers):
        return PASSED
    accredited = is_accredited(case, account, at)
    if accredited is True:
        return PASSED
    domains = case.policy.domains
    if any(account in names for domain, names in case.evidence.domains if domain in domains and names):
        return PASSED
    if accredited is None:
        return undetermined("evidence-missing")
    if any(names and account not in names for _, names in case.evidence.domains):
        return undetermined("domain-disagrees")
    asked = [domain for domain, names in case.evidence.domains if names is not None]
    unasked = any(domain not in asked for domain in domains)
    return undetermined("domain-unavailable" if unasked else "issuer-unvouched")


def is_accredited(case: Case, account: str, at: int) -> bool | None:
    """Whether a chain of accreditations leads down to the account; None where a word is missing that might tell."""
    home_chain = f"eip155:{case.certificate.chain}:"
    roots = [root for root in case.policy.accreditors if root.startswith(home_chain)]
    direct = [(root, account) for root in roots]
    hints = list(dict.fromkeys(case.evidence.accreditations))
    rank: dict[Link, int] = {}
    for path in paths_to(account, roots, direct + hints):
        for link in path:
            rank.setdefault(link, len(path))
    worth = sorted((hint for hint in hints if hint in rank), key=lambda hint: rank[hint])
    found: bool | None = False
    for path in paths_to(account, roots, direct + worth[:MOST_HINTS]):
        links = [vouches(case, giver, taker, at) for giver, taker in path]
        if all(links):
            return True
        found = found if False in links else None
    return found


def paths_to(account: str, roots: list[str], links: list[Link]) -> list[list[Link]]:
    """Chains of at most 3 links from a root down to the account, shorter ones first, no account twice."""
    found: list[list[Link]] = []
    growing: list[list[Link]] = [[]]
    for _ in range(LONGEST_CHAIN):
        growing = [
            [link, *path]
            for path in growing
            for link in links
            if link[1] == (path[0][0] if path else account)
            and link[0] not in (account, *(giver for giver, _ in path))
        ]
        found += [path for path in growing if path[0][0] in roots]
    return found


def vouches(case: Case, accreditor: str, account: str, at: int) -> bool | None:
    """Whether one accreditation stood at a moment; None where a word is missing that might tell."""
    giver, taker = parse_account(accreditor, "")[1], parse_account(account, "")[1]
    words, slot = case.evidence.storage, chain.accreditations_slot(giver, taker)
    own, count = words.get(chain.operator_slot(giver, giver)), words.get(slot)
    if own is not None and 0 < chain.bits(own, 0, 40) <= at:
        return False
    if count is None:
        return None
    periods = [words.get(chain.period_slot(slot, n)) for n in range(min(count, MOST_PERIODS))]
    if any(period is not None and stood(period, at) for period in periods):
        return True if own is not None else None
    return None if None in periods else False


def stood(period: int, at: int) -> bool:
    start, end, withdrawn = (chain.bits(period, shift, 40) for shift in (0, 40, 80))
    return start <= at < end and (withdrawn == 0 or withdrawn > at)


def status(case: Case) -> Check:
    """SPEC section 6.6."""
    record = case.anchor()
    if record.anchored_at == 0:
        return undetermined("not-checked")
    index = case.certificate.index
    words = [case.word(chain.word_slot(case.anchor_slot(), which, index)) for which in (1, 2)]
    revoked, suspended = (chain.bits(word, index % 256, 1) for word in words)
    if not (record.revoked or revoked or suspended):
        return PASSED
    if case.as_of is not None and case.as_of < case.evidence.time * SECOND:
        return undetermined("status-date-unknown")
    return failed("batch-revoked" if record.revoked else "revoked" if revoked else "suspended")


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
            as_of = evidence.time * SECOND
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
