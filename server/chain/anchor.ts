/** The anchor port on an EVM chain: one transaction of the anchoring operator, until the root is there and final. */

import type { Rpc } from '../../node/rpc.ts'
import type { AnchorRecord } from '../../src/index.ts'
import type { AnchorPort, AnchorRequest, FinalAnchor } from '../issuance/anchor-port.ts'
import { readHeader } from './network.ts'
import type { Registry } from './registry.ts'
import { isObject } from './answers.ts'
import { until } from './patience.ts'
import type { Sender, SendLimits } from './sender.ts'
import { isPassing, TroubleError } from './trouble.ts'

export type AnchorParts = {
  readonly rpc: Rpc
  readonly registry: Registry
  readonly sender: Sender
  readonly limits: Pick<SendLimits, 'pollMs' | 'longestPauseMs' | 'giveUpAfterMs'>
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly sleep: (milliseconds: number) => Promise<unknown>
}

export function anchorPortOf(parts: AnchorParts): AnchorPort {
  return { anchor: (request) => anchor(parts, request) }
}

async function anchor(parts: AnchorParts, request: AnchorRequest): Promise<FinalAnchor> {
  const { registry, sender } = parts
  const { issuer, root, size } = request
  let transaction: string | undefined
  let hasStood = false
  for (;;) {
    const sent = await sender.send({
      intent: `anchor:${root}`,
      to: registry.address,
      data: registry.encode('anchor', [issuer, root, size]),
      batch: { id: request.batchId, lease: request.lease },
      isDone: async () => (await standing(registry, request)) !== undefined,
      onPoll: request.onPoll,
      onTrouble: request.onTrouble,
    })
    transaction = sent ?? transaction
    if (!hasStood) request.onStanding()
    hasStood = true
    const final = await untilFinal(parts, request)
    // Undefined where a reorganisation took it away: then it is sent again.
    if (final === undefined) continue
    // What is final is settled now or at any later look.
    await sender.tend().catch((error: unknown) => {
      if (!isPassing(error)) throw error
    })
    return { ...final, transaction: transaction ?? (await transactionOf(parts, request)) }
  }
}

/** The record of this root; another size under it can never become ours. */
async function standing(
  registry: Registry,
  { issuer, root, size }: AnchorRequest,
): Promise<AnchorRecord | undefined> {
  const record = await registry.anchorOf(issuer, root)
  if (record === undefined || record.size === size) return record
  throw new TroubleError(
    'refused',
    'refused',
    `${root} stands in the registry with size ${record.size}`,
  )
}

/**
 * The anchor is final when its time lies strictly before that of the finalized header. Finality takes its time; only a
 * node that does not answer is given up.
 */
async function untilFinal(
  { rpc, registry, limits, now, sleep }: AnchorParts,
  request: AnchorRequest,
): Promise<Omit<FinalAnchor, 'transaction'> | undefined> {
  const look = async (): Promise<{ final?: Omit<FinalAnchor, 'transaction'> } | undefined> => {
    // In this order: a record read after the header cannot be older than it.
    const { timestamp } = await readHeader(rpc, 'finalized')
    const record = await standing(registry, request)
    if (record === undefined) return {}
    const { anchoredAt, operator } = record
    return anchoredAt < timestamp ? { final: { anchoredAt, operator } } : undefined
  }
  return (await until({ ...limits, isBounded: false, now, sleep }, request, look)).final
}

/** The transaction that anchored the root, whoever sent it, if the node still tells. */
async function transactionOf(
  { rpc, registry }: AnchorParts,
  { issuer, root }: AnchorRequest,
): Promise<string | undefined> {
  const topics = [registry.topicOf('Anchored'), `0x${issuer.slice(2).padStart(64, '0')}`, root]
  const filter = { address: registry.address, fromBlock: '0x0', toBlock: 'latest', topics }
  const logs = await rpc('eth_getLogs', [filter]).catch(() => [])
  const last: unknown = Array.isArray(logs) ? logs.at(-1) : undefined
  const hash = isObject(last) ? last['transactionHash'] : undefined
  return typeof hash === 'string' ? hash : undefined
}
