import { expect } from 'chai'
import { id } from 'ethers'
import { newChain } from '../support/contract/chain.ts'
import {
  FAR,
  ISSUER,
  OPERATOR,
  RIVAL,
  STRANGER,
  ZERO_ADDRESS,
  ZERO_HASH,
} from '../support/contract/cast.ts'
import { newRegistry, NOTHING_HAPPENED, reverted } from '../support/contract/registry.ts'
import type { Registry } from '../support/contract/registry.ts'

const ACCREDITOR = RIVAL
const RECORD = id('record')
const URI = 'https://accreditor.example/record.json'

describe('an accreditation', () => {
  let registry: Registry
  const chain = newChain()

  beforeEach(async () => {
    registry = await newRegistry(await chain)
  })

  it('is a list of periods that only grows, each with its own record', async () => {
    const renewed = id('renewed')
    expect(await registry.act(ACCREDITOR, 'accredit', ISSUER, 100, 200, RECORD, URI)).to.deep.equal(
      [['Accredited', ACCREDITOR, ISSUER, 0n, 100n, 200n, RECORD, URI]],
    )
    expect(await registry.act(ACCREDITOR, 'accredit', ISSUER, 150, FAR, renewed, '')).to.deep.equal(
      [['Accredited', ACCREDITOR, ISSUER, 1n, 150n, FAR, renewed, '']],
    )
    expect(await registry.read('accreditationsOf', ACCREDITOR, ISSUER)).to.deep.equal([
      [100n, 200n, 0n, RECORD],
      [150n, FAR, 0n, renewed],
    ])
  })

  it('answers the position of its period', async () => {
    await registry.must(ACCREDITOR, 'accredit', ISSUER, 1, 2, RECORD, '')
    const data = registry.encode('accredit', [ISSUER, 3, 4, RECORD, ''])
    const call = { from: ACCREDITOR, to: registry.address, data }
    expect(BigInt((await registry.request('eth_call', call, 'latest')) as string)).to.equal(1n)
  })

  it('may be planned, past, or without a record', async () => {
    await registry.must(ACCREDITOR, 'accredit', ISSUER, 0, 1, ZERO_HASH, '')
    await registry.must(ACCREDITOR, 'accredit', ISSUER, FAR - 1n, FAR, RECORD, '')
    expect(await registry.read('accreditationsOf', ACCREDITOR, ISSUER)).to.deep.equal([
      [0n, 1n, 0n, ZERO_HASH],
      [FAR - 1n, FAR, 0n, RECORD],
    ])
  })

  it('of nobody, of oneself, or of no length is refused', async () => {
    const refused = reverted('OutOfRange')
    const attempt = async (issuer: string, from: number, until: number) =>
      await registry.act(ACCREDITOR, 'accredit', issuer, from, until, RECORD, '')
    expect(await attempt(ZERO_ADDRESS, 1, 2)).to.deep.equal(refused)
    expect(await attempt(ACCREDITOR, 1, 2)).to.deep.equal(refused)
    expect(await attempt(ISSUER, 2, 2)).to.deep.equal(refused)
    expect(await attempt(ISSUER, 3, 2)).to.deep.equal(refused)
    expect(await registry.read('accreditationsOf', ACCREDITOR, ISSUER)).to.deep.equal([])
  })

  it('lies in the namespace of its accreditor alone', async () => {
    await registry.must(ACCREDITOR, 'accredit', ISSUER, 1, 2, RECORD, '')
    await registry.must(STRANGER, 'accredit', ISSUER, 3, 4, ZERO_HASH, '')
    expect(await registry.read('accreditationsOf', ACCREDITOR, ISSUER)).to.have.length(1)
    expect(await registry.read('accreditationsOf', STRANGER, ISSUER)).to.deep.equal([
      [3n, 4n, 0n, ZERO_HASH],
    ])
    expect(await registry.read('accreditationsOf', ISSUER, ACCREDITOR)).to.deep.equal([])
    expect(await registry.read('accreditationsOf', ACCREDITOR, OPERATOR)).to.deep.equal([])
  })
})

describe('withdrawing', () => {
  let registry: Registry
  const chain = newChain()

  beforeEach(async () => {
    registry = await newRegistry(await chain)
    await registry.must(ACCREDITOR, 'accredit', ISSUER, 100, FAR, RECORD, URI)
    await registry.must(ACCREDITOR, 'accredit', ISSUER, 200, FAR, RECORD, URI)
  })

  it('ends one period and leaves the others', async () => {
    const now = (await registry.now()) + 10
    expect(await registry.actAt(now, ACCREDITOR, 'withdraw', ISSUER, 1, now)).to.deep.equal([
      ['AccreditationWithdrawn', ACCREDITOR, ISSUER, 1n, BigInt(now)],
    ])
    expect(await registry.read('accreditationsOf', ACCREDITOR, ISSUER)).to.deep.equal([
      [100n, FAR, 0n, RECORD],
      [200n, FAR, BigInt(now), RECORD],
    ])
  })

  it('moves earlier, not later; the same again changes nothing', async () => {
    await registry.must(ACCREDITOR, 'withdraw', ISSUER, 0, 500)
    expect(await registry.act(ACCREDITOR, 'withdraw', ISSUER, 0, 500)).to.deep.equal(
      NOTHING_HAPPENED,
    )
    expect(await registry.act(ACCREDITOR, 'withdraw', ISSUER, 0, 501)).to.deep.equal(
      reverted('Closed', ISSUER, 500n),
    )
    expect(await registry.act(ACCREDITOR, 'withdraw', ISSUER, 0, 499)).to.deep.equal([
      ['AccreditationWithdrawn', ACCREDITOR, ISSUER, 0n, 499n],
    ])
  })

  it('is never as of 0 nor of a time to come', async () => {
    const now = (await registry.now()) + 10
    const refused = reverted('OutOfRange')
    expect(await registry.act(ACCREDITOR, 'withdraw', ISSUER, 0, 0)).to.deep.equal(refused)
    expect(await registry.actAt(now, ACCREDITOR, 'withdraw', ISSUER, 0, now + 1)).to.deep.equal(
      refused,
    )
  })

  it('of a period that there is not is refused, to the accreditor and to anybody else', async () => {
    const refused = reverted('OutOfRange')
    expect(await registry.act(ACCREDITOR, 'withdraw', ISSUER, 2, 1)).to.deep.equal(refused)
    expect(await registry.act(ACCREDITOR, 'withdraw', OPERATOR, 0, 1)).to.deep.equal(refused)
    expect(await registry.act(STRANGER, 'withdraw', ISSUER, 0, 1)).to.deep.equal(refused)
    expect(await registry.act(ISSUER, 'withdraw', ISSUER, 0, 1)).to.deep.equal(refused)
  })
})
