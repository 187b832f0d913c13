/** E28 of `reference/security.md` 3.3: a clock that is set back or forward while batches are issued. */
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'chai'
import { anchorPortOf } from '../../../server/chain/anchor.ts'
import { senderOf } from '../../../server/chain/sender.ts'
import { openDiskDocuments } from '../../../server/ipfs/disk.ts'
import type { Documents } from '../../../server/ipfs/documents.ts'
import { lenderOf } from '../../../server/issuance/lender.ts'
import type { IssuingParts } from '../../../server/issuance/parts.ts'
import { withLinks } from '../../../server/issuance/links.ts'
import { issue, resume } from '../../../server/issuance/pipeline.ts'
import type { IssueReport } from '../../../server/issuance/types.ts'
import { newKey } from '../../../server/keys/keystore.ts'
import { vaultOf } from '../../../server/keys/vault.ts'
import type { Store } from '../../../server/storage/store.ts'
import { parseHome, REGISTRY_ADDRESS } from '../../../src/index.ts'
import { anchoredEvents, openAnvil } from '../chain/anvil.ts'
import type { Anvil } from '../chain/anvil.ts'
import { EXAMPLE_ROWS, exampleTemplate } from '../folder.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

describe('a clock that jumps while batches are issued', function () {
  this.timeout(120_000)
  let anvil: Anvil
  let documents: Documents
  let folder = ''
  let template: Uint8Array
  let miner: NodeJS.Timeout
  const vault = vaultOf(newKey().secret)

  before(async () => {
    anvil = await openAnvil()
    folder = await mkdtemp(join(tmpdir(), 'inaltera-clock-'))
    documents = await openDiskDocuments(folder)
    template = await exampleTemplate()
    miner = setInterval(() => {
      anvil.rpc('anvil_mine', ['0x2', '0x1']).catch(() => undefined)
    }, 100)
  })
  after(async () => {
    clearInterval(miner)
    await sleep(200)
    await anvil.close()
    await rm(folder, { recursive: true })
  })

  function partsAt(now: () => number): IssuingParts {
    const { registry, anchorKey, issuer, store } = anvil
    const sending = anvil.partsOf(anchorKey, { now })
    return {
      store,
      documents,
      vault,
      vaultAt: () => vault,
      masterVersion: 1,
      home: parseHome(`eip155:31337:${REGISTRY_ADDRESS}`, 'home'),
      issuer: issuer.address,
      publicUrl: 'http://127.0.0.1',
      now,
      leaseMs: 5_000,
      lender: lenderOf(),
      anchor: anchorPortOf({ ...sending, registry, sender: senderOf(sending) }),
    }
  }

  /** A clock that is right for so many looks, and then off by so much. */
  function clockOff(byMs: number, afterLooks: number): () => number {
    let looks = 0
    return () => {
      looks += 1
      return Date.now() + (looks > afterLooks ? byMs : 0)
    }
  }

  for (const [name, offset] of [
    ['ten minutes back', -10 * MINUTE],
    ['a day forward', DAY],
  ] as const) {
    for (const looks of [0, 3, 8, 15]) {
      it(`${name}, after ${looks} looks: one batch, one anchor`, async () => {
        const request = { rows: EXAMPLE_ROWS, template, idempotencyKey: randomUUID() }
        // Whoever waits for the chain by that clock may give up; nothing is lost, and the next one goes on.
        await issue(partsAt(clockOff(offset, looks)), request).catch(() => undefined)
        const later = partsAt(() => Date.now() + Math.max(offset, 0) + MINUTE)
        expect((await resume(later)).failed).to.deep.equal([])
        const report = await withLinks(await issue(later, request))
        expect(report.links).to.have.length(32)
        expect(await anchoredEvents(anvil, report.root)).to.equal(1)
      })
    }
  }

  it('dates an anchor by the chain, whatever the clock says', async () => {
    const { anchoredAt } = await issue(
      partsAt(() => Date.now() - 10 * MINUTE),
      {
        rows: EXAMPLE_ROWS,
        template,
      },
    )
    const { anchoredAt: other } = await issue(partsAt(Date.now), { rows: EXAMPLE_ROWS, template })
    expect(other).to.be.at.least(anchoredAt)
    expect(other - anchoredAt).to.be.lessThan(5 * 60)
  })

  it('two workers a day apart take a batch from each other, and anchor it once', async () => {
    const request = { rows: EXAMPLE_ROWS, template, idempotencyKey: randomUUID() }
    const first = issue(partsAt(Date.now), request).catch(() => undefined)
    await sleep(60)
    const ahead = partsAt(() => Date.now() + DAY)
    await Promise.all([first, resume(ahead)])
    const report = await withLinks(await issue(ahead, request))
    expect(report.links).to.have.length(32)
    expect(await anchoredEvents(anvil, report.root)).to.equal(1)
  })

  /** Issues in a process that sleeps for a day where it is to mark the batch; `meanwhile` is what others do then. */
  async function asleep(
    verb: 'markSealed' | 'markStored' | 'markAnchored',
    meanwhile: (batchId: string, later: IssuingParts) => Promise<unknown>,
  ): Promise<IssueReport> {
    let sleptMs = 0
    const own = partsAt(() => Date.now() + sleptMs)
    const sleeping = async (batchId: string): Promise<void> => {
      if (sleptMs > 0) return
      sleptMs = DAY
      await meanwhile(
        batchId,
        partsAt(() => Date.now() + DAY),
      )
    }
    const store: Store = {
      ...own.store,
      [verb]: async (...args: Parameters<Store[typeof verb]>) => {
        await sleeping(args[0])
        return (own.store[verb] as (...all: unknown[]) => unknown)(...args)
      },
    }
    return withLinks(await issue({ ...own, store }, { rows: EXAMPLE_ROWS, template }))
  }

  for (const verb of ['markSealed', 'markStored', 'markAnchored'] as const) {
    it(`whoever slept before ${verb} tells what another made of the batch meanwhile`, async () => {
      const report = await asleep(verb, async (batchId, later) => {
        expect((await resume(later)).anchored).to.deep.equal([batchId])
      })
      expect(report.links).to.have.length(32)
      expect(await anchoredEvents(anvil, report.root)).to.equal(1)
      expect(await anvil.store.listUnfinished(Date.now() + 3 * DAY)).to.deep.equal([])
    })

    it(`whoever slept before ${verb} takes back a batch that another let go`, async () => {
      const report = await asleep(verb, async (batchId, later) => {
        const lease = { owner: 'another', now: later.now(), until: later.now() + 5_000 }
        expect(await later.store.claim(batchId, lease)).to.equal(true)
        await later.store.release(batchId, lease)
      })
      expect(report.links).to.have.length(32)
      expect(await anchoredEvents(anvil, report.root)).to.equal(1)
      const next = { owner: 'next', now: Date.now(), until: Date.now() + 1 }
      expect(await anvil.store.claim(report.batchId, next), 'nobody holds it').to.equal(true)
      await anvil.store.release(report.batchId, next)
    })
  }
})
