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
const WORD = 2n ** 256n - 1n
const TOP_BIT = 2n ** 255n
const LARGEST = 2n ** 32n - 1n

/** The two kinds of change that set bits: the call, its event, and where `statusOf` shows them. */
const SETTERS = [
  { method: 'revoke', event: 'Revoked', at: 0 },
  { method: 'suspend', event: 'Suspended', at: 1 },
] as const

for (const { method, event, at } of SETTERS) {
  describe(`to ${method}`, () => {
    let registry: Registry
    const chain = newChain()
    const act = async (root: string, word: bigint | number, mask: bigint | number) =>
      await registry.act(STATUS, method, ISSUER, root, word, mask, 3)
    const stored = async (word: bigint | number) =>
      ((await registry.read('statusOf', ISSUER, ROOT, word)) as bigint[])[at]

    beforeEach(async () => {
      registry = await staffedRegistry(await chain)
      await registry.must(OPERATOR, 'anchor', ISSUER, ROOT, 600)
    })

    it('sets exactly the bits of the mask, and says which, by whom and why', async () => {
      expect(await act(ROOT, 1, 0b1010)).to.deep.equal([
        [event, ISSUER, ROOT, STATUS, 1n, 0b1010n, 3n],
      ])
      expect(await stored(1)).to.equal(0b1010n)
      expect(await stored(0)).to.equal(0n)
      const other = ((await registry.read('statusOf', ISSUER, ROOT, 1)) as bigint[])[1 - at]
      expect(other).to.equal(0n)
    })

    it('twice adds: bits that are set stay set, and the event carries the new ones only', async () => {
      await act(ROOT, 0, 0b0110)
      expect(await act(ROOT, 0, 0b1100)).to.deep.equal([
        [event, ISSUER, ROOT, STATUS, 0n, 0b1000n, 3n],
      ])
      expect(await stored(0)).to.equal(0b1110n)
    })

    it('what is so already changes nothing', async () => {
      await act(ROOT, 0, 0b0110)
      expect(await act(ROOT, 0, 0b0100)).to.deep.equal(NOTHING_HAPPENED)
      expect(await act(ROOT, 0, 0b0110)).to.deep.equal(NOTHING_HAPPENED)
      expect(await stored(0)).to.equal(0b0110n)
    })

    it('takes 256 neighbours at once', async () => {
      expect(await act(ROOT, 1, WORD)).to.deep.equal([[event, ISSUER, ROOT, STATUS, 1n, WORD, 3n]])
      expect(await stored(1)).to.equal(WORD)
    })

    it('ends with the last certificate: bits at or beyond the size are refused', async () => {
      const refused = reverted('OutOfRange')
      // 600 = 2·256 + 88: the last certificate is bit 87 of word 2.
      for (const [word, mask] of [
        [2, 2n ** 88n],
        [2, 2n ** 88n + 1n],
        [2, TOP_BIT],
        [2, WORD],
        [3, 1],
        [2n ** 24n, 1],
        [2n ** 248n, 1],
        [WORD, WORD],
      ] as const) {
        expect(await act(ROOT, word, mask), `${word} ${mask}`).to.deep.equal(refused)
      }
      expect(await act(ROOT, 2, 2n ** 88n - 1n)).to.deep.equal([
        [event, ISSUER, ROOT, STATUS, 2n, 2n ** 88n - 1n, 3n],
      ])
    })

    it('ends with the word where the size is a multiple of 256', async () => {
      const root = rootNamed('512')
      await registry.must(OPERATOR, 'anchor', ISSUER, root, 512)
      expect(await act(root, 2, 1)).to.deep.equal(reverted('OutOfRange'))
      expect(await act(root, 1, TOP_BIT)).to.deep.equal([
        [event, ISSUER, root, STATUS, 1n, TOP_BIT, 3n],
      ])
    })

    it('reaches the last certificate of the largest batch, and no further', async () => {
      const root = rootNamed('largest')
      await registry.must(OPERATOR, 'anchor', ISSUER, root, LARGEST)
      const last = 2n ** 24n - 1n
      expect(await act(root, last, TOP_BIT)).to.deep.equal(reverted('OutOfRange'))
      expect(await act(root, last, TOP_BIT / 2n)).to.deep.equal([
        [event, ISSUER, root, STATUS, last, TOP_BIT / 2n, 3n],
      ])
      expect(await act(root, last + 1n, 1)).to.deep.equal(reverted('OutOfRange'))
    })

    it('of a batch of one takes bit 0 alone', async () => {
      const root = rootNamed('one')
      await registry.must(OPERATOR, 'anchor', ISSUER, root, 1)
      expect(await act(root, 0, 2)).to.deep.equal(reverted('OutOfRange'))
      expect(await act(root, 0, 1)).to.deep.equal([[event, ISSUER, root, STATUS, 0n, 1n, 3n]])
    })

    it('no bit at all, or a root without a record, is refused', async () => {
      expect(await act(ROOT, 0, 0)).to.deep.equal(reverted('OutOfRange'))
      expect(await act(ABSENT, 0, 1)).to.deep.equal(reverted('NotAnchored', ISSUER, ABSENT))
    })

    it('touches this issuer’s batch only', async () => {
      await registry.must(OPERATOR, 'anchor', RIVAL, ROOT, 600)
      await act(ROOT, 0, 1)
      expect(await registry.read('statusOf', RIVAL, ROOT, 0)).to.deep.equal([0n, 0n])
    })

    it('carries any reason that fits a byte', async () => {
      for (const reason of [0, 255]) {
        expect(
          await registry.act(STATUS, method, ISSUER, ROOT, 0, 2 ** (reason % 7), reason),
        ).to.deep.equal([
          [event, ISSUER, ROOT, STATUS, 0n, BigInt(2 ** (reason % 7)), BigInt(reason)],
        ])
      }
    })
  })
}

