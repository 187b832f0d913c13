/** What a scrape of `/metrics` is told of the service: what there is to do, what is in the way, what the keys can pay. */

import type { Rpc } from '../node/rpc.ts'
import { UnavailableError } from '../src/index.ts'
import type { Address } from '../src/index.ts'
import { readFunds } from './chain/funds.ts'
import type { Funds } from './chain/funds.ts'
import { readHeader } from './chain/network.ts'
import type { Metrics } from './http/metrics.ts'
import { TROUBLES } from './issuance/anchor-port.ts'
import type { Backlog } from './storage/backlog.ts'

export type SignerKey = {
  /** What the key does. */
  readonly role: 'issuer' | 'anchor' | 'status'
  readonly address: Address
}

export type GaugeParts = {
  readonly rpc: Rpc
  readonly store: { backlog(): Promise<Backlog> }
  readonly keys: readonly SignerKey[]
  readonly maxFeePerGas: bigint
  readonly now: () => number
}

/** However often it is scraped, store and chain are asked twice a minute. */
const KEEP_MS = 30_000
/** Less than what Prometheus waits by default. */
const PATIENCE_MS = 5000
const WEI_PER_ETHER = 1e18

/** What is not there, or does not answer in time, is left out of a scrape; the rest is told. */
export function addGauges(metrics: Metrics, parts: GaugeParts): void {
  addBacklog(metrics, parts)
  addFunds(metrics, parts)
  const header = kept(parts, () => readHeader(parts.rpc, 'latest'))
  metrics.gauge({
    name: 'chain_head_age_seconds',
    help: 'Age of the newest block of the chain, by the clock of this machine',
    read: async () => [{ value: parts.now() / 1000 - (await header()).timestamp }],
  })
}

function addBacklog(metrics: Metrics, parts: GaugeParts): void {
  const { now, store } = parts
  const backlog = kept(parts, () => store.backlog())
  const byState = (
    name: string,
    help: string,
    pick: (found: Backlog) => Readonly<Record<string, number>>,
  ): void => {
    metrics.gauge({
      name,
      help,
      labels: ['state'],
      read: async () =>
        Object.entries(pick(await backlog())).map(([state, value]) => ({
          value,
          labels: { state },
        })),
    })
  }
  byState('batches', 'Batches by state', ({ batches }) => batches)
  byState('letters', 'Letters with links that no mail server took', ({ letters }) => letters)
  byState('webhook_deliveries', 'What webhooks were not told', ({ deliveries }) => deliveries)
  metrics.gauge({
    name: 'oldest_unfinished_batch_age_seconds',
    help: 'Age of the oldest batch that is not anchored; 0 where all are',
    read: async () => {
      const { oldestUnfinished } = await backlog()
      return [{ value: oldestUnfinished === undefined ? 0 : (now() - oldestUnfinished) / 1000 }]
    },
  })
  metrics.gauge({
    name: 'batch_troubles',
    help: 'Batches by what keeps them from their anchor',
    labels: ['code'],
    read: async () => {
      const { troubles } = await backlog()
      return TROUBLES.map((code) => ({ value: troubles[code] ?? 0, labels: { code } }))
    },
  })
}

function addFunds(metrics: Metrics, parts: GaugeParts): void {
  const { rpc, keys, maxFeePerGas } = parts
  const funds = kept(parts, () =>
    Promise.all(
      keys.map(async ({ role, address }) => ({
        labels: { role, address },
        funds: await readFunds(rpc, address, { maxFeePerGas }),
      })),
    ),
  )
  const ofKeys = (name: string, help: string, pick: (found: Funds) => number): void => {
    metrics.gauge({
      name,
      help,
      labels: ['role', 'address'],
      read: async () =>
        (await funds()).map((one) => ({ value: pick(one.funds), labels: one.labels })),
    })
  }
  ofKeys('key_balance_ether', 'Balance of a key', ({ balance }) => Number(balance) / WEI_PER_ETHER)
  ofKeys('key_anchors_left', 'Anchors that a key can pay for at the fee that is offered', (one) =>
    Number(one.anchorsLeft),
  )
  ofKeys('key_fee_above_cap', '1 where nothing is mined under the cap on fees', (one) =>
    one.isFeeAboveCap ? 1 : 0,
  )
}

/** One answer, or one failure, for all who ask within the time it is kept. */
function kept<T>({ now }: GaugeParts, read: () => Promise<T>): () => Promise<T> {
  let last: { readonly at: number; readonly answer: Promise<T> } | undefined
  return () => {
    const at = now()
    if (last === undefined || at - last.at >= KEEP_MS || at < last.at) {
      last = { at, answer: inTime(read()) }
    }
    return last.answer
  }
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new UnavailableError('timeout', 'no answer in time'))
    }, PATIENCE_MS)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
