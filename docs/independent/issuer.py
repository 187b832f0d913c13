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
    told = [link for link in case.evidence.accreditations if all(party.startswith(home_chain) for party in link)]
    found: bool | None = False
    for path in paths_to(account, roots, direct + worth_reading(told, roots, account)):
        links = [vouches(case, giver, taker, at) for giver, taker in path]
        if all(links):
            return True
        found = found if False in links else None
    return found


def worth_reading(told: list[Link], roots: list[str], account: str) -> list[Link]:
    """Of the hints, each once, the first 64 that lie on the way down to the account, those on shorter ways first."""
    down = distances(roots, told)
    up = distances([account], [(taker, giver) for giver, taker in told])
    far = LONGEST_CHAIN
    lengths = {link: down.get(link[0], far) + 1 + up.get(link[1], far) for link in told}
    near = [link for link, length in lengths.items() if length <= LONGEST_CHAIN]
    more = [(giver, taker) for giver, taker in near if not (giver in roots and taker == account)]
    return sorted(more, key=lambda link: lengths[link])[:MOST_HINTS]


def distances(starts: list[str], links: list[Link]) -> dict[str, int]:
    """How many hints lead from the nearest of some accounts to each other one."""
    known = {account: 0 for account in starts}
    for step in range(1, LONGEST_CHAIN):
        reached = [taker for giver, taker in links if known.get(giver) == step - 1]
        for account in reached:
            known.setdefault(account, step)
    return known


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
    standing = [period_stood(words.get(place), place + 1 in words, at) for place in slots]
    if True in standing:
        return True if own is not None else None
    return None if None in standing else False


def period_stood(period: int | None, has_digest: bool, at: int) -> bool | None:
    """Whether a period held; its digest is missed only where it may have."""
    if period is None:
        return None
    start, end, withdrawn = (bits(period, shift, 40) for shift in (0, 40, 80))
    if not (start <= at < end and (withdrawn == 0 or withdrawn > at)):
        return False
    return True if has_digest else None
