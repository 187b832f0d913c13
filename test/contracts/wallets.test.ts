import { expect } from 'chai'
import { Interface } from 'ethers'
import { artifactOf, create, newChain, send } from '../support/contract/chain.ts'
import {
  ACCOUNT,
  ISSUER,
  OPERATOR,
  rootNamed,
  staffedRegistry,
  STRANGER,
} from '../support/contract/cast.ts'
import { NOTHING_HAPPENED, reverted, ROLE } from '../support/contract/registry.ts'
import type { Outcome, Registry } from '../support/contract/registry.ts'

const ROOT = rootNamed('batch')
const ANSWER = { accept: 0, refuse: 1, revert: 2, tooShort: 3, garbage: 4, burnGas: 5 } as const
const BAD_SIGNATURE = reverted('BadSignature')
/** A signature in a form of the wallet's own, of no length that ECDSA has. */
const OF_THE_WALLET = '0xc0ffee'

describe('an operator that is a contract (ERC-1271)', () => {
  let registry: Registry
  let wallet: string
  let deadline: number
  const chain = newChain()
  const answer = async (one: keyof typeof ANSWER, at = wallet): Promise<void> => {
    const { abi } = await artifactOf('ScriptedWallet')
    const data = new Interface(abi).encodeFunctionData('setAnswer', [ANSWER[one]])
    await send(registry.request, { from: STRANGER, to: at, data })
  }
  const anchorFor = async (operator = wallet, signature = OF_THE_WALLET): Promise<Outcome> =>
    await registry.act(STRANGER, 'anchorFor', ISSUER, operator, ROOT, 9, deadline, signature)

  beforeEach(async () => {
    registry = await staffedRegistry(await chain)
    const { bytecode } = await artifactOf('ScriptedWallet')
    wallet = (await create(registry.request, bytecode, STRANGER)).toLowerCase()
    await registry.must(ISSUER, 'setOperator', wallet, ROLE.all)
    deadline = (await registry.now()) + 3600
  })

  it('is heard, and named as the operator', async () => {
    expect(await anchorFor()).to.deep.equal([['Anchored', ISSUER, ROOT, wallet, 9n]])
  })

  it('is heard about every relayed call, in the order of its nonces', async () => {
    await registry.must(OPERATOR, 'anchor', ISSUER, ROOT, 600)
    const calls = [
      ['revokeFor', [ISSUER, wallet, ROOT, 0, 1, 0, deadline]],
      ['revokeBatchFor', [ISSUER, wallet, ROOT, 0, deadline]],
      ['suspendFor', [ISSUER, wallet, ROOT, 0, 2, 0, 0, deadline]],
      ['reinstateFor', [ISSUER, wallet, ROOT, 0, 2, 1, deadline]],
    ] as const
    for (const [method, values] of calls) {
      await answer('refuse')
      expect(await registry.act(STRANGER, method, ...values, OF_THE_WALLET)).to.deep.equal(
        BAD_SIGNATURE,
      )
      await answer('accept')
      expect(await registry.act(STRANGER, method, ...values, OF_THE_WALLET)).to.have.length(1)
    }
  })

  for (const one of ['refuse', 'revert', 'tooShort', 'garbage', 'burnGas'] as const) {
    it(`that answers with ${one} is no signature (T5)`, async () => {
      await answer(one)
      expect(await anchorFor()).to.deep.equal(BAD_SIGNATURE)
      const [, anchoredAt] = (await registry.read('anchorOf', ISSUER, ROOT)) as unknown[]
      expect(anchoredAt).to.equal(0n)
      await answer('accept')
      expect(await anchorFor()).to.have.length(1)
    })
  }

  it('is asked once: the record stands when the answer changes (T5)', async () => {
    await anchorFor()
    await answer('refuse')
    expect(await anchorFor()).to.deep.equal(BAD_SIGNATURE)
    expect(await registry.act(ISSUER, 'anchor', ISSUER, ROOT, 9)).to.deep.equal(NOTHING_HAPPENED)
    expect(await registry.read('anchorOf', ISSUER, ROOT)).to.include.members([wallet, 9n])
  })

  it('is asked in vain without a role, after its deadline, and out of turn', async () => {
    await registry.must(ISSUER, 'setOperator', wallet, ROLE.suspend)
    expect(await anchorFor()).to.deep.equal(reverted('NotAllowed', ISSUER, wallet, 1n))
    const early = (await registry.now()) - 1
    const late = [ISSUER, wallet, ROOT, 0, 1, 0, 0, early, OF_THE_WALLET]
    expect(await registry.act(STRANGER, 'suspendFor', ...late)).to.deep.equal(
      reverted('Expired', BigInt(early)),
    )
    const outOfTurn = [ISSUER, wallet, ROOT, 0, 1, 0, 1, deadline, OF_THE_WALLET]
    expect(await registry.act(STRANGER, 'suspendFor', ...outOfTurn)).to.deep.equal(
      reverted('BadNonce', 0n),
    )
  })

  it('without code is asked in vain', async () => {
    expect(await anchorFor(OPERATOR)).to.deep.equal(BAD_SIGNATURE)
  })

  it('can be the issuer itself', async () => {
    expect(
      await registry.act(STRANGER, 'anchorFor', wallet, wallet, ROOT, 9, deadline, '0x'),
    ).to.deep.equal([['Anchored', wallet, ROOT, wallet, 9n]])
  })

  it('cannot be an account that every chain has code for', async () => {
    for (let number = 0; number <= 0x12; number += 1) {
      const precompile = `0x${number.toString(16).padStart(40, '0')}`
      expect(
        await registry.act(STRANGER, 'anchorFor', precompile, precompile, ROOT, 9, deadline, '0x'),
        precompile,
      ).to.deep.equal(BAD_SIGNATURE)
    }
  })
})

describe('an operator whose key delegates to code (EIP-7702, T6)', () => {
  let registry: Registry
  let values: unknown[]
  const chain = newChain()
  const delegate = async (to: string): Promise<void> => {
    await registry.request('hardhat_setCode', OPERATOR, `0xef0100${to.slice(2)}`)
  }

  beforeEach(async () => {
    registry = await staffedRegistry(await chain)
    values = [ISSUER, OPERATOR, ROOT, 9, (await registry.now()) + 3600]
  })

  afterEach(async () => {
    await registry.request('hardhat_setCode', OPERATOR, '0x')
  })

  it('keeps its own key, whatever the code would say', async () => {
    const signature = await registry.sign('Anchor', values, ACCOUNT.operator)
    await delegate(registry.address)
    expect(await registry.request('eth_getCode', OPERATOR, 'latest')).to.equal(
      `0xef0100${registry.address.slice(2)}`,
    )
    expect(await registry.act(STRANGER, 'anchorFor', ...values, signature)).to.deep.equal([
      ['Anchored', ISSUER, ROOT, OPERATOR, 9n],
    ])
  })

  it('can also speak through its code', async () => {
    const { bytecode } = await artifactOf('ScriptedWallet')
    const code = await create(registry.request, bytecode, STRANGER)
    expect(await registry.act(STRANGER, 'anchorFor', ...values, OF_THE_WALLET)).to.deep.equal(
      BAD_SIGNATURE,
    )
    await delegate(code)
    expect(await registry.act(STRANGER, 'anchorFor', ...values, OF_THE_WALLET)).to.deep.equal([
      ['Anchored', ISSUER, ROOT, OPERATOR, 9n],
    ])
  })

  it('still anchors directly', async () => {
    await delegate(registry.address)
    expect(await registry.act(OPERATOR, 'anchor', ISSUER, ROOT, 9)).to.have.length(1)
  })
})
