"""Runs the vectors of test/vectors that docs/SPEC.md covers; their shapes are in test/vectors/README.md."""

from __future__ import annotations

import hmac
import json
import struct
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bundle import parse_document
from certificate import Certificate, commitment_of, digest_of, hex_of, parse_certificate
from case import Checks
from checks import outcome_of
from credential import check_credential, name_of
from evidence import evidence_of
from keccak import path_length, path_of, tree_of
from policy import parse_policy
from strict_json import FormatError, canonical, parse_json, print_number
from text import parse_time
from trie import Unproven, prove
from verify import verdict_of

Group = Iterator[tuple[str, bool]]
Verdicts = dict[str, Checks]


def load(path: Path) -> Any:
    return json.loads(path.read_bytes())


def code_of(read: Callable[[], object]) -> str | None:
    """The code with which a reader refuses, None where it does not."""
    try:
        read()
    except FormatError as error:
        return error.code
    return None


def bytes_of(case: dict[str, Any]) -> bytes:
    return bytes.fromhex(case["hex"]) if "hex" in case else case["text"].encode()


def unhex(text: str) -> bytes:
    return bytes.fromhex(text[2:])


def json_texts(folder: Path) -> Group:
    for case in load(folder / "json/accepted.json")["cases"]:
        yield case["comment"], canonical(parse_json(bytes_of(case))).decode() == case["canonical"]
    for case in load(folder / "json/refused.json")["cases"]:
        yield case["comment"], code_of(lambda: parse_json(bytes_of(case))) == case["code"]
    for source in sorted((folder / "json/rfc8785/input").iterdir()):
        made = canonical(json.loads(source.read_bytes()))
        yield source.name, made == (folder / "json/rfc8785/output" / source.name).read_bytes().rstrip(b"\n")


def numbers(folder: Path) -> Group:
    lines = (folder / "json/es6-numbers.txt").read_text().split()
    pairs = [tuple(line.split(",")) for line in lines]
    appendix = load(folder / "json/numbers.json")["appendixB"]
    pairs += [(case["ieee"], case["text"]) for case in appendix if "text" in case]
    for ieee, text in pairs:
        yield ieee, print_number(struct.unpack(">d", bytes.fromhex(ieee.zfill(16)))[0]) == text


def times(folder: Path) -> Group:
    cases = load(folder / "time.json")
    for case in cases["accepted"]:
        yield case["text"], parse_time(case["text"], "") == int(case["nanoseconds"])
    for case in cases["refused"]:
        yield case["text"], code_of(lambda: parse_time(case["text"], "")) == "bad-time"


def pointers(folder: Path) -> Group:
    cases = load(folder / "credential/pointers.json")
    for case in cases["accepted"]:
        yield case["pointer"], name_of(case["pointer"], "") == case["name"]
    for case in cases["refused"]:
        yield str(case["pointer"]), code_of(lambda: name_of(case["pointer"], "")) == case["code"]


def changes(path: Path, check: Callable[[Any], object]) -> Group:
    """Cases that each change one member of a minimal document."""
    cases = load(path)
    for case in cases["accepted"] + cases["refused"]:
        changed = json.loads(json.dumps(cases["minimal"]))
        *parents, last = case["at"].split("/")[1:]
        holder = changed
        for name in parents:
            holder = holder[int(name) if isinstance(holder, list) else name]
        if last == "-":
            holder.append(case["value"])
        elif "value" not in case:
            del holder[last]
        else:
            holder[int(last) if isinstance(holder, list) else last] = case["value"]
        yield case["comment"], code_of(lambda: check(changed)) == case.get("code")


