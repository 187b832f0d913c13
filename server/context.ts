/**
 * The only place that constructs: one data folder becomes one `Context`, whose operations the CLI, the routes and the
 * demo share.
 */

import { accountOf, parseLinkBase } from '../src/index.ts'
import type { Verdict } from '../src/index.ts'
import { anchorPortOf } from './chain/anchor.ts'
import { deployAll, hasRegistry } from './chain/deploy.ts'
import { tendTransactions } from './chain/kept.ts'
import { senderOf } from './chain/sender.ts'
import type { Sender } from './chain/sender.ts'
import { statusPortOf } from './chain/status.ts'
import { openEngines } from './engines.ts'
import type { Engines, OpenOptions } from './engines.ts'
import type { KeyName } from './files.ts'
import {
  anchoredBatch,
  changeStatus,
  erase,
  forgetLinks,
  revokeWholeBatch,
} from './issuance/change.ts'
import type { ChangeParts } from './issuance/change.ts'
import { reportOf } from './issuance/deliver.ts'
import { IssuingError } from './issuance/errors.ts'
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
import { vaultOf } from './keys/vault.ts'
import { startServer } from './serve.ts'
import type { Served } from './serve.ts'

export { ConfigError } from './config.ts'
export type { OpenOptions } from './engines.ts'
export { initData } from './init.ts'
export type { InitOptions, InitReport } from './init.ts'
export { BlockError } from './ipfs/documents.ts'
export { IssuingError } from './issuance/errors.ts'
export type { IssuingCode } from './issuance/errors.ts'
export { KeystoreError } from './keys/keystore.ts'
export type { KeystoreCode } from './keys/keystore.ts'
export { recoverMasterKey } from './recover.ts'
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
  EraseTarget,
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

/** Opens a data folder. Throws `ConfigError`, `KeystoreError`, `FormatError` (policy) or `UnavailableError`. */
export async function openContext(folder: string, options: OpenOptions = {}): Promise<Context> {
  const engines = await openEngines(folder, options)
  const { config, chain, policy, verifier } = engines
  const servers = new Set<Served>()
  let background = Promise.resolve()
  return {
    folder,
    home: config.home.text,
    account: accountOf(config.chainId, config.issuer),
    rpcUrl: chain.url,
    publicUrl: config.publicUrl,
    policy,
    ...issuingOperations(engines),
    ...changingOperations(engines),
    verify: (bytes) => verifier.verdictOn(bytes),
    serve: async (at = {}) => {
      const { host = config.host, port = config.port } = at
      const served = await startServer({ ...engines, host, port })
      servers.add(served)
      if (options.passphrase !== undefined) background = resumeBehind(engines)
      return served
    },
    close: async () => {
      for (const served of servers) await served.close()
      await engines.close(() => background)
    },
  }
}

function issuingOperations(
  engines: Engines,
): Pick<Context, 'deploy' | 'issue' | 'linksOf' | 'resume'> {
  const { rpc, registry, config, sleep, pollMs } = engines
  return {
    deploy: async () => {
      const isLocal = config.chain.kind === 'embedded' || config.chain.network === 'local'
      const sender = await senderFor(engines, 'issuer')
      return deployAll({ rpc, registry, sender, sleep, pollMs }, config, isLocal)
    },
    issue: async (request) => {
      if (request.linkBase !== undefined) parseLinkBase(request.linkBase, 'linkBase')
      const parts = await issuingParts(engines)
      if (!(await hasRegistry(engines.rpc))) {
        throw new IssuingError('not-deployed', 'there is no registry on this chain yet')
      }
      await resume(parts)
      return issue(parts, request)
    },
    linksOf: async (batchId) => {
      const parts = await issuingParts(engines)
      return reportOf(parts, await anchoredBatch(parts, { batchId }))
    },
    resume: () => resumeAll(engines),
  }
}

function changingOperations(
  engines: Engines,
): Pick<Context, 'delivered' | 'revoke' | 'revokeBatch' | 'suspend' | 'reinstate' | 'erase'> {
  const parts = (): Promise<ChangeParts> => changeParts(engines)
  return {
    delivered: async (batchId) => forgetLinks(await parts(), batchId),
    revoke: async (request) => changeStatus(await parts(), 'revoke', request),
    revokeBatch: async (request) => revokeWholeBatch(await parts(), request),
    suspend: async (request) => changeStatus(await parts(), 'suspend', request),
    reinstate: async (request) => changeStatus(await parts(), 'reinstate', request),
    erase: async (request) => erase(await parts(), request),
  }
}

async function issuingParts(engines: Engines): Promise<IssuingParts> {
  const { config, store, documents, keys, rpc, registry, sleep, pollMs, leaseMs } = engines
  return {
    store,
    documents,
    issuer: config.issuer,
    home: config.home,
    publicUrl: config.publicUrl,
    now: Date.now,
    leaseMs,
    vault: vaultOf((await keys('master')).secret),
    anchor: anchorPortOf({
      rpc,
      registry,
      sender: await senderFor(engines, 'anchor'),
      pollMs,
      sleep,
    }),
  }
}

async function changeParts(engines: Engines): Promise<ChangeParts> {
  const { config, store, documents, registry } = engines
  const status = statusPortOf(registry, await senderFor(engines, 'status'))
  return { store, documents, issuer: config.issuer, now: Date.now, status }
}

async function senderFor(engines: Engines, name: KeyName): Promise<Sender> {
  const { rpc, store, identity, keys, limits, sleep } = engines
  return senderOf({
    rpc,
    store,
    chain: identity,
    key: await keys(name),
    limits,
    now: Date.now,
    sleep,
  })
}

async function resumeAll(engines: Engines): Promise<ResumeReport> {
  const report = await resume(await issuingParts(engines))
  const { config, rpc, store, identity } = engines
  for (const signer of [config.issuer, config.operators.anchor, config.operators.status]) {
    await tendTransactions({ rpc, store, chain: identity }, signer)
  }
  return report
}

/** The same behind a server that answers already: a chain that is away does not keep it from serving. */
async function resumeBehind(engines: Engines): Promise<void> {
  try {
    await resumeAll(engines)
  } catch (error) {
    engines.log(JSON.stringify({ level: 50, msg: 'resume failed', error: String(error) }))
  }
}
