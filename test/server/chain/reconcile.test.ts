import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'chai'
import { rpcOf } from '../../../node/rpc.ts'
import type { Rpc } from '../../../node/rpc.ts'
import { isObject, parseQuantity } from '../../../server/chain/answers.ts'
import { registryOf } from '../../../server/chain/registry.ts'
import type { Context, IssueReport } from '../../../server/context.ts'
import { openSqliteStore } from '../../../server/storage/sqlite.ts'
import { parseAddress, parseHash32, REGISTRY_ADDRESS } from '../../../src/index.ts'
import type { BatchRoot } from '../../../src/index.ts'
import { EXAMPLE_ROWS, exampleTemplate, newDataFolder } from '../folder.ts'
import type { DataFolder } from '../folder.ts'

describe('a chain that loses what was final', function () {
  this.timeout(120_000)
  let data: DataFolder
  let context: Context
  let rpc: Rpc
  let template: Uint8Array

  beforeEach(async () => {
    data = await newDataFolder()
    context = await data.open()
    rpc = rpcOf(context.rpcUrl)
    template = await exampleTemplate()
    await context.deploy()
    // What is taken away below is never the registry itself.
    await rpc('anvil_mine', ['0x2'])
  })
  afterEach(async () => {
    await data.remove()
  })

  const issue = (): Promise<IssueReport> => context.issue({ rows: EXAMPLE_ROWS, template })

  async function standing({ root, issuer }: IssueReport): Promise<number> {
    const record = await registryOf(rpc, REGISTRY_ADDRESS).recordOf(
      parseAddress(issuer, 'issuer'),
      parseHash32(root, 'root') as BatchRoot,
    )
    return record?.size ?? 0
  }

  /** How many blocks there are from the one before this batch's to the head. */
  async function depthOf({ transaction }: IssueReport): Promise<number> {
    const receipt = await rpc('eth_getTransactionReceipt', [transaction])
    const mined = isObject(receipt) ? parseQuantity(receipt['blockNumber'], '') : 0n
    return Number(parseQuantity(await rpc('eth_blockNumber'), '') - mined) + 1
  }

  async function stateOf({ batchId }: IssueReport): Promise<string | undefined> {
    const store = openSqliteStore(join(data.folder, 'store.sqlite'))
    const batch = await store.findBatch({ id: batchId })
    await store.close()
    return batch?.state
  }

  async function actions(): Promise<string[]> {
    const store = openSqliteStore(join(data.folder, 'store.sqlite'))
    const log = await store.auditLog({ limit: 100 })
    await store.close()
    return log.map(({ action }) => action)
  }

  it('is sent its anchors and its revocations again, each batch once, after a reorganisation beyond finality', async () => {
    const first = await issue()
    const second = await issue()
    await context.revoke({ batchId: first.batchId, indexes: [3] })
    await rpc('anvil_reorg', [await depthOf(first), []])
    expect(await standing(first)).to.equal(0)
    // Blocks come every two seconds, and the loss is believed once later blocks are final.
    await rpc('anvil_mine', ['0x8', '0x2'])
    const { anchored, failed } = await context.resume()
    expect(failed).to.deep.equal([])
    expect([...anchored].sort()).to.deep.equal([first.batchId, second.batchId].sort())
    for (const report of [first, second]) {
      expect(await standing(report)).to.equal(32)
      expect(await stateOf(report)).to.equal('anchored')
    }
    expect((await actions()).filter((action) => action === 'anchor-lost')).to.have.length(2)
    const words = await registryOf(rpc, REGISTRY_ADDRESS).statusOf(
      parseAddress(first.issuer, 'issuer'),
      parseHash32(first.root, 'root') as BatchRoot,
      0,
    )
    expect(words.revoked).to.equal(1n << 3n)
    // Nothing is lost any more, and nothing is sent once more.
    expect((await context.resume()).anchored).to.deep.equal([])
  })

  for (const after of [20, 1500]) {
    it(`goes on by itself behind a server and under a batch that is issued, when the chain is killed after ${after} ms`, async () => {
      const before = await issue()
      const { url } = await context.serve({ port: 0 })
      const issuing = issue()
      await sleep(after)
      const owner: unknown = JSON.parse(
        readFileSync(join(data.folder, 'chain', 'owner.json'), 'utf8'),
      )
      process.kill(isObject(owner) ? Number(owner['chain']) : Number.NaN, 'SIGKILL')
      const report = await issuing
      expect((await fetch(`${url}/health`)).status).to.equal(200)
      for (let i = 0; i < 600 && (await standing(before)) === 0; i += 1) await sleep(100)
      for (const one of [before, report]) expect(await standing(one)).to.equal(32)
    })
  }

  it('is followed where it has the anchor in another block than before', async () => {
    const report = await issue()
    const raw = await rpc('eth_getRawTransactionByHash', [report.transaction])
    await rpc('anvil_reorg', [await depthOf(report), []])
    await rpc('anvil_mine', ['0x4', '0x5'])
    await rpc('eth_sendRawTransaction', [raw])
    await rpc('anvil_mine', ['0x8', '0x2'])
    const found = await registryOf(rpc, REGISTRY_ADDRESS).recordOf(
      parseAddress(report.issuer, 'issuer'),
      parseHash32(report.root, 'root') as BatchRoot,
    )
    expect(found?.anchoredAt).not.to.equal(report.anchoredAt)
    expect((await context.resume()).anchored).to.deep.equal([report.batchId])
    const again = await context.linksOf(report.batchId)
    expect(again.anchoredAt).to.equal(found?.anchoredAt)
  })

  it('is not believed where its node only lags', async () => {
    const report = await issue()
    // A node whose head lies before the anchor: nothing is final after it.
    await rpc('anvil_rollback', [await depthOf(report)])
    await rpc('evm_setAutomine', [false])
    await context.resume()
    expect(await actions()).not.to.include('anchor-lost')
  })
})
