/** A new data folder: keys, recovery file, chain, policy, and last the configuration, which makes it one. */

import { chmod, lstat, mkdir, readdir } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { rpcOf } from '../node/rpc.ts'
import {
  accountOf,
  parseHome,
  parseLinkBase,
  parsePolicy,
  REGISTRY_ADDRESS,
  REGISTRY_CODE_HASH,
  utf8,
} from '../src/index.ts'
import { EMBEDDED_CHAIN_ID, openEmbeddedChain } from './chain/embedded.ts'
import { pathsOf } from './chain/keeper.ts'
import { readIdentity } from './chain/network.ts'
import type { ChainIdentity } from './chain/network.ts'
import { freePort } from './chain/port.ts'
import { pinOf, refuseImpostor } from './chain/presets.ts'
import { CONFIG_FILE, ConfigError } from './config.ts'
import type { ConfigFile } from './config.ts'
import { checkDocuments } from './documents-config.ts'
import { documentPathsOf, filesOf } from './files.ts'
import type { Files, KeyFiles, KeyName } from './files.ts'
import { writeDurably } from './keys/durable.ts'
import { checkPassphrase, newKey, writeKey } from './keys/keystore.ts'
import type { Key } from './keys/keystore.ts'
import { newRecoveryCode, writeRecoveryFile } from './keys/recovery.ts'
import { unlessMissing } from './missing.ts'
import { openPostgresStore } from './storage/postgres.ts'

export type InitOptions = {
  /** Encrypts the keys of this folder; at least 8 characters. */
  readonly passphrase: string
  /** What verdicts by the folder's own policy call the issuer. */
  readonly issuerName: string
  /** Default: an embedded chain on a free port. */
  readonly chain?:
    | { readonly kind: 'embedded'; readonly port?: number }
    | { readonly kind: 'rpc'; readonly url: string; readonly network: 'main' | 'test' | 'local' }
  /** Default: SQLite in the folder. A PostgreSQL URL is checked, and written as it is, into a file of mode 0600. */
  readonly store?: { readonly kind: 'postgres'; readonly url: string }
  /** Default: blocks on disk in the folder. Kubo must answer; its credential is read from the environment only. */
  readonly documents?: { readonly kind: 'kubo'; readonly url: string }
  /** Where `serve` listens; default 127.0.0.1 and a free port, chosen now. */
  readonly host?: string
  readonly port?: number
  /** Where learners reach the server, for holder links; default `http://<host>:<port>`. */
  readonly publicUrl?: string
  /** log2 of scrypt's N for the key files, 10…20; tests take less than the default 17. */
  readonly scryptLogN?: number
}

export type InitReport = {
  readonly folder: string
  /** CAIP-10. */
  readonly account: string
  readonly issuer: string
  readonly operators: { readonly anchor: string; readonly status: string }
  readonly home: string
  readonly genesis: string
  readonly policyFile: string
  readonly recoveryFile: string
  /** Opens the recovery file; shown once, written nowhere. */
  readonly recoveryCode: string
  readonly publicUrl: string
}

/**
 * Throws `FormatError` for a name or a URL that no policy can hold, `ConfigError` `exists` or `invalid` (the database),
 * `KeystoreError` `weak-passphrase` or `exists`, `UnavailableError`.
 */
export async function initData(folder: string, options: InitOptions): Promise<InitReport> {
  checkPassphrase(options.passphrase)
  refuseUnreadable(options)
  const files = filesOf(folder)
  await refuseExisting(folder, files)
  const { host = '127.0.0.1', port = await freePort() } = options
  const publicUrl = parseLinkBase(options.publicUrl ?? `http://${host}:${port}`, 'publicUrl')
  await checkDocuments(options.documents)
  if (options.store !== undefined) await prepareDatabase(options.store.url)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  // Also where the folder was there before: it holds a store, and names learners' documents.
  await chmod(folder, 0o700)
  const { chain, url, identity } = await prepareChain(files, options)
  if (chain.kind === 'rpc') refuseImpostor(identity, chain.network)
  const keys = newKeys()
  const recoveryCode = await writeKeys(files, keys, options)
  const home = parseHome(`eip155:${identity.chainId}:${REGISTRY_ADDRESS}`, 'home')
  const account = accountOf(identity.chainId, keys.issuer.address)
  const policy = policyOf(options, account, { chain, url, identity })
  await writeJson(files.policy, policy)
  const operators = { anchor: keys.anchor.address, status: keys.status.address }
  const issuer = keys.issuer.address
  const config: ConfigFile = {
    inaltera: 'config/1',
    chain,
    genesis: identity.genesis,
    home: home.text,
    issuer,
    operators,
    master: keys.master.address,
    server: { host, port, publicUrl },
    ...(options.store === undefined ? {} : { store: options.store }),
    ...(options.documents === undefined ? {} : { documents: options.documents }),
  }
  await writeJson(join(folder, CONFIG_FILE), config)
  return {
    folder,
    account,
    issuer,
    operators,
    home: home.text,
    genesis: identity.genesis,
    policyFile: files.policy,
    recoveryFile: files.recovery,
    recoveryCode,
    publicUrl,
  }
}

