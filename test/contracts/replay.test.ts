import { expect } from 'chai'
import { toBeHex } from 'ethers'
import { newChain, send } from '../support/contract/chain.ts'
import {
  ACCOUNT,
  ISSUER,
  OPERATOR,
  RIVAL,
  rootNamed,
  staffedRegistry,
  STATUS,
  STRANGER,
  THIEF,
} from '../support/contract/cast.ts'
import { NOTHING_HAPPENED, reverted, ROLE } from '../support/contract/registry.ts'
import type { Outcome, Registry } from '../support/contract/registry.ts'

const ROOT = rootNamed('batch')
const FRESH = rootNamed('fresh')
const DAY = 86_400

describe('replaying a signature (T1)', () => {
  let registry: Registry
  let deadline: number
  const chain = newChain()

  beforeEach(async () => {
    registry = await staffedRegistry(await chain)
    await registry.must(OPERATOR, 'anchor', ISSUER, ROOT, 600)
    deadline = (await registry.now()) + DAY
  })

  it('of an anchor or a revocation changes nothing, however often', async () => {
    const anchor = [ISSUER, OPERATOR, FRESH, 9, deadline]
    const revoke = [ISSUER, STATUS, ROOT, 1, 5, 3, deadline]
    const revokeBatch = [ISSUER, STATUS, ROOT, 3, deadline]
    for (const [method, struct, values, signer] of [
      ['anchorFor', 'Anchor', anchor, ACCOUNT.operator],
      ['revokeFor', 'Revoke', revoke, ACCOUNT.status],
      ['revokeBatchFor', 'RevokeBatch', revokeBatch, ACCOUNT.status],
    ] as const) {
      const first = await registry.relay(method, struct, values, { signer, sender: STRANGER })
      expect(first).to.have.length(1)
      const record = await registry.read('anchorOf', ISSUER, FRESH)
      for (const sender of [STRANGER, RIVAL]) {
        expect(await registry.relay(method, struct, values, { signer, sender })).to.deep.equal(
          NOTHING_HAPPENED,
        )
      }
      expect(await registry.read('anchorOf', ISSUER, FRESH)).to.deep.equal(record)
    }
  })

  it('after the contract was deployed elsewhere is refused there', async () => {
    const other = await staffedRegistry(registry.request)
    const values = [ISSUER, OPERATOR, FRESH, 9, deadline]
    const signature = await registry.sign('Anchor', values, ACCOUNT.operator)
    expect(await other.act(STRANGER, 'anchorFor', ...values, signature)).to.deep.equal(
      reverted('BadSignature'),
    )
    expect(await registry.act(STRANGER, 'anchorFor', ...values, signature)).to.have.length(1)
  })
})

