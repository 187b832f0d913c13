/** What to try on a running demo: addresses and commands, printed for people, and each tried once where nobody looks. */
import { inaltera } from './demo-command.ts'
import type { Asked } from './demo-command.ts'
import { tableOf } from './figures.ts'

export type Tour = {
  readonly asked: Asked
  readonly key: string
  readonly batchId: string
  /** Of a certificate that stands. */
  readonly link: string
  readonly passphrase: string
}

type Address = { readonly what: string; readonly path: string; readonly needsKey?: true }

const COMMANDS = [
  { args: ['status'], what: 'how the service stands' },
  { args: ['fsck'], what: 'store, documents and chain proven anew' },
] as const

function addressesOf({ batchId, link }: Tour): Address[] {
  const cid = /\/c\/([a-z2-7]+)#/.exec(link)?.[1] ?? ''
  return [
    { what: 'the API, with a page to try it', path: '/api/v1/docs' },
    { what: 'its description (OpenAPI 3.1)', path: '/api/v1/openapi.json' },
    { what: 'the batch', path: `/api/v1/batches/${batchId}`, needsKey: true },
    {
      what: 'its certificates',
      path: `/api/v1/batches/${batchId}/certificates?limit=3`,
      needsKey: true,
    },
    { what: 'who did what', path: '/api/v1/audit?limit=5', needsKey: true },
    { what: "a learner's document, as everyone gets it", path: `/ipfs/${cid}?format=raw` },
    { what: 'does everything answer?', path: '/ready' },
  ]
}

/** What people open: where an issuer works, what a learner has, where anyone verifies. */
function pagesOf({ asked, link }: Tour): (readonly [what: string, url: string])[] {
  return [
    ['the console (sign in with the key above)', `${asked.server}/console`],
    ["a learner's certificate", link],
    ['the verifier', `${asked.server}/verify`],
  ]
}

/** What to look at, and how to go on in another terminal. */
export function tell(tour: Tour, say: (text: string) => void): void {
  const { asked, key, link, passphrase } = tour
  say(`\nThe issuer's API key:\n\n  ${key}\n`)
  say('Addresses; "key" means: curl -H "authorization: Bearer $KEY"\n')
  const rows = addressesOf(tour).map(({ what, path, needsKey }) => {
    return [`${asked.server}${path}`, needsKey === true ? 'key' : '', what]
  })
  say(tableOf(rows))
  say('\nCommands, from this folder:\n')
  say(`  export INALTERA_DATA=${asked.folder} INALTERA_PASSPHRASE=${passphrase} KEY=${key}`)
  say(`  npm run inaltera -- verify '${link}'`)
  for (const { args, what } of COMMANDS) {
    say(`  npm run inaltera -- ${args.join(' ').padEnd(8)}   # ${what}`)
  }
  say('\nOpen in a browser:\n')
  for (const [what, url] of pagesOf(tour)) say(`  ${what}\n    ${url}`)
  say('')
}

/** Fetches every printed address and runs every printed command once; whether each answered as it should. */
export async function takeTour(tour: Tour, say: (text: string) => void): Promise<boolean> {
  const { asked, key, link, passphrase } = tour
  const rows: string[][] = []
  for (const { path, needsKey } of addressesOf(tour)) {
    const headers = needsKey === true ? { authorization: `Bearer ${key}` } : {}
    const response = await fetch(`${asked.server}${path}`, { headers })
    const { byteLength } = await response.arrayBuffer()
    const isRight = response.status === 200 && byteLength > 0
    rows.push([isRight ? 'as it should be' : 'WRONG', String(response.status), path])
  }
  for (const [, url] of pagesOf(tour)) {
    const response = await fetch(url)
    const isPage = response.headers.get('content-type')?.startsWith('text/html') === true
    const isRight = response.status === 200 && isPage
    await response.arrayBuffer()
    const { pathname } = new URL(url)
    rows.push([isRight ? 'as it should be' : 'WRONG', String(response.status), pathname])
  }
  for (const args of [['verify', link], ...COMMANDS.map((one) => [...one.args])]) {
    const { code, out, err } = await inaltera(asked, args, passphrase)
    const isRight = code === 0
    rows.push([isRight ? 'as it should be' : 'WRONG', String(code), `inaltera ${args.join(' ')}`])
    if (!isRight) say(`${out}${err}`)
  }
  say(`${tableOf([['', 'answer', 'what was printed'], ...rows])}\n`)
  return rows.every(([verdict]) => verdict !== 'WRONG')
}
