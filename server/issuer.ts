/** What one issuer of a folder does: it issues, hands out links, changes statuses and erases, its own and nobody else's. */

import { accountOf, parseLinkBase } from '../src/index.ts'
import type { Address } from '../src/index.ts'
import { deployAll, ensureProfile, hasRegistry } from './chain/deploy.ts'
import { tendTransactions } from './chain/kept.ts'
import type { Sender } from './chain/sender.ts'
import type { IssuerConfig } from './config.ts'
import { changeParts, issuingParts, searchParts, senderFor } from './issuer-parts.ts'
import type { Engines } from './engines.ts'
import { batchServiceOf } from './issuance/batches.ts'
import type { BatchService } from './issuance/batches.ts'
import { certificateOperationsOf } from './issuance/certificate-operations.ts'
import type { CertificateOperations } from './issuance/certificate-operations.ts'
import { changeStatus, erase, forgetLinks, revokeWholeBatch } from './issuance/change.ts'
import type { ChangeParts } from './issuance/change.ts'
import { issuedOf, withLinks } from './issuance/links.ts'
import { IssuingError } from './issuance/errors.ts'
import { carryOut } from './issuance/operations.ts'
import type { IssuingParts } from './issuance/parts.ts'
import { issue, resume } from './issuance/pipeline.ts'
import type { Queue } from './issuance/queue.ts'
import { found } from './issuance/search.ts'
import type { FoundCertificate, SearchPage } from './issuance/search.ts'
import { resealOwed, resumeResealings } from './issuance/reseal.ts'
import { anchoredBatch } from './issuance/target.ts'
import type {
  BatchRequest,
  DeployReport,
  EraseReport,
  EraseRequest,
  IssuedBatch,
  IssueReport,
  IssueRequest,
  Learner,
  ResumeReport,
  StatusReport,
  StatusRequest,
} from './issuance/types.ts'
import { answered } from './restarted.ts'
import { outgoingOperations, refuseUnsendable } from './outgoing.ts'
import type { Outgoing } from './outgoing.ts'
import { digestOf } from './profile/profile.ts'
import type { Operation } from './storage/operations.ts'

/** Another issuer's batches and certificates are `not-found` here, as those that never were. */
export type IssuerOperations = Outgoing & {
  readonly issuer: Address
  /** CAIP-10. */
  readonly account: string
  /** First continues what other processes left behind, then issues. */
  issueBatch(request: IssueRequest): Promise<IssuedBatch>
  /** The same, for a batch whose links have room in memory. */
  issue(request: IssueRequest): Promise<IssueReport>
  /** Certificates of learners by name (whole words), e-mail address, external id; newest first (`findLearners`). */
  find(query: Learner, page: SearchPage): Promise<FoundCertificate[]>
  /** An anchored batch, its links derived anew. */
  issuedBatch(batchId: string): Promise<IssuedBatch>
  /** The same, for a batch whose links have room in memory. */
  linksOf(batchId: string): Promise<IssueReport>
  /** The links of a permanent batch are in safe hands: its secret is forgotten, and with it every way back. */
  delivered(batchId: string): Promise<void>
  revoke(request: StatusRequest): Promise<StatusReport>
  revokeBatch(request: BatchRequest): Promise<StatusReport>
  suspend(request: StatusRequest): Promise<StatusReport>
  reinstate(request: StatusRequest): Promise<StatusReport>
  erase(request: EraseRequest): Promise<EraseReport>
  /** Batches and templates as the API and the console see them; what they take in is issued by who serves. */
  readonly batches: BatchService
}

/** What the API asks of an issuer besides: changes are kept, and carried out behind whoever asked. */
export type ServedIssuer = IssuerOperations & { readonly certificates: CertificateOperations }

export type OwnIssuer = ServedIssuer & {
  parts(): Promise<IssuingParts>
  /** What a worker does of what was asked for; the hashes of the transactions that led there. */
  carryOut(operation: Operation): Promise<readonly string[]>
  deploy(): Promise<DeployReport>
  /** Continues every unfinished batch of this issuer and sends again what was not mined. */
  resume(): Promise<ResumeReport>
  /** Ends replacements of links that others left behind, and sends again what was not mined. */
  tend(): Promise<void>
}

/** Who works behind those who ask, where this process does. */
export type Behind = {
  readonly queue: () => Queue | undefined
  /** There is an operation to carry out. */
  readonly wake: () => void
}

/**
 * `actor` is the id of the API key that asks, or `cli`: for the audit log.
 */
