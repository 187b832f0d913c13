#!/usr/bin/env bash
# The one way in: `npm run demo`, `npm test` and all other tasks come through here. Sets up what is missing (Node.js,
# the packages of the lock), says so, and starts the task. Arguments behind the task are the task's own.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."

task=${1:-}
[ $# -eq 0 ] || shift

# shellcheck source=tools/node/use.sh
. tools/node/use.sh

note=node_modules/.inaltera-lock

# What decides which packages belong here: the lock, and what package.json asks for (not its other members).
wanted_packages() {
  node -e '
    const { readFileSync } = require("node:fs")
    const hash = require("node:crypto").createHash("sha256").update(readFileSync("package-lock.json"))
    const { dependencies, devDependencies, optionalDependencies } = JSON.parse(readFileSync("package.json", "utf8"))
    hash.update(JSON.stringify([dependencies, devDependencies, optionalDependencies]))
    console.log(hash.digest("hex"), process.platform, process.arch)
  '
}

# Native programs, one package for each platform: npm leaves out without a word what it cannot have.
has_anvil() { [ -x "${INALTERA_ANVIL:-node_modules/@foundry-rs/anvil-linux-amd64/bin/anvil}" ]; }
has_edr() { compgen -G 'node_modules/@nomicfoundation/edr-*/*.node' >/dev/null; }

npm_ci() { npm ci "$@" --ignore-scripts --no-audit --no-fund --loglevel=error >&2; }

install_packages() {
  local wanted
  wanted=$(wanted_packages)
  if [ "$(cat "$note" 2>/dev/null || true)" = "$wanted" ]; then return; fi
  echo "set-up: installing the packages of package-lock.json (once; about a minute)" >&2
  npm_ci
  # Where both are to be had, a download failed.
  if [ "$(uname -sm)" = 'Linux x86_64' ] && ! { has_anvil && has_edr; }; then
    echo "set-up: npm left out a native program that this machine can have; once more" >&2
    npm_ci
  fi
  echo "$wanted" >"$note"
  echo "set-up: done" >&2
}

# The embedded chain and the Solidity runner, for what needs them.
check_platform_packages() {
  local platform missing=0
  platform=$(node -p '`${process.platform}-${process.arch}`')
  case " $1 " in *" anvil "*)
    if ! has_anvil; then
      echo "set-up: Anvil, the embedded chain, is missing: this repository locks @foundry-rs/anvil-linux-amd64, and this" >&2
      echo "  machine is $platform. Where that is another, install Foundry's Anvil 1.7.1 and name the program in INALTERA_ANVIL;" >&2
      echo "  otherwise remove node_modules and run this again." >&2
      missing=1
    fi ;;
  esac
  case " $1 " in *" edr "*)
    if ! has_edr; then
      echo "set-up: Hardhat's native package @nomicfoundation/edr-$platform is missing: npm skips it where the Node that" >&2
      echo "  runs npm is too old, or where it is not published. Remove node_modules and run this again with Node 24." >&2
      missing=1
    fi ;;
  esac
  return "$missing"
}

usage() {
  cat >&2 <<'TEXT'
usage: npm run <task> [-- arguments]
  demo           issue the example batch on an embedded chain and verify every certificate
  test           every test that this machine can run; `-- --lane pages` those of one lane, `-- --grep <title>`
  test:long      the same with many more fuzz and property runs
  check          format, lint, types, generated files, architecture, tests
  format         rewrite the code in the one format
  generate       write the generated files anew
  mutants        change the contract in known ways; the tests must notice each
  coverage       what the contract's tests reach: every line, every outcome of a condition
  branches       decide each condition of the contract beforehand; a test must notice (about ten minutes)
  bench          ours beside the peers' packages, issuing, verifying, search, within three minutes; `-- --full` larger
                 and under load, about an hour; `-- --json <file>` as data, `-- --write` into docs/PERFORMANCE.md. By
                 name, of ours alone: `-- verify` in Node, Chromium and against providers, `-- core`, `-- issuing`,
                 `-- search`, `-- servers`, `-- load` (`--full`); `-- pages`: what a reader waits for
  pictures       draw the pictures of README and docs anew, from the real pages
  build:pages    build the pages into dist/web (done by itself where they are needed)
  build:verifier build the verifier as one file, dist/verifier.html, with its hash beside it
  build:package  build the npm package `inaltera` into dist/npm
  inaltera       the command line
TEXT
  exit 64
}

case "$task" in
  demo) needs='anvil' command=(scripts/demo.ts) ;;
  test) needs='anvil edr' command=(scripts/test.ts) ;;
  test:long) needs='anvil edr' command=(scripts/test.ts --long) ;;
  check) needs='anvil edr' command=(scripts/check.ts) ;;
  format) needs='' command=(scripts/format.ts --write) ;;
  generate) needs='edr' command=(scripts/generate.ts) ;;
  mutants) needs='edr' command=(scripts/mutants.ts) ;;
  coverage) needs='edr' command=(scripts/coverage.ts) ;;
  branches) needs='edr' command=(scripts/branches.ts) ;;
  bench) needs='anvil' command=(scripts/bench.ts) ;;
  build:pages) needs='' command=(scripts/build-pages.ts) ;;
  pictures) needs='anvil' command=(scripts/pictures.ts) ;;
  build:verifier) needs='' command=(scripts/build-verifier.ts) ;;
  build:package) needs='' command=(scripts/build-package.ts) ;;
  inaltera) needs='' command=(cli/main.ts) ;;
  *) usage ;;
esac

install_packages
# Programs of this repository are started by the hundred while it is tested: each is compiled once.
export NODE_COMPILE_CACHE=${NODE_COMPILE_CACHE:-$PWD/node_modules/.cache/compiled}
# glibc keeps what threads free in an arena of each: with two, a process that issues a large batch holds some 60 MiB less.
export MALLOC_ARENA_MAX=${MALLOC_ARENA_MAX:-2}
check_platform_packages "$needs"
# The peers that are measured beside ours have a lock of their own, and are installed for that alone.
if [[ "$task ${1:-}" =~ ^bench\ (--|$) ]] && [ ! -e bench/node_modules/.package-lock.json ]; then
  echo "set-up: installing the peers' packages of bench/package-lock.json (once)" >&2
  npm_ci --prefix bench
fi
# What serves pages needs them built.
case "$task ${1:-}" in
  demo* | test* | check* | bench* | pictures* | 'build:pages'* | 'inaltera serve') node scripts/build-pages.ts ;;
esac
root=$PWD
# Called as a command of its own (cli/inaltera), paths are the caller's.
[ "$task" != inaltera ] || cd -- "${INALTERA_HERE:-$root}"
command[0]=$root/${command[0]}
exec node --disable-warning=ExperimentalWarning "${command[@]}" "$@"
