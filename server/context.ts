/**
 * The only place that constructs: one data folder becomes one `Context`, whose operations the CLI, the routes and the
 * demo share.
 */

import { invariant } from '../src/index.ts'
import type { Verdict } from '../src/index.ts'
import { writeWithNode } from '../node/letters.ts'
import { hashWithNode } from '../node/sha256.ts'
import type { IssuerConfig } from './config.ts'
import { workBehind } from './behind.ts'
import { applyJournal } from './erasure/erase.ts'
import { openEngines } from './engines.ts'
import type { Engines, OpenOptions } from './engines.ts'
import { inspectionOf } from './inspection.ts'
import type { Inspection } from './inspection.ts'
import { IssuingError } from './issuance/errors.ts'
import type { Queue } from './issuance/queue.ts'
import type { DeployReport, ResumeReport } from './issuance/types.ts'
import type { Worker } from './issuance/worker.ts'
import { issuerOf } from './issuer.ts'
import type { IssuerOperations, OwnIssuer } from './issuer.ts'
import { deployEach, resumeEach } from './each-issuer.ts'
import { workOnOperations } from './operations.ts'
import type { ApiKeys } from './keys/api-keys.ts'
import { requestFromAll, workOnMail } from './outgoing.ts'
import type { LinkRequests, Outgoing } from './outgoing.ts'
import { serveEngines } from './route-context.ts'
import type { Served } from './serve.ts'
import type { AuditStore } from './storage/audit.ts'
import type { Batch } from './storage/store.ts'

export { changePassphrase } from './change-passphrase.ts'
export type { PassphraseReport } from './change-passphrase.ts'
export { ConfigError } from './config.ts'
export type { OpenOptions } from './engines.ts'
export { backUp, restore } from './backup.ts'
export type { BackupReport, RestoreOptions, RestoreReport } from './backup.ts'
export { initData } from './init.ts'
export type { InitOptions, InitReport } from './init.ts'
export { BlockError } from './ipfs/documents.ts'
export { IssuingError } from './issuance/errors.ts'
export type { IssuingCode } from './issuance/errors.ts'
export { KeystoreError } from './keys/keystore.ts'
export type { KeystoreCode } from './keys/keystore.ts'
export type { IssuerOperations } from './issuer.ts'
export { addIssuer } from './issuers.ts'
export type { AddedIssuer, NewIssuer } from './issuers.ts'
export { SCOPES } from './http/scopes.ts'
export type { Scope } from './http/scopes.ts'
export type { ApiKeys, MadeKey } from './keys/api-keys.ts'
export type { ApiKey } from './storage/api-keys.ts'
export { recoverMasterKey } from './recover.ts'
export { rotateMaster } from './rotate.ts'
export type { RotateOptions, RotateReport } from './rotate.ts'
export { RowsError } from './rows/problems.ts'
export type { RowCode, RowProblem } from './rows/problems.ts'
export type { Served } from './serve.ts'
export { FSCK_STEPS, UNDETERMINED_CODES, UNSOUND_CODES } from './fsck/types.ts'
export type { Finding, FsckCode, FsckOptions, FsckProgress, FsckReport } from './fsck/types.ts'
export type { ServiceStatus, WaitReason } from './status/types.ts'
export type {
  BatchReport,
  BatchRequest,
  BatchState,
  BatchTarget,
  DeployReport,
  EraseReport,
  EraseRequest,
  EraseTarget,
  IssuedBatch,
  IssuedLink,
  IssueReport,
  IssueRequest,
  IssueStep,
  Learner,
  LinkRequestReport,
  MailReport,
  Progress,
  ResealReport,
  ResealRequest,
  ResumeReport,
  RowWarning,
  StatusReport,
  StatusRequest,
  StatusTarget,
} from './issuance/types.ts'

/** Operations of the folder's owner: they find whose certificate is meant; the rest is the first issuer's. */
export type Context = IssuerOperations &
  Inspection & {
    readonly mail: Outgoing['mail'] & LinkRequests
    readonly folder: string
    /** `eip155:<chain>:0x<registry>` */
    readonly home: string
    /** JSON-RPC of the chain in use. */
    readonly rpcUrl: string
    readonly publicUrl: string
    /** The policy of this folder as bytes (`policy.json`). */
    readonly policy: Uint8Array
    /** CAIP-10 of every issuer of the folder, the first one first. */
    readonly accounts: readonly string[]
    /** One issuer's own operations, by its address or CAIP-10 account. Throws `IssuingError` `no-such-issuer`.
     * `actor` is the id of the API key that acts, for the audit log. */
    as(issuer: string, actor?: string): IssuerOperations
    /** Who changed what, newest first. */
    auditLog: AuditStore['auditLog']
    /** Registry, and the roles of every issuer's keys. */
    deploy(): Promise<DeployReport>
    /** Continues every unfinished batch and sends again what was not mined. */
    resume(): Promise<ResumeReport>
    /** Keys of the API, of any issuer of this folder. */
    readonly apiKeys: ApiKeys
    /** The verdict on a certificate's bytes by this folder's policy. */
    verify(bytes: Uint8Array): Promise<Verdict>
    /** Serves, and in the background continues what is unfinished if there is a passphrase. */
    serve(options?: { readonly port?: number; readonly host?: string }): Promise<Served>
    /** Stops what this context started: server and store, and the embedded chain if nobody else uses it. */
    close(): Promise<void>
  }

