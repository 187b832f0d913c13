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
from pathlib import Path
from typing import NoReturn

sys.dont_write_bytecode = True

from bundle import Bundle, evidence_in, parse_document
from case import Case, Checks, failed, undetermined
from checks import CHECKS, judge, outcome_of
from evidence import Evidence, evidence_of
from policy import Policy, parse_policy
from strict_json import FormatError, parse_json
from text import SECOND, parse_time

# Lists of RLP may nest almost as deep as a header has bytes.
sys.setrecursionlimit(70_000)


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


class Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(3, f"verify.py: {message}\n")


def arguments() -> argparse.Namespace:
    parser = Parser(description="Verify a certificate of Inaltera, or all vectors.")
    parser.add_argument("document", nargs="?", type=Path, help="a certificate or an evidence bundle")
    parser.add_argument("--policy", type=Path)
    parser.add_argument("--evidence", type=Path, help="as in SPEC section 6.0; a bundle brings its own")
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
