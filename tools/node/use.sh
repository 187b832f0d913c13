# Source me from bash: puts Node.js 24 first on PATH when the machine's own is older than 24.
# Node 22 lacks parts of node:sqlite and zlib that the server uses, so the bar is 24.
_node_tools=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
if ! node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 24 ? 0 : 1)' 2>/dev/null; then
  if [ ! -x "$_node_tools/node_modules/.bin/node" ]; then
    echo "set-up: this machine's Node.js is $(node -v 2>/dev/null || echo missing); installing Node.js 24 into tools/node (once, about 190 MB)" >&2
    npm ci --prefix "$_node_tools" --ignore-scripts --no-audit --no-fund --loglevel=error >&2
  fi
  PATH="$_node_tools/node_modules/.bin:$PATH"
  export PATH
fi