type PreparedChain = {
  readonly chain: ConfigFile['chain']
  readonly url: string
  readonly identity: ChainIdentity
}

/** What the policy says of the chain; an embedded one has its port only when it runs. */
type Planned = Omit<PreparedChain, 'chain'> & {
  readonly chain: ConfigFile['chain'] | { readonly kind: 'embedded' }
}

/** The folder's own policy: its registry, its chain's one provider, its issuer. */
function policyOf(
  { issuerName }: InitOptions,
  account: string,
  { chain, url, identity }: Planned,
): unknown {
  const kind = chain.kind === 'embedded' ? 'local' : chain.network
  const pin = pinOf(identity, kind)
  return {
    inaltera: 'policy/1',
    name: issuerName,
    registries: [pin],
    providers: { [identity.chainId]: [url] },
    quorum: 1,
    // One provider's word is not enough where others rely on it; whoever runs a local chain can prove anything on it.
    level: kind === 'local' ? 'reported' : 'proven',
    timeoutMs: 10_000,
    issuers: [{ account, name: issuerName }],
    accreditors: [],
    domains: [],
    required: [],
  }
}

/** A folder whose policy could not be read would judge nothing: what its owner says must fit, before anything is made. */
function refuseUnreadable(options: InitOptions): void {
  const chain = options.chain?.kind === 'rpc' ? options.chain : ({ kind: 'embedded' } as const)
  const url = chain.kind === 'rpc' ? chain.url : 'http://127.0.0.1/'
  const identity = { chainId: `${EMBEDDED_CHAIN_ID}`, genesis: REGISTRY_CODE_HASH }
  const account = accountOf(identity.chainId, REGISTRY_ADDRESS)
  parsePolicy(utf8(JSON.stringify(policyOf(options, account, { chain, url, identity }))))
}

/**
 * Nothing that a folder cannot be given twice may stand there, whether or not its configuration still does: keys above
 * all, without which a namespace on the chain has no owner any more.
 */
async function refuseExisting(folder: string, files: Files): Promise<void> {
  const { blocks, packs, cars } = documentPathsOf(files.documents)
  const { state, beginning } = pathsOf(files.chain)
  const precious = [
    join(folder, CONFIG_FILE),
    files.policy,
    ...(await entriesOf(files.keys)),
    ...(await entriesOf(join(folder, 'issuers'))),
    files.store,
    state,
    beginning,
    ...(await Promise.all([blocks, packs, cars].map(entriesOf))).flat(),
  ]
  for (const path of precious) {
    const found = await lstat(path).catch(() => undefined)
    if (found === undefined) continue
    const name = relative(folder, path)
    throw new ConfigError('exists', name, `${name} is in ${folder} already`)
  }
}

async function entriesOf(folder: string): Promise<string[]> {
  const names = (await unlessMissing(readdir(folder))) ?? []
  return names.map((name) => join(folder, name))
}

/** Makes the schema, in a database that answers and is no other folder's: before there is a key to leave behind. */
async function prepareDatabase(url: string): Promise<void> {
  const store = await openPostgresStore({ url, member: '--store' }, undefined)
  await store.close()
}

/** The keys of a new issuer. */
export function newKeys(): Record<KeyName, Key> {
  return { issuer: newKey(), anchor: newKey(), status: newKey(), master: newKey() }
}

/** Writes each key to a file of its own under the passphrase, and the recovery file; returns its code. */
export async function writeKeys(
  files: KeyFiles,
  keys: Readonly<Record<KeyName, Key>>,
  { passphrase, scryptLogN }: Pick<InitOptions, 'passphrase' | 'scryptLogN'>,
): Promise<string> {
  await mkdir(files.keys, { recursive: true, mode: 0o700 })
  for (const name of ['issuer', 'anchor', 'status', 'master'] as const) {
    await writeKey(files.key(name), keys[name], passphrase, scryptLogN)
  }
  const recoveryCode = newRecoveryCode()
  await writeRecoveryFile(files.recovery, keys.master, recoveryCode)
  return recoveryCode
}

/** Asks the chain who it is; an embedded one is made for that, and its first block stays. */
async function prepareChain(
  files: Files,
  { chain = { kind: 'embedded' } }: InitOptions,
): Promise<PreparedChain> {
  if (chain.kind === 'rpc') {
    return { chain, url: chain.url, identity: await readIdentity(rpcOf(chain.url)) }
  }
  const port = chain.port ?? (await freePort())
  const running = await openEmbeddedChain(files.chain, port)
  try {
    const identity = await readIdentity(rpcOf(running.url))
    if (identity.chainId !== String(EMBEDDED_CHAIN_ID)) {
      throw new ConfigError('invalid', '/chain', 'the embedded chain has another number')
    }
    return { chain: { kind: 'embedded', port }, url: running.url, identity }
  } finally {
    await running.close()
  }
}

/** One JSON value as a file, whole or not at all. */
export async function writeJson(path: string, value: unknown): Promise<void> {
  await writeDurably(path, `${JSON.stringify(value, null, 2)}\n`)
}
