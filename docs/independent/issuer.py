"""SPEC section 6.5: who the issuer is, and on what ground it is trusted."""

from __future__ import annotations

from case import PASSED, Case, Check, attempt, failed, undetermined
from certificate import sha256
from policy import parse_profile
from registry import accreditations_slot, bits, operator_slot, period_slot, profile_slot
from strict_json import FormatError
from text import SECOND, parse_account

Link = tuple[str, str]
"""An accreditor, and the account that it accredits."""

LONGEST_CHAIN = 3
MOST_PERIODS = 64
MOST_HINTS = 64


def issuer(case: Case) -> Check:
    """SPEC section 6.5: the identifier's failure first, then what the ground lacks, then what the identifier lacks."""
    identified = attempt(identifier, case)
    if identified["outcome"] == "failed":
        return identified
    founded = attempt(ground, case)
    return identified if founded == PASSED else founded


def identifier(case: Case) -> Check:
    """SPEC section 6.5 step 1."""
    named = case.certificate.credential["issuer"]
    identity = named if isinstance(named, str) else named["id"]
    if identity == f"did:pkh:{case.certificate.account}":
        return PASSED
    digest = case.word(profile_slot(case.certificate.issuer))
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
    words, slot = case.evidence.storage, accreditations_slot(giver, taker)
    own, count = words.get(operator_slot(giver, giver)), words.get(slot)
    if own is not None and 0 < bits(own, 0, 40) <= at:
        return False
    if count is None:
        return None
    slots = [period_slot(slot, n) for n in range(min(count, MOST_PERIODS))]
    periods = [words.get(place) if place + 1 in words else None for place in slots]
    if any(period is not None and stood(period, at) for period in periods):
        return True if own is not None else None
    return None if None in periods else False


def stood(period: int, at: int) -> bool:
    start, end, withdrawn = (bits(period, shift, 40) for shift in (0, 40, 80))
    return start <= at < end and (withdrawn == 0 or withdrawn > at)