describe('the nonce of suspensions and reinstatements', () => {
  let registry: Registry
  let deadline: number
  const chain = newChain()
  const suspend = async (nonce: number, mask = 1): Promise<Outcome> =>
    await relay('Suspend', [ISSUER, STATUS, ROOT, 0, mask, 0, nonce, deadline])
  const reinstate = async (nonce: number, mask = 1): Promise<Outcome> =>
    await relay('Reinstate', [ISSUER, STATUS, ROOT, 0, mask, nonce, deadline])
  const relay = async (struct: 'Suspend' | 'Reinstate', values: unknown[]): Promise<Outcome> => {
    const method = struct === 'Suspend' ? 'suspendFor' : 'reinstateFor'
    return await registry.relay(method, struct, values, {
      signer: ACCOUNT.status,
      sender: STRANGER,
    })
  }

  beforeEach(async () => {
    registry = await staffedRegistry(await chain)
    await registry.must(OPERATOR, 'anchor', ISSUER, ROOT, 600)
    deadline = (await registry.now()) + DAY
  })

  it('counts from 0, one by one, for both together', async () => {
    expect(await registry.read('nonceOf', STATUS)).to.equal(0n)
    expect(await suspend(0)).to.have.length(1)
    expect(await reinstate(1)).to.have.length(1)
    expect(await suspend(2)).to.have.length(1)
    expect(await registry.read('nonceOf', STATUS)).to.equal(3n)
    expect(await registry.read('nonceOf', STRANGER)).to.equal(0n)
  })

  it('is used once: an old signature never suspends again', async () => {
    await suspend(0)
    await reinstate(1)
    expect(await suspend(0)).to.deep.equal(reverted('BadNonce', 2n))
    expect(await reinstate(1)).to.deep.equal(reverted('BadNonce', 2n))
    expect(await registry.read('statusOf', ISSUER, ROOT, 0)).to.deep.equal([0n, 0n])
  })

  it('keeps the order: a reinstatement does not overtake its suspension', async () => {
    expect(await reinstate(1)).to.deep.equal(reverted('BadNonce', 0n))
    expect(await suspend(1)).to.deep.equal(reverted('BadNonce', 0n))
    await suspend(0)
    expect(await reinstate(1)).to.have.length(1)
  })

  it('is used by a call that changes nothing, and not by one that reverts', async () => {
    await suspend(0)
    expect(await suspend(1)).to.deep.equal(NOTHING_HAPPENED)
    expect(await registry.read('nonceOf', STATUS)).to.equal(2n)
    expect(await suspend(2, 0)).to.deep.equal(reverted('OutOfRange'))
    expect(await registry.read('nonceOf', STATUS)).to.equal(2n)
  })

  it('is one sequence per operator, whichever the issuer', async () => {
    await registry.must(RIVAL, 'setOperator', STATUS, ROLE.suspend)
    await registry.must(RIVAL, 'anchor', RIVAL, ROOT, 1)
    await suspend(0)
    const under = (nonce: number): unknown[] => [RIVAL, STATUS, ROOT, 0, 1, 0, nonce, deadline]
    expect(await relay('Suspend', under(0))).to.deep.equal(reverted('BadNonce', 1n))
    expect(await relay('Suspend', under(1))).to.have.length(1)
  })

  it('is no matter of direct calls', async () => {
    await registry.must(STATUS, 'suspend', ISSUER, ROOT, 0, 1, 0)
    await registry.must(STATUS, 'reinstate', ISSUER, ROOT, 0, 1)
    expect(await registry.read('nonceOf', STATUS)).to.equal(0n)
  })
})

describe('front-running', () => {
  let registry: Registry
  let deadline: number
  const chain = newChain()

  beforeEach(async () => {
    registry = await staffedRegistry(await chain)
    deadline = (await registry.now()) + DAY
  })

  it('a signed anchor sent first by somebody else is still ours, and ours is a success (T2)', async () => {
    const values = [ISSUER, OPERATOR, FRESH, 9, deadline]
    const signature = await registry.sign('Anchor', values, ACCOUNT.operator)
    expect(await registry.act(THIEF, 'anchorFor', ...values, signature)).to.deep.equal([
      ['Anchored', ISSUER, FRESH, OPERATOR, 9n],
    ])
    expect(await registry.act(STRANGER, 'anchorFor', ...values, signature)).to.deep.equal(
      NOTHING_HAPPENED,
    )
    expect(await registry.act(OPERATOR, 'anchor', ISSUER, FRESH, 9)).to.deep.equal(NOTHING_HAPPENED)
  })

  it('our root anchored first under another issuer hinders nothing (T3)', async () => {
    await registry.must(STRANGER, 'anchor', STRANGER, FRESH, 1)
    await registry.must(STRANGER, 'revokeBatch', STRANGER, FRESH, 0)
    expect(await registry.act(OPERATOR, 'anchor', ISSUER, FRESH, 9)).to.deep.equal([
      ['Anchored', ISSUER, FRESH, OPERATOR, 9n],
    ])
    expect(await registry.read('anchorOf', ISSUER, FRESH)).to.include(false)
  })

  it('an event that another contract emits in our words changes no storage (T7)', async () => {
    const word = (value: string): string => `7f${toBeHex(value, 32).slice(2)}`
    const topics = registry.abi.encodeEventLog('Anchored', [ISSUER, FRESH, OPERATOR, 9]).topics
    // Creation code that stores 9 in memory and logs it under the four topics of `Anchored`.
    const code = `0x${word('0x09')}5f52${[...topics].reverse().map(word).join('')}60205fa4`
    const { logs, status } = await send(registry.request, { from: THIEF, data: code })
    expect(status).to.equal('0x1')
    expect(logs.map((log) => registry.abi.parseLog(log)?.name)).to.deep.equal(['Anchored'])
    expect(logs.map((log) => log.address)).not.to.include(registry.address)
    const [, anchoredAt] = (await registry.read('anchorOf', ISSUER, FRESH)) as unknown[]
    expect(anchoredAt).to.equal(0n)
  })
})
