/** A data folder's `inaltera.json`, parsed once: one typed value, or an error that names the member. */

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import {
  FormatError,
  parseAddress,
  parseHash32,
  parseHome,
  parseJson,
  parseLinkBase,
  parseShape,
} from '../src/index.ts'
import type { Address, Hash32, Home } from '../src/index.ts'
import { ConfigError } from './config-error.ts'
import { documentsOf, documentsSchema } from './documents-config.ts'
import type { DocumentsConfig } from './documents-config.ts'
import { mailOf, mailSchema } from './mail-config.ts'
import type { MailConfig } from './mail-config.ts'
import { alarmsSchema, signersIn, signersSchema } from './signers-config.ts'
import type { SignersConfig } from './signers-config.ts'

export { ConfigError }

export type ChainConfig =
  | { readonly kind: 'embedded'; readonly port: number }
  | { readonly kind: 'rpc'; readonly url: string; readonly network: 'main' | 'test' | 'local' }

export type StoreConfig =
  | { readonly kind: 'sqlite' }
  /** `member` is where the URL was read; it may hold a password, and no message quotes it. */
  | { readonly kind: 'postgres'; readonly url: string; readonly member: string }

/** One issuer of a folder: its account and the keys that act for it. */
export type IssuerConfig = {
  readonly issuer: Address
  readonly operators: { readonly anchor: Address; readonly status: Address }
  /** The address of the master key, which no chain knows: it tells this issuer's from another's. */
  readonly master: Address
  /** From which size on its batches need a second person, and whether those of the terminal do; undefined: none. */
  readonly approval?: { readonly from: number; readonly terminal: boolean } | undefined
  /** Every version of the master key: `master`, and those that took its place for new batches, in order. */
  readonly masters: readonly Address[]
  /** What signs for a key, where it is not its file. */
  readonly signers: SignersConfig
}

/** The first issuer's keys are in `keys/`; those of the others in `issuers/<account>/`. */
export type Config = IssuerConfig & {
  readonly chain: ChainConfig
  readonly chainId: string
  readonly genesis: Hash32
  readonly home: Home
  /** All issuers, the first one first. */
  readonly issuers: readonly [IssuerConfig, ...IssuerConfig[]]
  readonly store: StoreConfig
  readonly documents: DocumentsConfig
  readonly host: string
  readonly port: number
  readonly publicUrl: string
  /** Number of proxies before the server, or their addresses and networks; false: none is believed. */
  readonly trustProxy: false | number | readonly string[]
  /** Where Prometheus finds the metrics; undefined: nowhere. */
  readonly metrics: { readonly host: string; readonly port: number } | undefined
  /** Wei per gas. */
  readonly maxFeePerGas: bigint
  /** Where the erasure journal is, if not in the data folder. */
  readonly erasureJournal: string | undefined
  /** Undefined where links are not sent by e-mail. */
  readonly mail: MailConfig | undefined
  /** Fewer anchors than this that a key can still pay for are an alarm. */
  readonly alarms: { readonly anchorsLeft: number }
}

const port = z.int().min(1).max(65_535)
const url = z.url({ protocol: /^https?$/ })
const issuerKeys = {
  issuer: z.string(),
  operators: z.strictObject({ anchor: z.string(), status: z.string() }),
  master: z.string(),
  approval: z
    .strictObject({ from: z.int().min(1), terminal: z.boolean().default(false) })
    .optional(),
  laterMasters: z.array(z.string()).max(1000).default([]),
  signers: signersSchema,
}
/** An address or a network, as Express's `trust proxy` takes it. */
const proxy = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()])
const server = z.strictObject({
  host: z.string().min(1).max(253),
  port,
  publicUrl: url,
  trustProxy: z
    .union([z.literal(false), z.int().min(1).max(10), z.array(proxy).min(1).max(100)])
    .default(false),
  metrics: z
    .strictObject({ host: z.string().min(1).max(253).default('127.0.0.1'), port })
    .optional(),
})
const schema = z.strictObject({
  inaltera: z.literal('config/1'),
  chain: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('embedded'), port }),
    z.strictObject({ kind: z.literal('rpc'), url, network: z.enum(['main', 'test', 'local']) }),
  ]),
  genesis: z.string(),
  home: z.string(),
  ...issuerKeys,
  issuers: z.array(z.strictObject(issuerKeys)).max(1000).default([]),
  server,
  store: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('sqlite') }),
      z.strictObject({ kind: z.literal('postgres'), url: z.string().max(2000).optional() }),
    ])
    .default({ kind: 'sqlite' }),
  mail: mailSchema,
  documents: documentsSchema,
  maxFeePerGasGwei: z.int().min(1).max(1_000_000).default(200),
  erasureJournal: z.string().min(1).max(4096).optional(),
  alarms: alarmsSchema,
})

