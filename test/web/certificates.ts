/** Certificates in every state that the page shows, issued, changed and stored as they are in life. */
import { expect } from 'chai'
import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Interface } from 'ethers'
import type { Page } from 'playwright-core'
import { nodeAes256Gcm } from '../../node/cipher.ts'
import { REGISTRY_ABI } from '../../server/chain/abi.ts'
import { cidOf, holderLink, sealDocument } from '../../src/index.ts'
import { newIssuingServer, pause } from '../server/routes/issuing.ts'
import type { IssuingServer } from '../server/routes/issuing.ts'
import { exampleTemplate } from '../server/folder.ts'

type Json = Record<string, unknown>

export type Certificates = {
  readonly server: IssuingServer
  readonly links: Readonly<Record<State, string>>
  /** Names of learners, none of which may leave the browser. */
  readonly names: readonly string[]
  /** A link of a certificate with these bytes, which the page is served as if a host had them. */
  forged(page: Page, bytes: Uint8Array): Promise<string>
}

const STATES = [
  'valid',
  'suspended',
  'revoked',
  'erased',
  'corrected',
  'resealed',
  'expired',
] as const
const AWKWARD = ['long', 'arabic', 'chinese', 'combining'] as const
export type State = (typeof STATES)[number] | (typeof AWKWARD)[number]

/** 60 letters; right to left; without spaces; marks that stand over letters, and one that nobody sees. */
const NAMES: Readonly<Record<(typeof AWKWARD)[number], readonly [string, string]>> = {
  long: ['Maximilienne-Bérengère', 'de La Rochefoucauld-Montmorency-Laval'],
  arabic: ['فاطمة الزهراء', 'بنت عبد الرحمن'],
  chinese: ['欧阳', '娜娜'],
  combining: ['Zoe\u0308\u0323', 'N\u0303guye\u0302\u0303n\u200b'],
}
const LONG_TITLE =
  'Concevoir, documenter et évaluer des dispositifs de formation multimodaux accessibles à toutes et à tous en milieu rural'
/** The name that the policy trusts, its first а a Cyrillic one. */
export const LOOK_ALIKE = 'Org\u0430nisme d’essai'
const HEAD =
  'N° stagiaire;Prénom;Nom;Date de naissance;Courriel;Date du jury;Épreuve pratique /20;QCM sécurité (%);Assiduité (%);Travail d’équipe'

export async function newCertificates(): Promise<Certificates> {
  const server = await newIssuingServer()
  const { context, data } = server
  // Links are laid out before the server knows its port.
  const here = (link: string | undefined): string =>
    link === undefined
      ? expect.fail('no link')
      : server.url + link.slice(new URL(link).origin.length)
  const expired = join(data.folder, 'expired.csv')
  await writeFile(expired, `${HEAD}\nX-1;Ada;Byron;;;12/06/2019;15;90;100;Acquis\n`)
  const old = await context.issue({ rows: expired, template: await exampleTemplate() })
  const awkward = join(data.folder, 'awkward.csv')
  const rows = AWKWARD.map(
    (name, i) => `Y-${i};${NAMES[name].join(';')};;;12/06/2026;15;90;100;Acquis`,
  )
  await writeFile(awkward, [HEAD, ...rows, ''].join('\n'))
  const odd = await context.issue({ rows: awkward, template: await longTemplate() })
  const oddAt = (name: string): string => {
    const [given, family] = NAMES[AWKWARD.find((one) => one === name) ?? 'long']
    const found = odd.links.find(
      ({ learner }) => learner.name === `${given} ${family}`.normalize('NFC'),
    )
    return here(found?.link)
  }
  await changeAll(server)
  await context.reseal({ cid: server.linkAt(5).cid })
  const links = Object.fromEntries([
    ...STATES.map((state, i) => [
      state,
      here((state === 'expired' ? old.links[0] : server.report.links[i])?.link),
    ]),
    ...AWKWARD.map((state) => [state, oddAt(state)]),
  ]) as Record<State, string>
  return {
    server,
    links,
    names: ['L’Hôte', 'Lefèvre-Dûment', 'Byron', ...Object.values(NAMES).flat()],
    forged: (page, bytes) => forged(page, server.url, bytes),
  }
}

