/** Defends that a batch which was acknowledged stays, whoever asks for it meanwhile, and that earlier ones are known. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { dryRun } from '../../../server/issuance/dry-run.ts'
import { intake } from '../../../server/issuance/intake.ts'
import { lenderOf } from '../../../server/issuance/lender.ts'
import type { IssuingParts } from '../../../server/issuance/parts.ts'
import { KeystoreError, newKey } from '../../../server/keys/keystore.ts'
import { vaultOf } from '../../../server/keys/vault.ts'
import { bytesSource } from '../../../server/rows/source.ts'
import type { RowSource } from '../../../server/rows/source.ts'
import { openSqliteStore } from '../../../server/storage/sqlite.ts'
import type { Store } from '../../../server/storage/store.ts'
import { parseAddress, parseHome } from '../../../src/index.ts'
import { EXAMPLE_ROWS, exampleTemplate } from '../folder.ts'
import { newBatch, NOW } from '../storage/fixtures.ts'

describe('taking a batch in', () => {
  const vaults = [vaultOf(newKey().secret), vaultOf(newKey().secret)] as const
  let folder = ''
  let store: Store
  let template: Uint8Array
  let csv: Uint8Array

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'inaltera-intake-'))
    store = openSqliteStore(join(folder, 'store.sqlite'))
    template = await exampleTemplate()
    csv = new Uint8Array(await readFile(EXAMPLE_ROWS))
  })
  afterEach(async () => {
    await store.close()
    await rm(folder, { recursive: true })
  })

  /** Neither chain nor documents: nothing is sealed here. */
  function partsOf(more: Partial<IssuingParts> = {}): IssuingParts {
    const { home, issuer } = newBatch('')
    return {
      store,
      home: parseHome(home, 'home'),
      issuer: parseAddress(issuer, 'issuer'),
      now: () => NOW,
      leaseMs: 1000,
      vault: vaults[0],
      masterVersion: 1,
      vaultAt: () => vaults[0],
      lender: lenderOf(),
      ...more,
    } as unknown as IssuingParts
  }

  it('answers the same request with the batch that ended between the look at it and the lease', async () => {
    const gate = Promise.withResolvers<undefined>()
    let reads = 0
    const slow: RowSource = {
      read: async function* () {
        reads += 1
        // First for the digest, then for the rows.
        if (reads > 1) await gate.promise
        yield csv
      },
    }
    const request = { template, format: 'csv', idempotencyKey: 'k', by: 'key-1' } as const
    const first = intake(partsOf(), { ...request, rows: slow })
    const claim: Store['claim'] = async (...args) => {
      gate.resolve(undefined)
      await first
      return store.claim(...args)
    }
    while (reads < 2) await new Promise(setImmediate)
    const again = await intake(partsOf({ store: { ...store, claim } }), {
      ...request,
      rows: bytesSource(csv),
    })
    expect(again).to.deep.equal({ ...(await first), isNew: false })
    expect(await store.findBatch({ id: again.batchId })).to.include({ state: 'drafted' })
    expect(
      await store.pickBatch([newBatch('').issuer], {
        owner: 'worker',
        now: NOW,
        until: NOW + 1000,
      }),
    ).to.equal(again.batchId)
  })

  it('warns of certificates under every master key, and of none under one that was destroyed', async () => {
    const request = { template, format: 'csv', rows: bytesSource(csv) } as const
    await intake(partsOf(), request)
    const rotated = (vaultAt: IssuingParts['vaultAt']): IssuingParts =>
      partsOf({ vault: vaults[1], masterVersion: 2, vaultAt })
    const warned = async (parts: IssuingParts): Promise<number> => {
      const { warnings, isAccepted } = await dryRun(parts, request)
      expect(isAccepted).to.equal(true)
      return warnings.find(({ code }) => code === 'earlier-certificate')?.rows.length ?? 0
    }
    expect(await warned(rotated((version) => vaults[version - 1] ?? vaults[1]))).to.equal(32)
    const destroyed = (version: number) => {
      if (version === 2) return vaults[1]
      throw new KeystoreError('missing', 'keys/master.json', 'there is no key file')
    }
    expect(await warned(rotated(destroyed))).to.equal(0)
  })
})
