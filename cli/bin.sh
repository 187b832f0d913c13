#!/usr/bin/env bash
# `inaltera` in the caller's own folder, so that paths mean what they say there; sets up what is missing first.
here=$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")
INALTERA_HERE=$PWD exec bash "$here/../scripts/run.sh" inaltera "$@"
