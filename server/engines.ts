/** What a data folder runs on: configuration, keys, chain, store, documents, verifier, opened in order and closed in the other. */

import { readFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { INTERNET } from '../node/domain.ts'
import type { Internet } from '../node/domain.ts'
import { rpcOf } from '../node/rpc.ts'
import type { Rpc } from '../node/rpc.ts'
import { parsePolicy } from '../src/index.ts'
import type { Address } from '../src/index.ts'
import { openEmbeddedChain } from './chain/embedded.ts'
import type { ChainIdentity } from './chain/network.ts'
import { reconcile } from './chain/reconcile.ts'
import type { ReconcileReport } from './chain/reconcile.ts'
import { registryOf } from './chain/registry.ts'
import type { Registry } from './chain/registry.ts'
import { SEND_LIMITS } from './chain/sender.ts'
import type { SendLimits } from './chain/sender.ts'
import { readWholeConfig } from './changing.ts'
import type { Config } from './config.ts'
import { SMTP_PASSWORD } from './mail-config.ts'
import type { Journal } from './erasure/journal.ts'
import { openErasures } from './erasure/open.ts'
import { filesOf } from './files.ts'
import { queueOf } from './http/queue.ts'
import type { Queue } from './http/queue.ts'
import { keyringsOf, signersOfAll } from './issuer-keys.ts'
import type { Signers } from './issuer-keys.ts'
import { openDiskDocuments } from './ipfs/disk.ts'
import type { Documents, IsErased } from './ipfs/documents.ts'
import { openKuboDocuments } from './ipfs/kubo.ts'
import { apiKeysOf } from './keys/api-keys.ts'
import type { ApiKeys } from './keys/api-keys.ts'
import { sessionsOf } from './keys/sessions.ts'
import type { Sessions } from './keys/sessions.ts'
import type { Keyring } from './keys/keyring.ts'
import { lenderOf } from './issuance/lender.ts'
import type { Lender } from './issuance/lender.ts'
import { logOf } from './log.ts'
import type { Log } from './log.ts'
import { refuseDevelopment } from './production.ts'
import { smtpMailer } from './mail/smtp.ts'
import type { MailPort } from './mail/smtp.ts'
import { openPostgresStore } from './storage/postgres.ts'
import { openSqliteStore } from './storage/sqlite.ts'
import type { Store } from './storage/store.ts'
import { underWay } from './under-way.ts'
import type { UnderWay } from './under-way.ts'
import { verifierOf } from './verifier.ts'
import type { Verifier } from './verifier.ts'

export type OpenOptions = {
  /** Opens the key files; without it the context can serve and verify, not issue or erase nor change a status. */
  readonly passphrase?: string
  /** For log lines of `serve`, one JSON object a line; default: none. */
  readonly log?: (line: string) => void
  /** Refuses a folder with settings that are for trying things out. */
  readonly production?: boolean
  /** How long a worker that died keeps a batch from others, milliseconds; default 15,000. */
  readonly leaseMs?: number
  /** Of who computes, for tests; default: threads, one for each core, where a batch has some thousands of rows. */
  readonly lender?: Lender
  /** Where names of webhooks lead, for tests; default: the one that everybody means. */
  readonly internet?: Internet
}

export type Engines = {
  readonly config: Config
  readonly policy: Uint8Array
  readonly verifier: Verifier
  /** The key files of one issuer of the folder. */
  readonly keysOf: (issuer: Address) => Keyring
  /** What signs for the keys of one issuer. */
  readonly signersOf: (issuer: Address) => Signers
  readonly chain: { readonly url: string }
  readonly identity: ChainIdentity
  readonly rpc: Rpc
  readonly registry: Registry
  readonly store: Store
  readonly apiKeys: ApiKeys
  readonly sessions: Sessions
  readonly documents: Documents
  readonly spoolFolder: string
  /** Each upload is a file on disk and work for the one thread: so many at a time. */
  readonly uploads: Queue
  readonly journal: Journal
  readonly lender: Lender
  /** Undefined where links are not sent by e-mail. */
  readonly mailer: MailPort | undefined
  readonly internet: Internet
  readonly limits: SendLimits
  readonly pollMs: number
  readonly leaseMs: number
  readonly log: Log
  /** Compares what is anchored with the chain, the newest first. */
  readonly reconcile: (most: number) => Promise<ReconcileReport>
  /** What closing waits for. */
  readonly work: UnderWay
  /** Rejects once the engines close: what waits for the chain stops there, and the next process continues it. */
  readonly sleep: (milliseconds: number) => Promise<void>
  /** Aborted once the engines close. */
  readonly closing: AbortSignal
  /** Stops every wait, lets what is under way end, then closes store and chain. Twice is once. */
  close(underWay: () => Promise<void>): Promise<void>
}

const LEASE_MS = 15_000
const UPLOADS = { running: 4, waiting: 16 }
const EMBEDDED_POLL_MS = 100

/** Throws `ConfigError`, `KeystoreError`, `FormatError` (policy) or `UnavailableError`. */
export async function openEngines(folder: string, options: OpenOptions): Promise<Engines> {
  const config = await readWholeConfig(folder)
  const files = filesOf(folder)
  const policy = new Uint8Array(await readFile(files.policy))
  const parsedPolicy = parsePolicy(policy)
  if (options.production === true) await refuseDevelopment(folder, config, parsedPolicy)
  const verifier = verifierOf(parsedPolicy, Date.now)
  const keysOf = keyringsOf(folder, config, options.passphrase)
  // A wrong passphrase shows at once, not half way.
  if (options.passphrase !== undefined) await keysOf(config.issuer)('master')
  const leaseMs = options.leaseMs ?? LEASE_MS
  const signers = signersOfAll(config, keysOf)
  const chain = await connect(config, files.chain)
  try {
    const store = await openStore(config, files.store)
    const { documents, journal } = await openErasable(folder, config, store, leaseMs).catch(
      async (error: unknown) => {
        await store.close()
        throw error
      },
    )
    const apiKeys = apiKeysOf({ store, now: Date.now })
    const pollMs = config.chain.kind === 'embedded' ? EMBEDDED_POLL_MS : SEND_LIMITS.pollMs
    const rpc = rpcOf(chain.url)
    const registry = registryOf(rpc, config.home.registry)
    const identity = { chainId: config.chainId, genesis: config.genesis }
    const closing = new AbortController()
    return {
      config,
      policy,
      verifier,
      keysOf,
      signersOf: signers,
      chain,
      identity,
      rpc,
      registry,
      store,
      apiKeys,
      sessions: sessionsOf({ store, apiKeys, now: Date.now }),
      documents,
      spoolFolder: files.spool,
      uploads: queueOf(UPLOADS),
      journal,
      lender: options.lender ?? lenderOf(),
      mailer: config.mail && smtpMailer(config.mail, { password: process.env[SMTP_PASSWORD] }),
      internet: options.internet ?? INTERNET,
      pollMs,
      limits: { ...SEND_LIMITS, maxFeePerGas: config.maxFeePerGas, pollMs },
      leaseMs,
      log: logOf(options.log ?? ((): void => undefined)),
      work: underWay(),
      closing: closing.signal,
      reconcile: (most) =>
        reconcile({ rpc, registry, chain: identity, store, now: Date.now }, most),
      sleep: (milliseconds) => wait(milliseconds, undefined, { signal: closing.signal }),
      close: async (underWay) => {
        if (closing.signal.aborted) return
        closing.abort()
        await underWay()
        await store.close()
        await chain.close()
      },
    }
  } catch (error) {
    await chain.close()
    throw error
  }
}

/** With everything erased that the journal says: before anybody can ask for it. */
async function openErasable(
  folder: string,
  config: Config,
  store: Store,
  leaseMs: number,
): Promise<{ documents: Documents; journal: Journal }> {
  const documents = await openDocuments(config, filesOf(folder).documents, (cid) =>
    isGone(store, cid),
  )
  return { documents, journal: await openErasures(folder, config, store, documents, leaseMs) }
}

/** Whatever a copy still holds of an erased certificate, or under a link that was replaced, is not given out. */
async function isGone(store: Store, cid: string): Promise<boolean> {
  if ((await store.findTombstone(cid)) !== undefined) return true
  return (await store.findReplaced(cid)) !== undefined
}

/** `file` is that of SQLite. Throws `ConfigError`, `UnavailableError`. */
export async function openStore({ store, home, issuer }: Config, file: string): Promise<Store> {
  if (store.kind === 'sqlite') return openSqliteStore(file)
  return openPostgresStore(store, `${home.text} ${issuer}`)
}

async function openDocuments(
  { documents }: Config,
  folder: string,
  isErased: IsErased,
): Promise<Documents> {
  if (documents.kind === 'disk') return openDiskDocuments(folder, isErased)
  return openKuboDocuments(documents, folder, isErased)
}

async function connect(
  { chain }: Config,
  folder: string,
): Promise<{ url: string; close(): Promise<void> }> {
  if (chain.kind === 'embedded') return openEmbeddedChain(folder, chain.port)
  return { url: chain.url, close: () => Promise.resolve() }
}
