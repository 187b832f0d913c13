/**
 * The main job on real input, as a user of the service does it: a server is started, a batch of micro-certifications is
 * issued through its API from the CSV and the template in `examples/`, anchored on an embedded chain and verified; then
 * attempts at fraud are refused, and `fsck` proves everything anew. Ends with 0 only if every verdict is what it should
 * be. From a terminal it leaves the server up until Ctrl-C; otherwise, or with `--exit`, it tries each printed address
 * once and ends by itself. Everything lives in a folder of its own, which is removed at the end.
 */
import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { initData, openContext, SCOPES } from '../server/context.ts'
import type { Context } from '../server/context.ts'
import type { Verdict } from '../src/index.ts'
import { apiOf } from './demo-api.ts'
import type { Api } from './demo-api.ts'
import { issueOverHttp, linksOverHttp, revokeOverHttp } from './demo-batch.ts'
import type { HeldLink, IssuedBatch } from './demo-batch.ts'
import { endCommands } from './demo-command.ts'
import type { Asked } from './demo-command.ts'
import { issueAsStranger, withAnotherName } from './demo-forgeries.ts'
import { takeTour, tell } from './demo-tour.ts'
import { ask, briefOf, reasonOf } from './demo-verdicts.ts'
import type { Answer } from './demo-verdicts.ts'
import { tableOf } from './figures.ts'

/** How many certificates are asked about at a time: as many as a small machine has processors. */
const AT_ONCE = 2
const SHOWS_WITHIN_MS = 60_000
const KEY_LASTS_MS = 7 * 24 * 3_600_000

type Place = { readonly context: Context; readonly asked: Asked; readonly folder: string }
type Issued = IssuedBatch & { readonly links: readonly HeldLink[] }

const started = performance.now()

function say(text: string): void {
  console.log(text)
}

function step(text: string): void {
  const seconds = ((performance.now() - started) / 1000).toFixed(1).padStart(6)
  console.log(`${seconds} s  ${text}`)
}

/** A line of a table of verdicts, and whether it is what it should be. */
type Line = { readonly cells: readonly string[]; readonly isRight: boolean }

function lineOf(name: string, { terminal, server }: Answer, expected: string): Line {
  const [one, other] = [briefOf(terminal), briefOf(server)]
  const isRight = one === expected && other === expected
  // The name comes last: terminals do not agree on how wide a script's letters are.
  return { cells: [one, other, isRight ? 'as it should be' : `WRONG: ${expected}`, name], isRight }
}

function showVerdicts(lines: readonly Line[], last: string): boolean {
  const heading = ['inaltera verify', 'the server', '', last]
  say(`\n${tableOf([heading, ...lines.map(({ cells }) => cells)])}\n`)
  return lines.every(({ isRight }) => isRight)
}

async function prepare(folder: string, passphrase: string): Promise<Context> {
  step('making keys, a chain of our own (Anvil) and a policy')
  await initData(folder, { passphrase, issuerName: 'Atelier Formation Bellecombe' })
  const context = await openContext(folder, { passphrase })
  step('deploying the registry and giving the keys their roles')
  await context.deploy()
  return context
}

async function makeKey(context: Context): Promise<string> {
  step('making an API key')
  const { issuer } = context
  const expiresAt = Date.now() + KEY_LASTS_MS
  const request = { issuer, label: 'demo', scopes: SCOPES, expiresAt, by: 'cli' }
  return (await context.apiKeys.create(request)).text
}

async function issueBatch(context: Context, api: Api): Promise<Issued> {
  const batch = await issueOverHttp(api, step)
  step(`${batch.size} certificates sealed, stored, read back, proven and anchored; final`)
  say(`\n  root      ${batch.root}\n  registry  ${context.home}\n  issuer    ${context.issuer}`)
  step(`GET  /api/v1/batches/${batch.id}/links`)
  const links = await linksOverHttp(api, batch.id)
  say(
    '\nThe holder links, one for each learner. In the real world each is told to its learner alone.\n',
  )
  for (const { name, link } of links) say(`  ${name}\n    ${link}`)
  return { ...batch, links }
}

async function verifyAll(
  asked: Asked,
  links: readonly HeldLink[],
  fileOf: (link: HeldLink) => string,
): Promise<boolean> {
  say('')
  step(`verifying all ${links.length}: by inaltera verify <link>, and by the server's API`)
  const lines: Line[] = []
  for (let at = 0; at < links.length; at += AT_ONCE) {
    const some = links.slice(at, at + AT_ONCE)
    const answers = await Promise.all(
      some.map(async (one) => ({ one, answer: await ask(asked, one.link, fileOf(one)) })),
    )
    lines.push(...answers.map(({ one, answer }) => lineOf(one.name, answer, 'valid')))
  }
  return showVerdicts(lines, 'learner')
}