describe('to reinstate', () => {
  let registry: Registry
  const chain = newChain()
  const act = async (root: string, word: bigint | number, mask: bigint | number) =>
    await registry.act(STATUS, 'reinstate', ISSUER, root, word, mask)

  beforeEach(async () => {
    registry = await staffedRegistry(await chain)
    await registry.must(OPERATOR, 'anchor', ISSUER, ROOT, 600)
    await registry.must(STATUS, 'suspend', ISSUER, ROOT, 1, 0b111, 1)
  })

  it('lifts exactly the suspensions of the mask', async () => {
    expect(await act(ROOT, 1, 0b1101)).to.deep.equal([
      ['Reinstated', ISSUER, ROOT, STATUS, 1n, 0b101n],
    ])
    expect(await registry.read('statusOf', ISSUER, ROOT, 1)).to.deep.equal([0n, 0b010n])
  })

  it('what is not suspended changes nothing', async () => {
    expect(await act(ROOT, 1, 0b1000)).to.deep.equal(NOTHING_HAPPENED)
    expect(await act(ROOT, 0, 0b0001)).to.deep.equal(NOTHING_HAPPENED)
    expect(await registry.read('statusOf', ISSUER, ROOT, 1)).to.deep.equal([0n, 0b111n])
  })

  it('never lifts a revocation', async () => {
    await registry.must(STATUS, 'revoke', ISSUER, ROOT, 1, 0b011, 1)
    await act(ROOT, 1, WORD)
    expect(await registry.read('statusOf', ISSUER, ROOT, 1)).to.deep.equal([0b011n, 0n])
  })

  it('can be followed by another suspension', async () => {
    await act(ROOT, 1, 0b111)
    expect(await registry.act(STATUS, 'suspend', ISSUER, ROOT, 1, 1, 9)).to.deep.equal([
      ['Suspended', ISSUER, ROOT, STATUS, 1n, 1n, 9n],
    ])
  })

  it('no bit, a bit beyond the size, or a root without a record is refused', async () => {
    const refused = reverted('OutOfRange')
    expect(await act(ROOT, 1, 0)).to.deep.equal(refused)
    expect(await act(ROOT, 2, 2n ** 88n)).to.deep.equal(refused)
    expect(await act(ROOT, 2n ** 24n, 1)).to.deep.equal(refused)
    expect(await act(ABSENT, 0, 1)).to.deep.equal(reverted('NotAnchored', ISSUER, ABSENT))
  })
})
