import { expect } from 'chai'
import { newChain } from '../support/contract/chain.ts'
import {
  callsWithRoles,
  FAR,
  ISSUER,
  OPERATOR,
  RIVAL,
  rootNamed,
  staffedRegistry,
  STRANGER,
  THIEF,
  ZERO_ADDRESS,
} from '../support/contract/cast.ts'
import { newRegistry, NOTHING_HAPPENED, reverted, ROLE } from '../support/contract/registry.ts'
import type { Registry } from '../support/contract/registry.ts'

const ROOT = rootNamed('batch')
describe('an operator', () => {
  let registry: Registry
  const chain = newChain()

  beforeEach(async () => {
    registry = await newRegistry(await chain)
  })

  it('gets exactly the roles that its issuer gives it, in each of the eight ways', async () => {
    for (let roles = 7; roles >= 0; roles -= 1) {
      expect(await registry.act(ISSUER, 'setOperator', OPERATOR, roles)).to.deep.equal([
        ['OperatorSet', ISSUER, OPERATOR, BigInt(roles)],
      ])
      expect(await registry.read('operatorOf', ISSUER, OPERATOR)).to.deep.equal([0n, BigInt(roles)])
    }
  })

  it('can do what its roles say and nothing else', async () => {
    await registry.must(ISSUER, 'anchor', ISSUER, ROOT, 1)
    for (let roles = 0; roles <= 7; roles += 1) {
      if (roles > 0) await registry.must(ISSUER, 'setOperator', OPERATOR, roles)
      for (const [method, role, args] of callsWithRoles(ROOT)) {
        const outcome = await registry.act(OPERATOR, method, ISSUER, ...args)
        if ((BigInt(roles) & role) === role) expect(outcome, method).not.to.have.key('reverted')
        else expect(outcome).to.deep.equal(reverted('NotAllowed', ISSUER, OPERATOR, role))
      }
    }
  })

  it('given the roles that it has: nothing is emitted', async () => {
    expect(await registry.act(ISSUER, 'setOperator', OPERATOR, 0)).to.deep.equal(NOTHING_HAPPENED)
    await registry.must(ISSUER, 'setOperator', OPERATOR, ROLE.suspend)
    expect(await registry.act(ISSUER, 'setOperator', OPERATOR, ROLE.suspend)).to.deep.equal(
      NOTHING_HAPPENED,
    )
  })

  it('cannot be the zero address, the issuer itself, or hold a role that there is not', async () => {
    const refused = reverted('OutOfRange')
    expect(await registry.act(ISSUER, 'setOperator', ZERO_ADDRESS, 1)).to.deep.equal(refused)
    expect(await registry.act(ISSUER, 'setOperator', ISSUER, 1)).to.deep.equal(refused)
    for (const roles of [8, 9, 15, 128, 255]) {
      expect(await registry.act(ISSUER, 'setOperator', OPERATOR, roles)).to.deep.equal(refused)
    }
  })

  it('of one issuer is nobody with another', async () => {
    await registry.must(ISSUER, 'setOperator', OPERATOR, ROLE.all)
    for (const [method, role, args] of callsWithRoles(ROOT)) {
      expect(await registry.act(OPERATOR, method, RIVAL, ...args)).to.deep.equal(
        reverted('NotAllowed', RIVAL, OPERATOR, role),
      )
    }
    expect(await registry.read('operatorOf', RIVAL, OPERATOR)).to.deep.equal([0n, 0n])
  })

  it('rules only its own namespace: it can neither add, close nor retire in that of its issuer', async () => {
    await registry.must(ISSUER, 'setOperator', OPERATOR, ROLE.all)
    const now = await registry.now()
    await registry.must(OPERATOR, 'setOperator', STRANGER, ROLE.all)
    await registry.must(OPERATOR, 'closeOperator', ISSUER, now)
    await registry.must(OPERATOR, 'closeOperator', OPERATOR, now)
    expect(await registry.read('operatorOf', ISSUER, STRANGER)).to.deep.equal([0n, 0n])
    expect(await registry.read('operatorOf', ISSUER, ISSUER)).to.deep.equal([0n, 0n])
    expect(await registry.read('operatorOf', ISSUER, OPERATOR)).to.deep.equal([0n, 7n])
    await registry.must(OPERATOR, 'anchor', ISSUER, ROOT, 1)
  })
})

describe('closing an operator', () => {
  let registry: Registry
  const chain = newChain()

  beforeEach(async () => {
    registry = await staffedRegistry(await chain)
  })

  it('takes its roles for ever, and says since when', async () => {
    const since = (await registry.now()) - 100
    expect(await registry.act(ISSUER, 'closeOperator', THIEF, since)).to.deep.equal([
      ['OperatorClosed', ISSUER, THIEF, BigInt(since)],
    ])
    expect(await registry.read('operatorOf', ISSUER, THIEF)).to.deep.equal([BigInt(since), 0n])
    expect(await registry.act(THIEF, 'anchor', ISSUER, ROOT, 1)).to.deep.equal(
      reverted('NotAllowed', ISSUER, THIEF, 1n),
    )
    for (const roles of [0, 1, 7]) {
      expect(await registry.act(ISSUER, 'setOperator', THIEF, roles)).to.deep.equal(
        reverted('Closed', THIEF, BigInt(since)),
      )
    }
  })

  it('can be as of this very second, not of a later one, and never of 0', async () => {
    const now = (await registry.now()) + 10
    const refused = reverted('OutOfRange')
    expect(
      await registry.actAt(now, ISSUER, 'closeOperator', THIEF, now + 1),
      'tomorrow',
    ).to.deep.equal(refused)
    expect(await registry.act(ISSUER, 'closeOperator', THIEF, FAR)).to.deep.equal(refused)
    expect(await registry.act(ISSUER, 'closeOperator', THIEF, 0)).to.deep.equal(refused)
    expect(await registry.actAt(now + 20, ISSUER, 'closeOperator', THIEF, now + 20)).to.deep.equal([
      ['OperatorClosed', ISSUER, THIEF, BigInt(now + 20)],
    ])
  })

  it('moves earlier, not later; the same again changes nothing', async () => {
    const now = await registry.now()
    await registry.must(ISSUER, 'closeOperator', THIEF, now - 50)
    expect(await registry.act(ISSUER, 'closeOperator', THIEF, now - 50)).to.deep.equal(
      NOTHING_HAPPENED,
    )
    expect(await registry.act(ISSUER, 'closeOperator', THIEF, now - 49)).to.deep.equal(
      reverted('Closed', THIEF, BigInt(now - 50)),
    )
    expect(await registry.act(ISSUER, 'closeOperator', THIEF, 1)).to.deep.equal([
      ['OperatorClosed', ISSUER, THIEF, 1n],
    ])
    expect(await registry.read('operatorOf', ISSUER, THIEF)).to.deep.equal([1n, 0n])
  })

  it('may come before the key was ever known', async () => {
    await registry.must(ISSUER, 'closeOperator', STRANGER, 1)
    expect(await registry.act(ISSUER, 'setOperator', STRANGER, ROLE.all)).to.deep.equal(
      reverted('Closed', STRANGER, 1n),
    )
  })

  it('leaves every other operator and issuer alone', async () => {
    await registry.must(ISSUER, 'closeOperator', OPERATOR, 1)
    await registry.must(OPERATOR, 'anchor', RIVAL, ROOT, 1)
    await registry.must(THIEF, 'anchor', ISSUER, ROOT, 1)
    expect(await registry.read('operatorOf', RIVAL, OPERATOR)).to.deep.equal([0n, 1n])
  })
})