/** Waits for what was done on the chain to stand two blocks deep, where verifiers look. */
async function untilShown(
  context: Context,
  bytes: Uint8Array,
  isShown: (verdict: Verdict) => boolean,
): Promise<void> {
  const deadline = Date.now() + SHOWS_WITHIN_MS
  while (!isShown(await context.verify(bytes))) {
    if (Date.now() > deadline) throw new Error('the chain does not show it in time')
    await sleep(250)
  }
}

async function refuseFrauds(
  { context, asked, folder }: Place,
  api: Api,
  victim: { readonly link: HeldLink; readonly bytes: Uint8Array },
): Promise<boolean> {
  const { link, bytes } = victim
  step('a forger writes his name into a certificate')
  const tampered = withAnotherName(bytes, 'Faussaire')
  step('a stranger copies a certificate and anchors it as an issuer of his own')
  const { sameName, impostor } = await issueAsStranger(bytes, context.rpcUrl)
  step(`the school revokes the certificate of ${link.name} through the API`)
  await revokeOverHttp(api, link.cid, 'issued-in-error')
  await untilShown(context, bytes, ({ checks }) => checks.status.outcome === 'failed')
  await untilShown(context, impostor, ({ checks }) => checks.anchor.outcome === 'passed')
  const cases = [
    ['tampered', tampered, 'invalid, inclusion: root-differs'],
    ['revoked', bytes, 'invalid, status: revoked'],
    ["a stranger's, under the school's name", sameName, 'undetermined, issuer: issuer-unvouched'],
    ["a stranger's, as if the school's own", impostor, 'invalid, issuer: issuer-mismatch'],
  ] as const
  const lines: Line[] = []
  const reasons: string[] = []
  for (const [name, document, expected] of cases) {
    const file = join(folder, `${name.replaceAll(/\W+/g, '-')}.json`)
    await writeFile(file, document)
    const answer = await ask(asked, file, file)
    lines.push(lineOf(name, answer, expected))
    reasons.push(`  ${name}: ${reasonOf(answer.terminal)}`)
  }
  const isRight = showVerdicts(lines, 'refused')
  say(`${reasons.join('\n')}\n`)
  return isRight
}

/** The main job; gives what to look at afterwards, and whether every verdict was what it should be. */
async function run(
  place: Place,
  api: Api,
): Promise<{ readonly issued: Issued; readonly isRight: boolean }> {
  const { context, asked, folder } = place
  const issued = await issueBatch(context, api)
  const fileOf = ({ index }: HeldLink): string => join(folder, `certificate-${index}.json`)
  const allValid = await verifyAll(asked, issued.links, fileOf)
  const [link] = issued.links
  if (link === undefined) throw new Error('the batch is empty')
  const bytes = new Uint8Array(await readFile(fileOf(link)))
  const allRefused = await refuseFrauds(place, api, { link, bytes })
  step('fsck: store, documents and chain are compared, every document is opened')
  const { outcome, checked } = await context.fsck()
  step(`${outcome}: ${checked.certificates} certificates, ${checked.blocks} blocks`)
  return { issued, isRight: allValid && allRefused && outcome === 'sound' }
}

/** A signal, or a reader of the output who left (`| head`): a cleaning up is owed. */
function toldToStop(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => {
        resolve()
      })
    }
    process.stdout.on('error', () => {
      resolve()
    })
  })
}

/** Exit code of the demo on an open folder: 0 only where everything is what it should be. */
async function show(place: Place, passphrase: string, isLeftUp: boolean): Promise<number> {
  const { context, asked } = place
  const key = await makeKey(context)
  const { issued, isRight } = await run(place, apiOf(asked.server, key))
  step(isRight ? 'every verdict is what it should be' : 'NOT every verdict is what it should be')
  const link = issued.links.at(-1)?.link
  if (link === undefined) throw new Error('the batch is empty')
  const tour = { asked, key, batchId: issued.id, link, passphrase }
  tell(tour, say)
  if (isLeftUp) {
    say(`The server is up at ${asked.server}. Ctrl-C stops it and removes everything.\n`)
    return isRight ? 0 : 1
  }
  step('trying each of these once')
  const isAllThere = await takeTour(tour, say)
  step('stopping everything, removing the folder')
  return isRight && isAllThere ? 0 : 1
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { exit: { type: 'boolean', default: false } } })
  const isLeftUp = !values.exit && process.stdin.isTTY && process.stdout.isTTY
  const folder = await mkdtemp(join(tmpdir(), 'inaltera-demo-'))
  const passphrase = randomBytes(12).toString('base64url')
  const stop = toldToStop()
  let context: Context | undefined
  try {
    const data = join(folder, 'data')
    const opened = (context = await prepare(data, passphrase))
    const { url } = await opened.serve()
    step(`the server listens at ${url}`)
    const asked = { folder: data, server: url, compiled: join(folder, 'compiled') }
    const shown = show({ context: opened, asked, folder }, passphrase, isLeftUp)
    const code = await Promise.race([shown, stop])
    if (code === undefined) return 130
    if (isLeftUp) await stop
    return code
  } finally {
    await endCommands()
    await context?.close()
    await rm(folder, { recursive: true, force: true })
  }
}

process.exitCode = await main()
