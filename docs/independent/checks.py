"""SPEC section 6: the seven checks."""

from __future__ import annotations

from case import PASSED, Case, Check, Checks, attempt, failed, undetermined
from certificate import Certificate, commitment_of
from credential import name_of
from issuer import issuer
from keccak import leaf_of, path_length, root_of
from policy import LEVELS
from registry import anchor_slot, bits, word_slot
from text import SECOND, parse_time

CHECKS = ("integrity", "inclusion", "anchor", "operator", "issuer", "status", "validity")
FROM_CHAIN = ("anchor", "operator", "issuer", "status")
CLOCK_SKEW = 60


def outcome_of(checks: Checks) -> str:
    """SPEC section 6: the outcome of a verdict."""
    outcomes = [check["outcome"] for check in checks.values()]
    return "invalid" if "failed" in outcomes else "undetermined" if "undetermined" in outcomes else "valid"


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
    if len(certificate.path) != path_length(certificate.index, certificate.size):
        return failed("path-length")
    leaf = leaf_of(certificate.index, commitment_of(certificate))
    return PASSED if root_of(leaf, certificate.path) == certificate.root else failed("root-differs")


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
    retired, closed = (case.closed_at(key, record.anchored_at) for key in (account, record.operator))
    return failed("issuer-retired") if retired else failed("operator-closed") if closed else PASSED


def status(case: Case) -> Check:
    """SPEC section 6.6."""
    record = case.anchor()
    if record.anchored_at == 0:
        return undetermined("not-checked")
    index = case.certificate.index
    place = anchor_slot(case.certificate.issuer, case.certificate.root)
    words = [case.word(word_slot(place, which, index)) for which in (1, 2)]
    revoked, suspended = (bits(word, index % 256, 1) for word in words)
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
