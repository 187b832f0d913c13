import { expect } from 'chai'
import { newChain } from '../support/contract/chain.ts'
import {
  ISSUER,
  OPERATOR,
  RIVAL,
  rootNamed,
  staffedRegistry,
  STATUS,
} from '../support/contract/cast.ts'
import { NOTHING_HAPPENED, reverted } from '../support/contract/registry.ts'
import type { Registry } from '../support/contract/registry.ts'

const ROOT = rootNamed('batch')
const ABSENT = rootNamed('never anchored')

describe('revoking several words', () => {
  let registry: Registry
  const chain = newChain()
  const act = async (words: readonly (bigint | number)[], masks: readonly (bigint | number)[]) =>
    await registry.act(STATUS, 'revokeMany', ISSUER, ROOT, words, masks, 2)

  beforeEach(async () => {
    registry = await staffedRegistry(await chain)
    await registry.must(OPERATOR, 'anchor', ISSUER, ROOT, 600)
  })

  it('is each what one call would have done', async () => {
    expect(await act([2, 0], [4, 1])).to.deep.equal([
      ['Revoked', ISSUER, ROOT, STATUS, 2n, 4n, 2n],
      ['Revoked', ISSUER, ROOT, STATUS, 0n, 1n, 2n],
    ])
  })

  it('passes over what is so already, even within the call', async () => {
    await act([0], [1])
    expect(await act([0, 1, 1], [1, 3, 2])).to.deep.equal([
      ['Revoked', ISSUER, ROOT, STATUS, 1n, 3n, 2n],
    ])
  })

  it('is all or none', async () => {
    expect(await act([0, 3], [1, 1])).to.deep.equal(reverted('OutOfRange'))
    expect(await act([0, 1], [1, 0])).to.deep.equal(reverted('OutOfRange'))
    expect(await registry.read('statusOf', ISSUER, ROOT, 0)).to.deep.equal([0n, 0n])
  })

  it('needs as many masks as words', async () => {
    const refused = reverted('OutOfRange')
    expect(await act([0, 1], [1])).to.deep.equal(refused)
    expect(await act([0], [1, 1])).to.deep.equal(refused)
    expect(await act([], [1])).to.deep.equal(refused)
    expect(await act([0], [])).to.deep.equal(refused)
    expect(await act([], [])).to.deep.equal(NOTHING_HAPPENED)
  })

  it('needs a record', async () => {
    expect(await registry.act(STATUS, 'revokeMany', ISSUER, ABSENT, [0], [1], 0)).to.deep.equal(
      reverted('NotAnchored', ISSUER, ABSENT),
    )
  })
})

describe('revoking a whole batch', () => {
  let registry: Registry
  const chain = newChain()

  beforeEach(async () => {
    registry = await staffedRegistry(await chain)
    await registry.must(OPERATOR, 'anchor', ISSUER, ROOT, 600)
  })

  it('sets the flag in the record, leaves the rest of it, and says why', async () => {
    const [operator, anchoredAt, size] = (await registry.read(
      'anchorOf',
      ISSUER,
      ROOT,
    )) as unknown[]
    expect(await registry.act(STATUS, 'revokeBatch', ISSUER, ROOT, 4)).to.deep.equal([
      ['BatchRevoked', ISSUER, ROOT, STATUS, 4n],
    ])
    expect(await registry.read('anchorOf', ISSUER, ROOT)).to.deep.equal([
      operator,
      anchoredAt,
      size,
      true,
    ])
    expect(await registry.read('statusOf', ISSUER, ROOT, 0)).to.deep.equal([0n, 0n])
  })

  it('again changes nothing', async () => {
    await registry.must(STATUS, 'revokeBatch', ISSUER, ROOT, 4)
    expect(await registry.act(STATUS, 'revokeBatch', ISSUER, ROOT, 5)).to.deep.equal(
      NOTHING_HAPPENED,
    )
  })

  it('is not undone by anchoring the root again', async () => {
    await registry.must(STATUS, 'revokeBatch', ISSUER, ROOT, 4)
    expect(await registry.act(OPERATOR, 'anchor', ISSUER, ROOT, 600)).to.deep.equal(
      NOTHING_HAPPENED,
    )
    expect(await registry.read('anchorOf', ISSUER, ROOT)).to.include(true)
  })

  it('still takes single revocations and suspensions', async () => {
    await registry.must(STATUS, 'revokeBatch', ISSUER, ROOT, 4)
    expect(await registry.act(STATUS, 'revoke', ISSUER, ROOT, 0, 1, 0)).to.deep.equal([
      ['Revoked', ISSUER, ROOT, STATUS, 0n, 1n, 0n],
    ])
  })

  it('needs a record, and leaves other issuers alone', async () => {
    expect(await registry.act(STATUS, 'revokeBatch', ISSUER, ABSENT, 0)).to.deep.equal(
      reverted('NotAnchored', ISSUER, ABSENT),
    )
    await registry.must(OPERATOR, 'anchor', RIVAL, ROOT, 600)
    await registry.must(STATUS, 'revokeBatch', ISSUER, ROOT, 0)
    expect(await registry.read('anchorOf', RIVAL, ROOT)).to.include(false)
  })
})