def expand(seed: bytes, length: int) -> bytes:
    """SPEC section 3.2: HKDF-Expand of RFC 5869."""
    made, block = b"", b""
    for counter in range(1, 2 + length // 32):
        block = hmac.digest(seed, block + b"inaltera/salts/1" + bytes([counter]), "sha256")
        made += block
    return made[:length]


def salts_of(seed: bytes, pointers: list[str]) -> tuple[bytes, dict[str, bytes]]:
    """SPEC section 3.2: the salt, and that of each claim."""
    made = expand(seed, 32 + 16 * len(pointers))
    ordered = sorted(pointers, key=lambda pointer: pointer.encode("utf-16-be"))
    return made[:32], {pointer: made[32 + 16 * i : 48 + 16 * i] for i, pointer in enumerate(ordered)}


def commitments(folder: Path) -> Group:
    cases = load(folder / "commitment.json")
    for case in cases["salts"]:
        salt, salts = salts_of(unhex(case["seed"]), list(case["byPointer"]))
        texts = {pointer: hex_of(data) for pointer, data in salts.items()}
        yield case["comment"], (hex_of(salt), texts) == (case["salt"], case["byPointer"])
    for case in cases["digests"]:
        made = digest_of(unhex(case["salt"]), case["pointer"], case["value"])
        yield case["comment"], hex_of(made) == case["digest"]
    for case in cases["commitments"]:
        salt, salts = salts_of(unhex(case["seed"]), case["pointers"])
        issuer, home = unhex(case["issuer"]), case["home"]
        made = commitment_of(Certificate(case["credential"], "", issuer, home, b"", 1, 0, [], salt, salts, {}))
        yield case["comment"], hex_of(made) == case["commitment"]


def trees(folder: Path) -> Group:
    for case in load(folder / "merkle.json")["cases"]:
        size, nodes = case["size"], tree_of([unhex(text) for text in case["commitments"]])
        yield f"{size}", nodes[0] == unhex(case["root"])
        for index, path in enumerate(case["paths"]):
            made = path_of(nodes, index)
            good = made == [unhex(text) for text in path] and len(made) == path_length(index, size)
            yield f"{size}/{index}", good


def tries(folder: Path) -> Group:
    for case in load(folder / "trie.json")["cases"]:
        try:
            nodes = [unhex(node) for node in case["nodes"]]
            value = prove(unhex(case["root"]), unhex(case["key"]), nodes)
            got = ("absent", None) if value is None else ("value", "0x" + value.hex())
        except Unproven:
            got = ("nothing", None)
        yield case["title"], got == (case["outcome"], case.get("value"))


def certificates(folder: Path) -> Group:
    for path in sorted((folder / "certificates").rglob("*.json")):
        vector = load(path)
        for form in ("certificate", "presentation"):
            text = vector[form].encode()
            made = commitment_of(parse_certificate(text))
            good = made == unhex(vector["commitment"]) and canonical(parse_json(text)) == text
            yield f"{path.name} {form}", good


def judged(name: str, case: dict[str, Any], world: dict[str, Any], verdicts: Verdicts) -> Checks:
    """The checks of a certificate or bundle with its own policy, evidence and moments, or else the world's."""
    given = {**world, **case}
    data = canonical(case["bundle"]) if "bundle" in case else bytes_of(case)
    policy = parse_policy(canonical(given["policy"]))
    evidence = evidence_of(given["evidence"]) if "evidence" in given else None
    as_of = None if given.get("asOf") is None else parse_time(given["asOf"], "")
    verdicts[name] = verdict_of(data, policy, evidence, parse_time(given["now"], ""), as_of)
    return verdicts[name]


def attacks(folder: Path, verdicts: Verdicts) -> Group:
    world = load(folder / "attacks/world.json")
    for path in sorted((folder / "attacks").glob("*.json")):
        case = load(path)
        if path.name == "world.json":
            case = {"id": "world", "text": load(folder / "certificates/v1/3.json")["certificate"]}
        checks = judged(f"attacks/{path.name}", case, world, verdicts)
        expected = dict(case.get("expect", {"check": "anchor", "outcome": "passed"}))
        outcome = {"failed": "invalid", "undetermined": "undetermined", "passed": "valid"}[expected["outcome"]]
        yield case["id"], outcome_of(checks) == outcome and checks[expected.pop("check")] == expected


def by_evidence(folder: Path, name: str, verdicts: Verdicts) -> Group:
    """Certificates with evidence, or bundles, that earn an outcome by the first check that decides it."""
    for path in sorted((folder / name).glob("*.json")):
        case = load(path)
        checks = judged(f"{name}/{path.name}", case, {}, verdicts)
        outcome = outcome_of(checks)
        wanted = {"invalid": "failed", "undetermined": "undetermined", "valid": ""}[outcome]
        gist = [{"check": check, "code": had["code"]} for check, had in checks.items() if had["outcome"] == wanted]
        good = {"outcome": outcome, **(gist[0] if gist else {})} == case["expect"]
        yield case["id"], good and checks == case.get("verdict", {}).get("checks", checks)


def run(folder: Path, as_json: bool) -> int:
    """Prints a line for every group, or as JSON the checks of every certificate judged; 1 where anything differs."""
    verdicts: Verdicts = {}
    groups: dict[str, Group] = {
        "json": json_texts(folder),
        "json numbers": numbers(folder),
        "time.json": times(folder),
        "credential/pointers.json": pointers(folder),
        "credential/refused.json": changes(folder / "credential/refused.json", check_credential),
        "bundle.json": changes(folder / "bundle.json", lambda bundle: parse_document(canonical(bundle))),
        "policy.json": changes(folder / "policy.json", lambda policy: parse_policy(canonical(policy))),
        "commitment.json": commitments(folder),
        "merkle.json": trees(folder),
        "trie.json": tries(folder),
        "certificates": certificates(folder),
        "attacks": attacks(folder, verdicts),
        "judged": by_evidence(folder, "judged", verdicts),
        "evidence": by_evidence(folder, "evidence", verdicts),
    }
    differing = 0
    for title, group in groups.items():
        results = list(group)
        wrong = [name for name, good in results if not good]
        differing += len(wrong)
        lines = [f"{title}: {len(results) - len(wrong)} of {len(results)}", *(f"  differs: {name}" for name in wrong)]
        print("\n".join(lines), file=sys.stderr if as_json else sys.stdout)
    if as_json:
        print(json.dumps(verdicts))
    return 1 if differing > 0 else 0
