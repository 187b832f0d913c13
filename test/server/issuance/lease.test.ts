import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'chai'
import { lenderOf } from '../../../server/issuance/lender.ts'
import { places } from '../../../server/issuance/parts.ts'
import type { IssuingParts, Work } from '../../../server/issuance/parts.ts'
import { sealBatch } from '../../../server/issuance/seal.ts'
import { newKey } from '../../../server/keys/keystore.ts'
import { vaultOf } from '../../../server/keys/vault.ts'
import { LeaseLostError } from '../../../server/storage/store.ts'
import type { DraftedBatch } from '../../../server/storage/store.ts'

/** Longer than the time between two renewals. */
const SLOW_MS = 2500

describe('the lease of a large batch', function () {
  this.timeout(20_000)
  const vault = vaultOf(newKey().secret)
  const commitments = Array.from({ length: 20_000 }, () => new Uint8Array(randomBytes(32)))
  const batch: DraftedBatch = {
    id: 'b',
    home: 'h',
    issuer: 'i',
    pointers: [],
    permanent: false,
    sealedSecret: vault.seal(randomBytes(32), places.batchSecret('b')),
    warnings: '[]',
    createdAt: 0,
    masterVersion: 1,
    state: 'drafted',
    // Only the tree is looked at: nothing is sealed.
    size: 0,
  }

  /** How often the lease was renewed until `fails` says no, on a clock that runs a second at every look. */
  async function renewals(
    fails: (count: number) => boolean,
    slow?: 'commitmentsOf' | 'markSealed',
  ): Promise<number> {
    let clock = 0
    let count = 0
    let duringSlow = 0
    const inItsTime = async <T>(verb: string, answer: T): Promise<T> => {
      const before = count
      if (verb === slow) await sleep(SLOW_MS)
      if (verb === slow) duringSlow = count - before
      return answer
    }
    const store = {
      frameOf: () => Promise.resolve(undefined),
      bucketsOf: () => Promise.resolve([]),
      commitmentsOf: () => inItsTime('commitmentsOf', Buffer.concat(commitments)),
      markSealed: () => inItsTime('markSealed', { ...batch, state: 'sealed', root: '0x' }),
    }
    const now = (): number => (clock += 1000)
    const lender = lenderOf({ from: Infinity, count: 1 })
    const own = { store, vaultAt: () => vault, now, leaseMs: 10_000, lender }
    const parts = own as unknown as IssuingParts
    const work: Work = {
      batchId: 'b',
      lease: () => ({ owner: 'w', now: clock, until: clock + 10_000 }),
      renew: () => {
        count += 1
        return fails(count) ? Promise.reject(new LeaseLostError('b')) : Promise.resolve()
      },
      progress: () => undefined,
    }
    await sealBatch(parts, work, batch).catch((error: unknown) => {
      expect(error).to.be.instanceOf(LeaseLostError)
    })
    return slow === undefined ? count : duringSlow
  }

  it('is renewed while its tree grows', async () => {
    expect(await renewals(() => false)).to.be.greaterThan(2)
  })

  for (const verb of ['commitmentsOf', 'markSealed'] as const) {
    it(`is renewed while the store is at work: ${verb}`, async () => {
      expect(await renewals(() => false, verb)).to.be.greaterThan(0)
    })
  }

  it('lost to another, the tree grows no further', async () => {
    expect(await renewals((count) => count === 2)).to.equal(2)
  })
})
