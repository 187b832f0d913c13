#!/bin/sh
# Run by Kubo's image before its daemon starts: whoever has no token reaches none of its RPC.
set -eu
token=$(cat /run/secrets/kubo_token)
ipfs config --json API.Authorizations \
  "{\"inaltera\": {\"AuthSecret\": \"bearer:$token\", \"AllowedPaths\": [\"/api/v0\"]}}"