export type ConfigFile = z.input<typeof schema>

/** Takes the place of `/store/url`, so that no file need hold a password. */
export const DATABASE_URL = 'INALTERA_DATABASE_URL'
export const CONFIG_FILE = 'inaltera.json'
const GWEI = 10n ** 9n

/** Reads the configuration of a data folder. Throws `ConfigError`. */
export async function readConfig(folder: string): Promise<Config> {
  const path = join(folder, CONFIG_FILE)
  const bytes = await readFile(path).catch(() => undefined)
  if (bytes === undefined) {
    throw new ConfigError('missing', CONFIG_FILE, `there is no ${path}; run inaltera init first`)
  }
  try {
    return parseConfig(bytes, process.env[DATABASE_URL])
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    throw new ConfigError('invalid', error.field, `${CONFIG_FILE}: ${error.message}`)
  }
}

/**
 * `databaseUrl` counts before the URL of the file where the store is PostgreSQL. Throws `FormatError` naming the member,
 * `ConfigError` where there is no URL.
 */
export function parseConfig(bytes: Uint8Array, databaseUrl?: string): Config {
  const data = parseShape(schema, parseJson(bytes))
  const home = parseHome(data.home, '/home')
  const first = parseIssuer(data, '')
  const others = data.issuers.map((one, at) => parseIssuer(one, `/issuers/${at}`))
  refuseShared([first, ...others])
  return {
    ...first,
    issuers: [first, ...others],
    chain: data.chain,
    chainId: home.chainId,
    genesis: parseHash32(data.genesis, '/genesis'),
    home,
    store: storeOf(data.store, databaseUrl),
    documents: documentsOf(data.documents),
    host: data.server.host,
    port: data.server.port,
    publicUrl: parseLinkBase(data.server.publicUrl, '/server/publicUrl'),
    trustProxy: data.server.trustProxy,
    metrics: data.server.metrics,
    maxFeePerGas: BigInt(data.maxFeePerGasGwei) * GWEI,
    erasureJournal: data.erasureJournal,
    mail: data.mail === undefined ? undefined : mailOf(data.mail),
    alarms: data.alarms,
  }
}

function parseIssuer(
  data: {
    readonly issuer: string
    readonly operators: { readonly anchor: string; readonly status: string }
    readonly master: string
    readonly approval?: IssuerConfig['approval']
    readonly laterMasters: readonly string[]
    readonly signers: Parameters<typeof signersIn>[0]
  },
  at: string,
): IssuerConfig {
  const master = parseAddress(data.master, `${at}/master`)
  const later = data.laterMasters.map((one, i) => parseAddress(one, `${at}/laterMasters/${i}`))
  return {
    issuer: parseAddress(data.issuer, `${at}/issuer`),
    operators: {
      anchor: parseAddress(data.operators.anchor, `${at}/operators/anchor`),
      status: parseAddress(data.operators.status, `${at}/operators/status`),
    },
    master,
    masters: [master, ...later],
    approval: data.approval,
    signers: signersIn(data.signers),
  }
}

/** What opens one issuer's records, or acts for it, must never be another's too. */
function refuseShared(issuers: readonly IssuerConfig[]): void {
  const seen = new Set<string>()
  for (const [at, { issuer, operators, masters }] of issuers.entries()) {
    const member = at === 0 ? '/issuer' : `/issuers/${at - 1}`
    for (const address of new Set([issuer, operators.anchor, operators.status, ...masters])) {
      if (seen.has(address)) {
        throw new FormatError('wrong-value', member, `${address} is another issuer's`)
      }
      seen.add(address)
    }
  }
}

function storeOf(
  store:
    { readonly kind: 'sqlite' } | { readonly kind: 'postgres'; readonly url?: string | undefined },
  databaseUrl: string | undefined,
): StoreConfig {
  if (store.kind === 'sqlite') return { kind: 'sqlite' }
  const { kind, url } = store
  if (databaseUrl !== undefined && databaseUrl !== '') {
    return { kind, url: databaseUrl, member: DATABASE_URL }
  }
  if (url !== undefined) return { kind, url, member: '/store/url' }
  throw new ConfigError('invalid', '/store/url', `there is no database URL, nor ${DATABASE_URL}`)
}