export function issuerOf(
  engines: Engines,
  config: IssuerConfig,
  { queue, wake }: Behind,
  actor = 'cli',
): OwnIssuer {
  const { rpc, registry, sleep, pollMs } = engines
  const { chain, chainId, home } = engines.config
  return {
    issuer: config.issuer,
    account: accountOf(chainId, config.issuer),
    ...issuingOperations(engines, config, actor),
    ...changingOperations(engines, config, actor),
    ...outgoingOperations(engines, config, actor),
    deploy: async () => {
      const isLocal = chain.kind === 'embedded' || chain.network === 'local'
      const sender = await senderFor(engines, config, 'issuer')
      const parts = { rpc, registry, sender, sleep, pollMs }
      const report = await deployAll(parts, { ...config, home }, isLocal)
      await holdProfile(engines, config, sender)
      return report
    },
    resume: () => resumeAll(engines, config),
    parts: () => issuingParts(engines, config),
    tend: async () => {
      await tendAll(engines, config, await issuingParts(engines, config))
    },
    batches: batchServiceOf({
      parts: () => issuingParts(engines, config),
      refuse: (request) => {
        refuseUnsendable(engines, request)
      },
      spoolFolder: engines.spoolFolder,
      uploads: engines.uploads,
      queue,
    }),
    certificates: certificateOperationsOf(async () => {
      const parts = await issuingParts(engines, config)
      return { ...parts, registry }
    }, wake),
    carryOut: async (operation) => {
      const change = await changeParts(engines, config, operation.createdBy)
      return carryOut({ ...(await issuingParts(engines, config)), ...change }, operation)
    },
  }
}

function issuingOperations(
  engines: Engines,
  config: IssuerConfig,
  actor: string,
): Pick<IssuerOperations, 'issueBatch' | 'issue' | 'issuedBatch' | 'linksOf' | 'find'> {
  const issued = (request: IssueRequest): Promise<IssuedBatch> => issueFor(engines, config, request)
  const issuedBatch = async (batchId: string): Promise<IssuedBatch> => {
    const parts = await issuingParts(engines, config)
    // No link is told that is owed another.
    await resealOwed({ ...parts, journal: engines.journal, actor }, batchId)
    return issuedOf(parts, await anchoredBatch(parts, { batchId }))
  }
  return {
    issueBatch: (request) => engines.work.track(issued(request)),
    issue: (request) => engines.work.track(issued(request).then(withLinks)),
    find: async (query, page) => found(await searchParts(engines, config), query, page),
    issuedBatch,
    linksOf: async (batchId) => withLinks(await issuedBatch(batchId)),
  }
}

/** What the issuer says of itself, as it stands now: every change of it takes this again. */
async function holdProfile(
  { store, registry, config }: Engines,
  { issuer }: IssuerConfig,
  sender: Sender,
): Promise<void> {
  const stored = await store.findProfile(issuer)
  if (stored === undefined) return
  const uri = `${config.publicUrl}/api/v1/issuers/${accountOf(config.chainId, issuer)}/profile`
  await ensureProfile(registry, sender, digestOf(stored.record), uri)
}

/** Batches that are compared with the chain before others are issued. */
const NEWEST = 100

async function issueFor(
  engines: Engines,
  config: IssuerConfig,
  request: IssueRequest,
): Promise<IssuedBatch> {
  if (request.linkBase !== undefined) parseLinkBase(request.linkBase, 'linkBase')
  refuseUnsendable(engines, request)
  const parts = await issuingParts(engines, config)
  const isDeployed = await answered(engines, () => hasRegistry(engines.rpc))
  if (!isDeployed) throw new IssuingError('not-deployed', 'there is no registry on this chain yet')
  await answered(engines, () => engines.reconcile(NEWEST))
  await resume(parts)
  return issue(parts, request)
}

function changingOperations(
  engines: Engines,
  config: IssuerConfig,
  actor: string,
): Pick<
  IssuerOperations,
  'delivered' | 'revoke' | 'revokeBatch' | 'suspend' | 'reinstate' | 'erase'
> {
  const parts = (): Promise<ChangeParts> => changeParts(engines, config, actor)
  return {
    delivered: async (batchId) => forgetLinks(await parts(), batchId),
    revoke: async (request) => changeStatus(await parts(), 'revoke', request),
    revokeBatch: async (request) => revokeWholeBatch(await parts(), request),
    suspend: async (request) => changeStatus(await parts(), 'suspend', request),
    reinstate: async (request) => changeStatus(await parts(), 'reinstate', request),
    erase: async (request) => erase(await parts(), request),
  }
}

async function resumeAll(engines: Engines, config: IssuerConfig): Promise<ResumeReport> {
  const parts = await issuingParts(engines, config)
  const report = await resume(parts)
  await tendAll(engines, config, parts)
  return report
}

/** What is left over, the batches apart. */
async function tendAll(engines: Engines, config: IssuerConfig, parts: IssuingParts): Promise<void> {
  await resumeResealings(parts)
  await resealOwed({ ...parts, journal: engines.journal, actor: 'journal' })
  const { rpc, store, identity } = engines
  for (const signer of [config.issuer, config.operators.anchor, config.operators.status]) {
    await tendTransactions({ rpc, store, chain: identity }, signer)
  }
}