/** The states from `suspended` on, each of the certificate at its place. */
async function changeAll(server: IssuingServer): Promise<void> {
  const { key } = server
  const reasoned = async (i: number, what: string, reason: string): Promise<void> => {
    const answer = await server.ask('POST', `${server.pathOf(i)}/${what}`, key, { reason })
    if (answer.status === 202) await server.done(answer)
    else expect(answer.status).to.equal(200)
  }
  await reasoned(1, 'suspend', 'under-review')
  await reasoned(2, 'revoke', 'issued-in-error')
  await reasoned(3, 'erase', 'holder-request')
  const template: unknown = JSON.parse(Buffer.from(await exampleTemplate()).toString())
  const cells = 'C-9;Corrigée;Dupont;03/02/1999;;12/06/2026;15;90;100;Acquis'.split(';')
  const row = Object.fromEntries(HEAD.split(';').map((name, i) => [name, cells[i] ?? '']))
  const asked = await server.ask('POST', `${server.pathOf(4)}/correct`, key, { template, row })
  await server.done(asked)
}

async function longTemplate(): Promise<Uint8Array> {
  const template = JSON.parse(Buffer.from(await exampleTemplate()).toString()) as Json
  const achievement = { ...(template['achievement'] as Json), name: LONG_TITLE }
  const issuer = { ...(template['issuer'] as Json), name: LOOK_ALIKE }
  return Buffer.from(JSON.stringify({ ...template, achievement, issuer }))
}

async function forged(page: Page, origin: string, bytes: Uint8Array): Promise<string> {
  const linkSecret = new Uint8Array(randomBytes(32))
  const iv = new Uint8Array(randomBytes(12))
  const block = await sealDocument(bytes, { linkSecret, serverKey: undefined }, iv, nodeAes256Gcm)
  const cid = cidOf(block)
  await page.route(`**/ipfs/${cid}*`, (route) => route.fulfill({ body: Buffer.from(block) }))
  return holderLink(origin, cid, linkSecret)
}

/** Sets colour and logo of the issuer, as its own key binds them in the registry; `isBound` false: on the site alone. */
export async function dressIssuer(
  server: IssuingServer,
  profile: Json,
  isBound = true,
): Promise<void> {
  const { key, data, url } = server
  const answer = await server.ask('PUT', '/api/v1/profile', key, profile)
  expect(answer.status, JSON.stringify(answer.json)).to.equal(200)
  if (!isBound) return
  const policy = (await (await fetch(`${url}/api/v1/policy`)).json()) as Record<string, Json>
  const [rpc] = Object.values(policy['providers'] ?? {}).flat()
  const [pin] = Object.values(policy['registries'] ?? {}) as Json[]
  const registry = String(pin?.['home']).split(':').at(-1)
  const { digest } = answer.json['profile'] as { digest: string }
  const input = new Interface(REGISTRY_ABI).encodeFunctionData('setProfile', [digest, ''])
  const call = async (method: string, ...params: unknown[]): Promise<unknown> => {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })
    const headers = { 'content-type': 'application/json' }
    const said = await (await fetch(String(rpc), { method: 'POST', headers, body })).json()
    expect(said, method).to.have.property('result')
    return (said as Json)['result']
  }
  const from = data.init.issuer.split(':').at(-1)
  await call('anvil_impersonateAccount', from)
  const sent = await call('eth_sendTransaction', { from, to: registry, input, gas: '0x30d40' })
  while ((await call('eth_getTransactionReceipt', sent)) === null) await pause(100)
  await call('anvil_stopImpersonatingAccount', from)
}

/** Has the site give another policy than its own. */
export async function changePolicy(page: Page, change: (policy: Json) => Json): Promise<void> {
  await page.route('**/api/v1/policy', async (route) => {
    const policy = (await (await route.fetch()).json()) as Json
    await route.fulfill({ body: JSON.stringify(change(policy)) })
  })
}
