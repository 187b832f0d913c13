import { expect } from 'chai'
import { newChain } from '../support/contract/chain.ts'
import {
  FAR,
  ISSUER,
  OPERATOR,
  RIVAL,
  rootNamed,
  staffedRegistry,
  STATUS,
  THIEF,
} from '../support/contract/cast.ts'
import { NOTHING_HAPPENED, reverted } from '../support/contract/registry.ts'
import type { Registry } from '../support/contract/registry.ts'

const ROOT = rootNamed('batch')
const OTHER_ROOT = rootNamed('another batch')

describe('a void anchor', () => {
  let registry: Registry
  const chain = newChain()

  beforeEach(async () => {
    registry = await staffedRegistry(await chain)
  })

  it('of a thief who anchored our root first, with a wrong size, is overwritten', async () => {
    const stolen = (await registry.now()) + 10
    await registry.actAt(stolen, THIEF, 'anchor', ISSUER, ROOT, 1)
    expect(await registry.act(OPERATOR, 'anchor', ISSUER, ROOT, 25)).to.deep.equal(
      reverted('SizeDiffers', ROOT, 1n),
    )
    await registry.must(ISSUER, 'closeOperator', THIEF, stolen)
    const later = stolen + 100
    expect(await registry.actAt(later, OPERATOR, 'anchor', ISSUER, ROOT, 25)).to.deep.equal([
      ['Anchored', ISSUER, ROOT, OPERATOR, 25n],
    ])
    expect(await registry.read('anchorOf', ISSUER, ROOT)).to.deep.equal([
      OPERATOR,
      BigInt(later),
      25n,
      false,
    ])
    expect(await registry.act(ISSUER, 'anchor', ISSUER, ROOT, 25)).to.deep.equal(NOTHING_HAPPENED)
  })

  it('is an honest one, too, that a back-dated closing caught', async () => {
    const honest = (await registry.now()) + 10
    await registry.actAt(honest, THIEF, 'anchor', ISSUER, ROOT, 25)
    await registry.must(ISSUER, 'closeOperator', THIEF, honest - 5)
    expect(await registry.act(OPERATOR, 'anchor', ISSUER, ROOT, 25)).to.deep.equal([
      ['Anchored', ISSUER, ROOT, OPERATOR, 25n],
    ])
  })

  it('begins at the very second of the closing, not before', async () => {
    const since = (await registry.now()) + 10
    await registry.actAt(since - 1, THIEF, 'anchor', ISSUER, OTHER_ROOT, 25)
    await registry.actAt(since, THIEF, 'anchor', ISSUER, ROOT, 25)
    await registry.must(ISSUER, 'closeOperator', THIEF, since)
    expect(await registry.act(OPERATOR, 'anchor', ISSUER, OTHER_ROOT, 25)).to.deep.equal(
      NOTHING_HAPPENED,
    )
    expect(await registry.act(OPERATOR, 'anchor', ISSUER, ROOT, 25)).to.deep.equal([
      ['Anchored', ISSUER, ROOT, OPERATOR, 25n],
    ])
  })

  it('becomes one when the closing moves earlier', async () => {
    const time = (await registry.now()) + 10
    await registry.actAt(time, THIEF, 'anchor', ISSUER, ROOT, 25)
    await registry.must(ISSUER, 'closeOperator', THIEF, time + 1)
    expect(await registry.act(OPERATOR, 'anchor', ISSUER, ROOT, 25)).to.deep.equal(NOTHING_HAPPENED)
    await registry.must(ISSUER, 'closeOperator', THIEF, time)
    expect(await registry.act(OPERATOR, 'anchor', ISSUER, ROOT, 25)).to.deep.equal([
      ['Anchored', ISSUER, ROOT, OPERATOR, 25n],
    ])
  })

  it('keeps every revocation and suspension, and the flag of the whole batch', async () => {
    const time = (await registry.now()) + 10
    await registry.actAt(time, THIEF, 'anchor', ISSUER, ROOT, 300)
    await registry.must(STATUS, 'revoke', ISSUER, ROOT, 1, 5, 1)
    await registry.must(STATUS, 'suspend', ISSUER, ROOT, 0, 6, 1)
    await registry.must(STATUS, 'revokeBatch', ISSUER, ROOT, 1)
    await registry.must(ISSUER, 'closeOperator', THIEF, time)
    await registry.must(OPERATOR, 'anchor', ISSUER, ROOT, 2)
    expect(await registry.read('statusOf', ISSUER, ROOT, 1)).to.deep.equal([5n, 0n])
    expect(await registry.read('statusOf', ISSUER, ROOT, 0)).to.deep.equal([0n, 6n])
    const [operator, , size, revoked] = (await registry.read('anchorOf', ISSUER, ROOT)) as unknown[]
    expect([operator, size, revoked]).to.deep.equal([OPERATOR, 2n, true])
  })

  it('can still be revoked, reinstated and suspended', async () => {
    const time = (await registry.now()) + 10
    await registry.actAt(time, THIEF, 'anchor', ISSUER, ROOT, 4)
    await registry.must(ISSUER, 'closeOperator', THIEF, time)
    expect(await registry.act(STATUS, 'revoke', ISSUER, ROOT, 0, 1, 2)).to.deep.equal([
      ['Revoked', ISSUER, ROOT, STATUS, 0n, 1n, 2n],
    ])
    expect(await registry.act(STATUS, 'suspend', ISSUER, ROOT, 0, 8, 2)).to.deep.equal([
      ['Suspended', ISSUER, ROOT, STATUS, 0n, 8n, 2n],
    ])
    expect(await registry.act(STATUS, 'reinstate', ISSUER, ROOT, 0, 8)).to.deep.equal([
      ['Reinstated', ISSUER, ROOT, STATUS, 0n, 8n],
    ])
    expect(await registry.act(STATUS, 'revokeBatch', ISSUER, ROOT, 2)).to.deep.equal([
      ['BatchRevoked', ISSUER, ROOT, STATUS, 2n],
    ])
  })

  it('is what a live operator of a retired issuer still writes, each time anew', async () => {
    const retired = (await registry.now()) + 10
    await registry.actAt(retired - 1, OPERATOR, 'anchor', ISSUER, OTHER_ROOT, 25)
    await registry.actAt(retired, ISSUER, 'closeOperator', ISSUER, retired)
    for (const size of [25, 30]) {
      expect(await registry.act(OPERATOR, 'anchor', ISSUER, ROOT, size)).to.deep.equal([
        ['Anchored', ISSUER, ROOT, OPERATOR, BigInt(size)],
      ])
    }
    expect(await registry.act(OPERATOR, 'anchor', ISSUER, OTHER_ROOT, 26)).to.deep.equal(
      reverted('SizeDiffers', OTHER_ROOT, 25n),
    )
    expect(await registry.act(ISSUER, 'anchor', ISSUER, ROOT, 25)).to.deep.equal(
      reverted('NotAllowed', ISSUER, ISSUER, 1n),
    )
  })

  it('under one issuer says nothing about the same root under another', async () => {
    const time = (await registry.now()) + 10
    await registry.actAt(time, OPERATOR, 'anchor', RIVAL, ROOT, 4)
    await registry.actAt(time + 1, OPERATOR, 'anchor', ISSUER, ROOT, 4)
    await registry.must(RIVAL, 'closeOperator', OPERATOR, time)
    expect(await registry.act(ISSUER, 'anchor', ISSUER, ROOT, 4)).to.deep.equal(NOTHING_HAPPENED)
    expect(await registry.act(RIVAL, 'anchor', RIVAL, ROOT, 5)).to.deep.equal([
      ['Anchored', RIVAL, ROOT, RIVAL, 5n],
    ])
    expect(await registry.act(OPERATOR, 'anchor', RIVAL, OTHER_ROOT, 5)).to.deep.equal(
      reverted('NotAllowed', RIVAL, OPERATOR, 1n),
    )
  })

  it('never comes of a time that no block has', async () => {
    expect(await registry.act(ISSUER, 'closeOperator', THIEF, FAR)).to.deep.equal(
      reverted('OutOfRange'),
    )
  })
})
