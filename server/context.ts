/**
 * The only place that constructs: one data folder becomes one `Context`, whose operations the CLI, the routes and the
 * demo share.
 */

import { readFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { accountOf, parsePolicy } from '../src/index.ts'
import type { Verdict } from '../src/index.ts'
import { anchorPortOf } from './chain/anchor.ts'
import { deployAll } from './chain/deploy.ts'
import { openEmbeddedChain } from './chain/embedded.ts'
import { registryOf } from './chain/registry.ts'
import { rpcOf } from './chain/rpc.ts'
import { SEND_LIMITS, senderOf, tendTransactions } from './chain/sender.ts'
import type { Sender } from './chain/sender.ts'
import { statusPortOf } from './chain/status.ts'
import { readConfig } from './config.ts'
import type { Config } from './config.ts'
import { filesOf } from './files.ts'
import type { KeyName } from './files.ts'
import { openDiskDocuments } from './ipfs/disk.ts'
import {
  anchoredBatch,
  changeStatus,
  erase,
  forgetLinks,
  revokeWholeBatch,
} from './issuance/change.ts'
import type { ChangeParts } from './issuance/change.ts'
import { reportOf } from './issuance/deliver.ts'
import type { IssuingParts } from './issuance/parts.ts'
import { issue, resume } from './issuance/pipeline.ts'
import type {
  BatchRequest,
  DeployReport,
  EraseReport,
  EraseRequest,
  IssueReport,
  IssueRequest,
  ResumeReport,
  StatusReport,
  StatusRequest,
} from './issuance/types.ts'
import { keyringOf } from './keys/keyring.ts'
import { vaultOf } from './keys/vault.ts'
import { startServer } from './serve.ts'
import type { Served } from './serve.ts'
import { openSqliteStore } from './storage/sqlite.ts'
import { verifierOf } from './verifier.ts'

export { ConfigError } from './config.ts'
export { initData, recoverMasterKey } from './init.ts'
export type { InitOptions, InitReport } from './init.ts'
export { BlockError } from './ipfs/documents.ts'
export { IssuingError } from './issuance/errors.ts'
export type { IssuingCode } from './issuance/errors.ts'
export { KeystoreError } from './keys/keystore.ts'
export type { KeystoreCode } from './keys/keystore.ts'
export { RowsError } from './rows/problems.ts'
export type { RowCode, RowProblem } from './rows/problems.ts'
export type { Served } from './serve.ts'
export type {
  BatchRequest,
  BatchState,
  BatchTarget,
  DeployReport,
  EraseReport,
  EraseRequest,
  IssuedLink,
  IssueReport,
  IssueRequest,
  IssueStep,
  Learner,
  Progress,
  ResumeReport,
  RowWarning,
  StatusReport,
  StatusRequest,
  StatusTarget,
} from './issuance/types.ts'

export type OpenOptions = {
  /** Opens the key files; without it the context can serve and verify, not issue or erase nor change a status. */
  readonly passphrase?: string
  /** For log lines of `serve`, one JSON object a line; default: none. */
  readonly log?: (line: string) => void
  /** How long a worker that died keeps a batch from others, milliseconds; default 15,000. */
  readonly leaseMs?: number
}

export type Context = {
  readonly folder: string
  /** `eip155:<chain>:0x<registry>` */
  readonly home: string
  /** CAIP-10 of the issuer. */
  readonly account: string
  /** JSON-RPC of the chain in use. */
  readonly rpcUrl: string
  readonly publicUrl: string
  /** The policy of this folder as bytes (`policy.json`). */
  readonly policy: Uint8Array
  deploy(): Promise<DeployReport>
  /** First continues what other processes left behind, then issues. */
  issue(request: IssueRequest): Promise<IssueReport>
  /** The links of an anchored batch, derived anew. */
  linksOf(batchId: string): Promise<IssueReport>
  /** The links of a permanent batch are in safe hands: its secret is forgotten, and with it every way back. */
  delivered(batchId: string): Promise<void>
  revoke(request: StatusRequest): Promise<StatusReport>
  revokeBatch(request: BatchRequest): Promise<StatusReport>
  suspend(request: StatusRequest): Promise<StatusReport>
  reinstate(request: StatusRequest): Promise<StatusReport>
  erase(request: EraseRequest): Promise<EraseReport>
  /** Continues every unfinished batch and sends again what was not mined. */
  resume(): Promise<ResumeReport>
  /** The verdict on a certificate's bytes by this folder's policy. */
  verify(bytes: Uint8Array): Promise<Verdict>
  /** Serves, and in the background continues what is unfinished if there is a passphrase. */
  serve(options?: { readonly port?: number; readonly host?: string }): Promise<Served>
  /** Stops what this context started: server and store, and the embedded chain if nobody else uses it. */
  close(): Promise<void>
}

const LEASE_MS = 15_000

/** Opens a data folder. Throws `ConfigError`, `KeystoreError`, `FormatError` (policy) or `UnavailableError`. */
export async function openContext(folder: string, options: OpenOptions = {}): Promise<Context> {
  const config = await readConfig(folder)
  const files = filesOf(folder)
  const policy = new Uint8Array(await readFile(files.policy))
  const verifier = verifierOf(parsePolicy(policy), Date.now)
  const keys = keyringOf(files, options.passphrase)
  // A wrong passphrase shows at once, and not when half of the work is done.
  if (options.passphrase !== undefined) await keys('master')
  const chain = await connect(config, files.chain)
  const store = openSqliteStore(files.store)
  const documents = await openDiskDocuments(files.documents)
  const rpc = rpcOf(chain.url)
  const registry = registryOf(rpc, config.home.registry)
  const closing = new AbortController()
  const sleep = (milliseconds: number): Promise<void> =>
    wait(milliseconds, undefined, { signal: closing.signal })
  const limits = {
    ...SEND_LIMITS,
    maxFeePerGas: config.maxFeePerGas,
    pollMs: config.chain.kind === 'embedded' ? 100 : SEND_LIMITS.pollMs,
  }
  const identity = { chainId: config.chainId, genesis: config.genesis }
  const sender = async (name: KeyName): Promise<Sender> =>
    senderOf({ rpc, store, chain: identity, key: await keys(name), limits, now: Date.now, sleep })
  const base = { store, documents, issuer: config.issuer, now: Date.now }
  const issuing = async (): Promise<IssuingParts> => ({
    ...base,
    home: config.home,
    publicUrl: config.publicUrl,
    leaseMs: options.leaseMs ?? LEASE_MS,
    vault: vaultOf((await keys('master')).secret),
    anchor: anchorPortOf({
      rpc,
      registry,
      sender: await sender('anchor'),
      pollMs: limits.pollMs,
      sleep,
    }),
  })
  const changing = async (): Promise<ChangeParts> => ({
    ...base,
    status: statusPortOf(registry, await sender('status')),
  })
  const resumeAll = async (): Promise<ResumeReport> => {
    const report = await resume(await issuing())
    const { anchor, status } = config.operators
    for (const signer of [config.issuer, anchor, status]) {
      await tendTransactions({ rpc, store, chain: identity }, signer)
    }
    return report
  }
  const servers = new Set<Served>()
  let background = Promise.resolve()
  return {
    folder,
    home: config.home.text,
    account: accountOf(config.chainId, config.issuer),
    rpcUrl: chain.url,
    publicUrl: config.publicUrl,
    policy,
    deploy: async () => {
      const { kind } = config.chain
      const isLocal = kind === 'embedded' || config.chain.network === 'local'
      return deployAll(
        { rpc, registry, sender: await sender('issuer'), sleep, pollMs: limits.pollMs },
        config,
        isLocal,
      )
    },
    issue: async (request) => {
      await resume(await issuing())
      return issue(await issuing(), request)
    },
    linksOf: async (batchId) => {
      const parts = await issuing()
      return reportOf(parts, await anchoredBatch(parts, { batchId }))
    },
    delivered: async (batchId) => forgetLinks(await changing(), batchId),
    revoke: async (request) => changeStatus(await changing(), 'revoke', request),
    revokeBatch: async (request) => revokeWholeBatch(await changing(), request),
    suspend: async (request) => changeStatus(await changing(), 'suspend', request),
    reinstate: async (request) => changeStatus(await changing(), 'reinstate', request),
    erase: async (request) => erase(await changing(), request),
    resume: resumeAll,
    verify: (bytes) => verifier.verdictOn(bytes),
    serve: async (at = {}) => {
      const { host = config.host, port = config.port } = at
      const log = options.log ?? ((): void => undefined)
      const served = await startServer({ store, documents, verifier, log, host, port })
      servers.add(served)
      if (options.passphrase !== undefined) {
        background = resumeAll().then(
          () => undefined,
          (error: unknown) => {
            log(JSON.stringify({ level: 50, msg: 'resume failed', err: String(error) }))
          },
        )
      }
      return served
    },
    close: async () => {
      if (closing.signal.aborted) return
      for (const served of servers) await served.close()
      // What waits for the chain stops here, and is continued by the next process.
      closing.abort()
      await background
      await store.close()
      await chain.close()
    },
  }
}

async function connect(
  { chain }: Config,
  folder: string,
): Promise<{ url: string; close(): Promise<void> }> {
  if (chain.kind === 'embedded') return openEmbeddedChain(folder, chain.port)
  return { url: chain.url, close: () => Promise.resolve() }
}
