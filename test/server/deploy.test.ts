/** Defends the issuer's own key: which roles the keys of a data folder get, and that only deploying needs it. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'chai'
import { rpcOf } from '../../node/rpc.ts'
import { registryOf } from '../../server/chain/registry.ts'
import type { Context } from '../../server/context.ts'
import { parseAddress, parseHome } from '../../src/index.ts'
import { EXAMPLE_ROWS, exampleTemplate, newDataFolder } from './folder.ts'
import type { DataFolder } from './folder.ts'

const ANCHOR = 1
const REVOKE = 4

describe('deploying from a data folder', function () {
  this.timeout(60_000)
  let data: DataFolder
  let context: Context
  before(async () => {
    data = await newDataFolder()
    context = await data.open()
    await context.deploy()
  })
  after(async () => {
    await data.remove()
  })

  it('gives no operator both ANCHOR and REVOKE', async () => {
    const { registry: address } = parseHome(context.home, 'home')
    const registry = registryOf(rpcOf(context.rpcUrl), address)
    const issuer = parseAddress(data.init.issuer, 'issuer')
    const rolesOf = async (operator: string): Promise<number> =>
      (await registry.operatorOf(issuer, parseAddress(operator, 'operator'))).roles
    const { anchor, status } = data.init.operators
    expect(await rolesOf(anchor)).to.equal(ANCHOR)
    expect((await rolesOf(status)) & ANCHOR).to.equal(0)
    expect((await rolesOf(status)) & REVOKE).to.equal(REVOKE)
  })

  it('is the last use of the issuer’s own key: batches and their status need it no more', async () => {
    await context.close()
    await rm(join(data.folder, 'keys', 'issuer.json'))
    const without = await data.open()
    const { batchId } = await without.issue({
      rows: EXAMPLE_ROWS,
      template: await exampleTemplate(),
    })
    const { transactions } = await without.revoke({ batchId, indexes: [0] })
    expect(transactions).to.have.length(1)
  })
})
