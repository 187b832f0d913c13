import { expect } from 'chai'
import { FunctionFragment, id } from 'ethers'
import { newChain, send } from '../support/contract/chain.ts'
import {
  callsWithRoles,
  ISSUER,
  RIVAL,
  rootNamed,
  staffedRegistry,
  STATUS,
  THIEF,
  ZERO_HASH,
} from '../support/contract/cast.ts'
import { newRegistry, reverted } from '../support/contract/registry.ts'
import type { Registry } from '../support/contract/registry.ts'

const ROOT = rootNamed('batch')

describe('retirement: an issuer that closes itself', () => {
  let registry: Registry
  const chain = newChain()

  beforeEach(async () => {
    registry = await staffedRegistry(await chain)
    await registry.must(ISSUER, 'anchor', ISSUER, ROOT, 4)
  })

  it('takes every role from itself and leaves its operators theirs', async () => {
    const now = await registry.now()
    expect(await registry.act(ISSUER, 'closeOperator', ISSUER, now)).to.deep.equal([
      ['OperatorClosed', ISSUER, ISSUER, BigInt(now)],
    ])
    for (const [method, role, args] of callsWithRoles(ROOT)) {
      expect(await registry.act(ISSUER, method, ISSUER, ...args)).to.deep.equal(
        reverted('NotAllowed', ISSUER, ISSUER, role),
      )
    }
    expect(await registry.act(STATUS, 'revoke', ISSUER, ROOT, 0, 1, 0)).to.deep.equal([
      ['Revoked', ISSUER, ROOT, STATUS, 0n, 1n, 0n],
    ])
  })

  it('does not open again, and moves only earlier', async () => {
    const now = await registry.now()
    await registry.must(ISSUER, 'closeOperator', ISSUER, now - 5)
    expect(await registry.act(ISSUER, 'closeOperator', ISSUER, now)).to.deep.equal(
      reverted('Closed', ISSUER, BigInt(now - 5)),
    )
    expect(await registry.act(ISSUER, 'setOperator', ISSUER, 7)).to.deep.equal(
      reverted('OutOfRange'),
    )
    await registry.must(ISSUER, 'closeOperator', ISSUER, now - 6)
  })

  it('keeps what only the owner may do: closing thieves, withdrawing, a profile', async () => {
    await registry.must(ISSUER, 'accredit', RIVAL, 1, 2, id('record'), '')
    await registry.must(ISSUER, 'closeOperator', ISSUER, 1)
    await registry.must(ISSUER, 'closeOperator', THIEF, 1)
    await registry.must(ISSUER, 'withdraw', RIVAL, 0, 1)
    await registry.must(ISSUER, 'setProfile', id('profile'), '')
  })
})

describe('a profile', () => {
  let registry: Registry
  const chain = newChain()

  beforeEach(async () => {
    registry = await newRegistry(await chain)
  })

  it('is a digest of its owner, with a hint of where to look', async () => {
    const [first, second] = [id('first'), id('second')]
    expect(await registry.read('profileOf', ISSUER)).to.equal(ZERO_HASH)
    expect(await registry.act(ISSUER, 'setProfile', first, 'ipfs://é')).to.deep.equal([
      ['ProfileSet', ISSUER, first, 'ipfs://é'],
    ])
    await registry.must(RIVAL, 'setProfile', second, '')
    expect(await registry.read('profileOf', ISSUER)).to.equal(first)
    expect(await registry.read('profileOf', RIVAL)).to.equal(second)
  })

  it('with the digest that it has says where else to look', async () => {
    const digest = id('profile')
    await registry.must(ISSUER, 'setProfile', digest, 'https://a.example')
    expect(await registry.act(ISSUER, 'setProfile', digest, 'https://b.example')).to.deep.equal([
      ['ProfileSet', ISSUER, digest, 'https://b.example'],
    ])
  })

  it('is never nothing', async () => {
    expect(await registry.act(ISSUER, 'setProfile', ZERO_HASH, '')).to.deep.equal(
      reverted('OutOfRange'),
    )
  })
})

describe('ether', () => {
  it('is refused bare, with dirt, and with a call that would be good without it', async () => {
    const registry = await staffedRegistry()
    const good = [
      registry.encode('anchor', [ISSUER, ROOT, 4]),
      registry.encode('setProfile', [id('profile'), '']),
      registry.encode('profileOf', [ISSUER]),
    ]
    const call = { from: ISSUER, to: registry.address }
    for (const data of ['0x', '0x00', '0xdeadbeef', ...good]) {
      const sent = send(registry.request, { ...call, value: '0x1', data })
      expect(await sent.then(() => 'taken').catch(() => 'refused'), data).to.equal('refused')
    }
    for (const data of good) {
      expect(await send(registry.request, { ...call, data })).to.include({ status: '0x1' })
    }
    expect(await registry.request('eth_getBalance', registry.address, 'latest')).to.equal('0x0')
  })

  it('no function takes any, and nothing is called by accident', async () => {
    const { abi } = await newRegistry()
    const functions = abi.fragments.filter((one) => FunctionFragment.isFragment(one))
    expect(functions.length).to.be.greaterThan(20)
    expect(functions.filter((one) => one.payable)).to.deep.equal([])
    expect([abi.fallback, abi.receive]).to.deep.equal([null, false])
  })
})