/** Opens a data folder. Throws `ConfigError`, `KeystoreError`, `FormatError` (policy) or `UnavailableError`. */
export async function openContext(folder: string, options: OpenOptions = {}): Promise<Context> {
  hashWithNode()
  writeWithNode()
  const engines = await openEngines(folder, options)
  const { config, chain, policy, verifier } = engines
  const [first, ...others] = config.issuers
  let queue: Queue | undefined
  let worker: Worker | undefined
  const own = (one: IssuerConfig, actor?: string): OwnIssuer =>
    issuerOf(engines, one, { queue: () => queue, wake: () => worker?.wake() }, actor)
  const primary = own(first)
  const issuers = [primary, ...others.map((one) => own(one))]
  const as = (wanted: string, actor?: string): OwnIssuer => {
    const found = named(issuers, wanted)
    const one = config.issuers.find(({ issuer }) => issuer === found.issuer)
    return actor === undefined || one === undefined ? found : own(one, actor)
  }
  const servers = new Set<Served>()
  const hasKeys = options.passphrase !== undefined
  return {
    folder,
    home: config.home.text,
    issuer: primary.issuer,
    account: primary.account,
    accounts: issuers.map(({ account }) => account),
    rpcUrl: chain.url,
    publicUrl: config.publicUrl,
    policy,
    as,
    auditLog: (page) => engines.store.auditLog(page),
    ...operationsByTarget(engines, issuers),
    find: (query, page) => primary.find(query, page),
    issueBatch: (request) => primary.issueBatch(request),
    issue: (request) => primary.issue(request),
    batches: primary.batches,
    webhooks: primary.webhooks,
    deploy: () => deployEach(issuers),
    resume: async () => {
      await engines.reconcile(Number.MAX_SAFE_INTEGER)
      // A process that was killed since this one opened left what it had decided in the journal alone.
      await applyJournal({ ...engines, now: Date.now })
      return resumeEach(issuers)
    },
    apiKeys: engines.apiKeys,
    ...inspectionOf(engines, folder, hasKeys),
    verify: (bytes) => verifier.verdictOn(bytes),
    serve: async (at = {}) => {
      const { host = config.host, port = config.port } = at
      const served = await serveEngines(engines, { host, port }, as, hasKeys)
      servers.add(served)
      if (hasKeys) {
        queue ??= workBehind(engines, issuers)
        worker ??= workOnOperations(engines, issuers)
      }
      return served
    },
    close: async () => {
      // Lets go of its batches while the last requests are answered.
      const working = [queue?.stop(), worker?.stop()]
      for (const served of servers) await served.close()
      await engines.close(async () => {
        await Promise.all([...working, engines.work.ended()])
      })
    },
  }
}

function named(issuers: readonly OwnIssuer[], wanted: string): OwnIssuer {
  const text = wanted.toLowerCase()
  const found = issuers.find(({ issuer, account }) => issuer === text || account === text)
  if (found !== undefined) return found
  throw new IssuingError('no-such-issuer', `${wanted} is no issuer of this folder`)
}

type Target = { readonly cid: string } | { readonly root: string } | { readonly batchId: string }

/** The issuer of what a request names; where nothing is found, the first one, which says so. */
async function issuerOfTarget(
  { store }: Engines,
  issuers: readonly OwnIssuer[],
  target: Target,
): Promise<OwnIssuer> {
  const [first] = issuers
  invariant(first !== undefined, 'a folder has an issuer')
  const batch = await batchOfTarget(store, target)
  return issuers.find(({ issuer }) => issuer === batch?.issuer) ?? first
}

async function batchOfTarget(store: Engines['store'], target: Target): Promise<Batch | undefined> {
  if ('batchId' in target) return store.findBatch({ id: target.batchId })
  if ('root' in target) return store.findBatch({ root: target.root })
  const { cid } = target
  const certificate = (await store.findCertificate(cid)) ?? (await store.findReplaced(cid))
  return certificate && store.findBatch({ id: certificate.batchId })
}

/** The owner of the folder names certificates and batches, and need not say whose they are. */
function operationsByTarget(
  engines: Engines,
  issuers: readonly OwnIssuer[],
): Omit<
  IssuerOperations,
  'issuer' | 'account' | 'issueBatch' | 'issue' | 'find' | 'batches' | 'webhooks'
> &
  Pick<Context, 'mail'> {
  const by = (target: Target): Promise<OwnIssuer> => issuerOfTarget(engines, issuers, target)
  return {
    linksOf: async (batchId) => (await by({ batchId })).linksOf(batchId),
    issuedBatch: async (batchId) => (await by({ batchId })).issuedBatch(batchId),
    delivered: async (batchId) => (await by({ batchId })).delivered(batchId),
    revoke: async (request) => (await by(request)).revoke(request),
    revokeBatch: async (request) => (await by(request)).revokeBatch(request),
    suspend: async (request) => (await by(request)).suspend(request),
    reinstate: async (request) => (await by(request)).reinstate(request),
    erase: async (request) => (await by(request)).erase(request),
    reseal: async (request) => (await by(request)).reseal(request),
    exportLinks: async (batchId, again) => (await by({ batchId })).exportLinks(batchId, again),
    mail: {
      send: async (batchId, language) => (await by({ batchId })).mail.send(batchId, language),
      resend: async (target, language) => (await by(target)).mail.resend(target, language),
      report: async (batchId) => (await by({ batchId })).mail.report(batchId),
      requestLinks: (address) => requestFromAll(engines, address),
      work: () => workOnMail(engines),
    },
  }
}
