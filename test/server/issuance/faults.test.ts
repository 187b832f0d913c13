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
import { intake } from '../../../server/issuance/intake.ts'
import { lenderOf } from '../../../server/issuance/lender.ts'
import type { IssuingParts } from '../../../server/issuance/parts.ts'
import { withLinks } from '../../../server/issuance/links.ts'
import { issue, resume } from '../../../server/issuance/pipeline.ts'
import type { IntakeReport } from '../../../server/issuance/types.ts'
import { newKey } from '../../../server/keys/keystore.ts'
import { vaultOf } from '../../../server/keys/vault.ts'
import { fileSource } from '../../../server/rows/source.ts'
import type { Store } from '../../../server/storage/store.ts'
import { parseHome, REGISTRY_ADDRESS } from '../../../src/index.ts'
import { openAnvil } from '../chain/anvil.ts'
import type { Anvil } from '../chain/anvil.ts'
import { failing, Fault } from '../faults.ts'
import { EXAMPLE_ROWS, exampleTemplate } from '../folder.ts'

const STORE_STEPS = [
  'openDraft',
  'addDrafts',
  'finishDraft',
  'draftsOf',
  'frameOf',
  'bucketsOf',
  'addSealed',
  'markSealed',
  'certificatesByRow',
  'sealedOf',
  'cidsOf',
  'commitmentsOf',
  'markStored',
  'planTransaction',
  'pendingTransactions',
  'settleTransaction',
  'markAnchored',
] as const satisfies readonly (keyof Store)[]
const DOCUMENT_STEPS = [
  'put',
  'writeCar',
  'getMany',
] as const satisfies readonly (keyof Documents)[]

describe('a step that fails, or succeeds and cannot say so', function () {
  this.timeout(120_000)
  let anvil: Anvil
  let documents: Documents
  let folder = ''
  let template: Uint8Array
  let miner: NodeJS.Timeout
  const vault = vaultOf(newKey().secret)

  before(async () => {
    anvil = await openAnvil()
    folder = await mkdtemp(join(tmpdir(), 'inaltera-faults-'))
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

  function partsWith(ports: { store?: Store; documents?: Documents }): IssuingParts {
    const { rpc, registry, anchorKey, issuer } = anvil
    const store = ports.store ?? anvil.store
    return {
      store,
      documents: ports.documents ?? documents,
      vault,
      vaultAt: () => vault,
      masterVersion: 1,
      home: parseHome(`eip155:31337:${REGISTRY_ADDRESS}`, 'home'),
      issuer: issuer.address,
      publicUrl: 'http://127.0.0.1',
      now: Date.now,
      leaseMs: 60_000,
      lender: lenderOf(),
      anchor: anchorPortOf({
        rpc,
        registry,
        sender: senderOf(anvil.partsOf(anchorKey, { store })),
        limits: anvil.partsOf(anchorKey).limits,
        now: Date.now,
        sleep,
      }),
    }
  }

  async function anchorsOf(root: string): Promise<number> {
    const topics = [anvil.registry.topicOf('Anchored'), null, root]
    const logs = await anvil.rpc('eth_getLogs', [
      { address: REGISTRY_ADDRESS, fromBlock: '0x0', topics },
    ])
    return Array.isArray(logs) ? logs.length : -1
  }

  /** Issues with the fault, recovers without it, asks again: one batch, one anchor, every link. */
  async function check(parts: IssuingParts, faulty: { happened(): boolean }): Promise<void> {
    const request = { rows: EXAMPLE_ROWS, template, idempotencyKey: randomUUID() }
    const error = await issue(parts, request)
      .then(withLinks)
      .catch((e: unknown) => e)
    expect(faulty.happened(), 'the fault happened').to.equal(true)
    expect(error).to.be.instanceOf(Fault)
    const healthy = partsWith({})
    // A draft that could not be dropped, or opened and not answered, is left to its lease.
    const later = { ...healthy, now: () => Date.now() + 120_000 }
    const resumed = await resume(later)
    expect(resumed.failed).to.deep.equal([])
    const report = await withLinks(await issue(later, request))
    expect(report.links).to.have.length(32)
    expect(await anchorsOf(report.root)).to.equal(1)
    expect(await anvil.store.listUnfinished(Date.now() + 600_000)).to.deep.equal([])
  }

  for (const when of ['before', 'after'] as const) {
    for (const step of STORE_STEPS) {
      it(`store.${step}, ${when}`, async () => {
        // Its first call only tells the nonce that is to be signed.
        const nth = step === 'planTransaction' ? 2 : 1
        const faulty = failing(anvil.store, step, when, nth)
        await check(partsWith({ store: faulty.port }), faulty)
      })
    }
    for (const step of DOCUMENT_STEPS) {
      it(`documents.${step}, ${when}`, async () => {
        const faulty = failing(documents, step, when)
        await check(partsWith({ documents: faulty.port }), faulty)
      })
    }
  }

  it('keeps a batch that another request was told of, though the first one met an error after its end', async () => {
    const request = { rows: fileSource(EXAMPLE_ROWS), template, idempotencyKey: randomUUID() }
    let told: IntakeReport | undefined
    const store = new Proxy(anvil.store, {
      get: (target, name, receiver) => {
        if (name !== 'finishDraft') return Reflect.get(target, name, receiver) as unknown
        return async (...args: Parameters<Store['finishDraft']>) => {
          await target.finishDraft(...args)
          told = await intake(partsWith({}), request)
          throw new Fault('the answer was lost')
        }
      },
    })
    const error = await intake(partsWith({ store }), request).catch((e: unknown) => e)
    expect(error).to.be.instanceOf(Fault)
    expect(told?.isNew).to.equal(false)
    const batch = await anvil.store.findBatch({ id: told?.batchId ?? '' })
    expect(batch).to.include({ state: 'drafted', size: 32 })
    await anvil.store.dropDraft(told?.batchId ?? '')
  })

  it('two servers with one key and one store never take the same nonce', async () => {
    const reports = await Promise.all(
      [1, 2, 3].map(() => issue(partsWith({}), { rows: EXAMPLE_ROWS, template })),
    )
    expect(new Set(reports.map(({ transaction }) => transaction)).size).to.equal(3)
    for (const { root } of reports) expect(await anchorsOf(root)).to.equal(1)
  })
})
