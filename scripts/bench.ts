/** `npm run bench`: everything, ours beside the peers; by name one thing of ours alone. */
import { parseArgs } from 'node:util'
import { machine } from '../bench/machine.ts'
import { benchLoad } from './bench-load.ts'
import { benchPages } from './bench-pages.ts'
import { benchSearch } from './bench-search.ts'
import { benchServers } from './bench-servers.ts'
import { benchVerify } from './bench-verify.ts'
import { benchCore, benchIssuing, benchWhole } from './bench-whole.ts'

const USAGE = `usage: npm run bench [-- [--full [--brief-peers]] [--rows <most issued>] [--json <file>] [--write]]
       npm run bench -- verify [--json <file>] | core | servers | load [--full] | pages
                        | search [<certificates> …] | issuing [<rows> …]`

const options = {
  json: { type: 'string' },
  full: { type: 'boolean', default: false },
  'brief-peers': { type: 'boolean', default: false },
  rows: { type: 'string' },
  write: { type: 'boolean', default: false },
} as const
const { values, positionals } = parseArgs({ options, allowPositionals: true })
const [name, ...counts] = positionals
const takesCounts = name === 'search' || name === 'issuing'
if (counts.some((count) => !takesCounts || !/^[1-9]\d{0,6}$/.test(count))) throw new Error(USAGE)
if (values.rows !== undefined && !/^[1-9]\d{3,6}$/.test(values.rows)) throw new Error(USAGE)
const sizes = counts.map(Number)
if (name !== undefined) console.log(`${machine()}\n`)
switch (name) {
  case undefined:
    await benchWhole({
      isFull: values.full,
      hasBriefPeers: values['brief-peers'],
      rows: values.rows === undefined ? undefined : Number(values.rows),
      json: values.json,
      isWritten: values.write,
    })
    break
  case 'verify':
    await benchVerify(values.json)
    break
  case 'core':
    await benchCore()
    break
  case 'servers':
    await benchServers()
    break
  case 'load':
    await benchLoad(values.full)
    break
  case 'pages':
    await benchPages()
    break
  case 'search':
    await benchSearch(sizes.length === 0 ? [100_000] : sizes)
    break
  case 'issuing':
    await benchIssuing(sizes.length === 0 ? [2_000, 10_000] : sizes)
    break
  default:
    throw new Error(USAGE)
}
