/**
 * A process that kills itself with SIGKILL at a named point of what it does. It builds its own parts from those of the
 * service, with ports that kill: nothing in the service knows of it.
 */

import fs from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { anchorPortOf } from '../../../server/chain/anchor.ts'
import { senderOf } from '../../../server/chain/sender.ts'
import { statusPortOf } from '../../../server/chain/status.ts'
import { registryOf } from '../../../server/chain/registry.ts'
import { openEngines } from '../../../server/engines.ts'
import type { Engines } from '../../../server/engines.ts'
import { changeStatus, erase } from '../../../server/issuance/change.ts'
import { IssuingError } from '../../../server/issuance/errors.ts'
import { lenderOf } from '../../../server/issuance/lender.ts'
import type { Lending } from '../../../server/issuance/lender.ts'
import type { IssuingParts } from '../../../server/issuance/parts.ts'
import { issue, resume } from '../../../server/issuance/pipeline.ts'
import { reseal, resumeResealings } from '../../../server/issuance/reseal.ts'
import type { SignerName } from '../../../server/keys/signers.ts'
import { openVaults } from '../../../server/keys/vaults.ts'
import { LeaseLostError } from '../../../server/storage/store.ts'
import type { Store } from '../../../server/storage/store.ts'
import { armCommits, armFiles, trapOf } from './trap.ts'
import type { KillPoint, Trap } from './trap.ts'

export type Orders = {
  readonly folder: string
  readonly passphrase: string
  readonly leaseMs: number
  readonly lending?: Lending
  readonly kill?: KillPoint
  /** Transactions reach no pool until they are replaced. */
  readonly isStuck?: boolean
  readonly work: readonly Work[]
}

export type Work =
  | ({ readonly act: 'issue' } & Readonly<Record<'rows' | 'template' | 'key', string>>)
  | { readonly act: 'resume' }
  | { readonly act: 'open' }
  | { readonly act: 'revoke' | 'erase' | 'reseal'; readonly cid: string }

/** Does everything at once, and says so on stdout when it begins. */
export async function runVictim(orders: Orders): Promise<void> {
  const { kill } = orders
  const trap = trapOf(kill)
  armFiles(kill, trap)
  armCommits(trap)
  const engines = await openEngines(orders.folder, orders)
  process.stdout.write('ready\n')
  const parts = await partsOf(engines, orders, trap)
  const done = orders.work.map((work) => act(engines, parts, work, trap, kill))
  const ended = await Promise.allSettled(done)
  await engines.close(() => Promise.resolve())
  for (const one of ended) if (one.status === 'rejected') throw one.reason
}

async function act(
  engines: Engines,
  parts: IssuingParts,
  work: Work,
  trap: Trap,
  kill: KillPoint | undefined,
): Promise<void> {
  const isJournal = kill !== undefined && 'journal' in kill
  const journal = trap.port(engines.journal, isJournal ? kill.journal : '')
  switch (work.act) {
    case 'open':
      return
    case 'resume':
      await resume(parts)
      await resumeResealings(parts)
      return
    case 'issue':
      await issue(parts, {
        rows: work.rows,
        template: new Uint8Array(fs.readFileSync(work.template)),
        idempotencyKey: work.key,
        onProgress: (progress) => {
          trap.progress(progress)
        },
      }).catch(unlessInOtherHands)
      return
    case 'reseal':
      await reseal({ ...parts, journal, actor: 'cli' }, { cid: work.cid })
      return
    case 'revoke':
    case 'erase': {
      const sender = await senderFor(engines, parts, 'status')
      const status = statusPortOf(registryFor(engines), sender)
      const { cid } = work
      const changing = { ...parts, status, journal, actor: 'cli' }
      if (work.act === 'erase') await erase(changing, { cid })
      else await changeStatus(changing, 'revoke', { cid })
    }
  }
}

/** Two that work at one batch, or one that comes back to a batch whose worker was killed: refused, and nothing is lost. */
function unlessInOtherHands(error: unknown): void {
  if (error instanceof LeaseLostError) return
  if (error instanceof IssuingError && error.code === 'in-progress') return
  throw error
}

function registryFor({ rpc, config }: Engines): ReturnType<typeof registryOf> {
  return registryOf(rpc, config.home.registry)
}

async function senderFor(
  engines: Engines,
  { store }: Pick<IssuingParts, 'store'>,
  name: SignerName,
): Promise<ReturnType<typeof senderOf>> {
  const { rpc, identity, limits, config } = engines
  const quick = { ...limits, pollMs: 50, resendMs: 100, stuckAfterMs: 300 }
  return senderOf({
    rpc,
    store,
    chain: identity,
    signer: await engines.signersOf(config.issuer)(name),
    limits: quick,
    now: Date.now,
    sleep,
  })
}

async function partsOf(engines: Engines, orders: Orders, trap: Trap): Promise<IssuingParts> {
  const { config } = engines
  const keys = engines.keysOf(config.issuer)
  const { kill } = orders
  const store = trap.port(engines.store, kill !== undefined && 'store' in kill ? kill.store : '')
  const { parts } = engines.documents
  const documents = trap.port(
    {
      ...engines.documents,
      ...(parts && {
        parts: trap.port(parts, kill !== undefined && 'parts' in kill ? kill.parts : ''),
      }),
    },
    kill !== undefined && 'documents' in kill ? kill.documents : '',
  )
  let isStuck = orders.isStuck === true
  const watched: Store = {
    ...store,
    addReplacement: async (of, signed) => {
      const replaced = await store.addReplacement(of, signed)
      isStuck = false
      return replaced
    },
  }
  const real = engines.rpc
  const rpc: Engines['rpc'] = async (method, params) => {
    if (isStuck && method === 'eth_sendRawTransaction') return `0x${'0'.repeat(64)}`
    return trap.call(kill !== undefined && 'rpc' in kill && kill.rpc === method, () =>
      real(method, params),
    )
  }
  Object.assign(engines, { rpc })
  return {
    store: watched,
    documents,
    issuer: config.issuer,
    home: config.home,
    publicUrl: config.publicUrl,
    now: Date.now,
    leaseMs: orders.leaseMs,
    lender: lenderOf(orders.lending),
    ...(await openVaults(1, (version) => keys('master', version))),
    anchor: anchorPortOf({
      rpc,
      registry: registryFor(engines),
      sender: await senderFor(engines, { store: watched }, 'anchor'),
      limits: { ...engines.limits, pollMs: 50 },
      now: Date.now,
      sleep,
    }),
  }
}
