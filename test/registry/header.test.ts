/** Defends headers: each fork's hashes again, and one that does not rests on nobody's proof. */
import { createBlockHeader } from '@ethereumjs/block'
import type { HeaderData } from '@ethereumjs/block'
import { Common, Mainnet } from '@ethereumjs/common'
import { expect } from 'chai'
import { encodeRlp, keccak256 } from 'ethers'
import { hexOf } from '../../src/primitives/bytes.ts'
import type { Address, Hex } from '../../src/primitives/bytes.ts'
import { headerOfAnswer, headerOfRlp } from '../../src/registry/header.ts'
import { refusalOf } from '../support/errors.ts'
import { storedVectors } from '../support/evidence/vectors.ts'
import { Ledger } from '../support/ledger.ts'
import { FORKS, provingChain } from '../support/proving-chain.ts'
import type { Fork } from '../support/proving-chain.ts'

const REGISTRY = `0x${'33'.repeat(20)}` as Address

async function blockOf(fork: Fork): Promise<Record<string, unknown>> {
  const parts = { ledger: new Ledger(), registry: REGISTRY, headTime: 1_781_600_000, fork }
  return (await provingChain(parts)).blockAt(100)
}

describe('a header', () => {
  for (const fork of FORKS.filter((name) => name !== 'unknown')) {
    it(`of ${fork} gives its hash again, and its state root and time with it`, async () => {
      const block = await blockOf(fork)
      const header = headerOfAnswer(block, 'block')
      expect(header?.rlp).not.to.equal(null)
      expect(header).to.deep.include({
        hash: block['hash'],
        number: 100,
        timestamp: 1_781_600_000,
        stateRoot: block['stateRoot'],
      })
    })
  }

  for (const fork of ['london', 'shanghai', 'cancun', 'prague'] as const) {
    it(`of ${fork} is encoded as @ethereumjs/block encodes it`, async () => {
      const block = await blockOf(fork)
      const common = new Common({ chain: Mainnet, hardfork: fork })
      const theirs = {
        ...block,
        uncleHash: block['sha3Uncles'],
        coinbase: block['miner'],
        transactionsTrie: block['transactionsRoot'],
        receiptTrie: block['receiptsRoot'],
      } as HeaderData
      const other = createBlockHeader(theirs, { common, skipConsensusFormatValidation: true })
      expect(headerOfAnswer(block, 'block')?.rlp).to.equal(hexOf(other.serialize()))
      expect(block['hash']).to.equal(hexOf(other.hash()))
    })
  }

  it('of a fork that is not known yet is read, and not hashed', async () => {
    const block = await blockOf('unknown')
    expect(headerOfAnswer(block, 'block')).to.deep.equal({
      hash: block['hash'],
      number: 100,
      timestamp: 1_781_600_000,
      stateRoot: block['stateRoot'],
      rlp: null,
    })
  })

  it('is not hashed once any member is another, missing, or one too many', async () => {
    const block = await blockOf('prague')
    const spoilt: Record<string, unknown>[] = []
    for (const [name, value] of Object.entries(block)) {
      if (typeof value !== 'string' || ['hash', 'size', 'number', 'timestamp'].includes(name))
        continue
      const digit = value.endsWith('1') ? '2' : '1'
      spoilt.push({ ...block, [name]: value.slice(0, -1) + digit })
      spoilt.push({ ...block, [name]: undefined }, { ...block, [name]: 7 })
    }
    spoilt.push({ ...block, blockAccessListHash: block['requestsHash'] })
    spoilt.push({ ...block, timestamp: '0x1' })
    expect(spoilt).to.have.length.greaterThan(40)
    for (const one of spoilt) expect(headerOfAnswer(one, 'block')?.rlp).to.equal(null)
  })

  it('that is none is refused or absent', () => {
    expect(headerOfAnswer(null, 'block')).to.equal(null)
    for (const answer of [
      7,
      {},
      { number: '0x1' },
      { number: '0x01', hash: '0x', timestamp: '0x1' },
    ]) {
      expect(refusalOf(() => headerOfAnswer(answer, 'block'))).not.to.equal('accepted')
    }
  })
})

describe('the bytes of a header', () => {
  it('from a real chain give number, time and state root', () => {
    const [vector] = storedVectors().filter(({ id }) => id === 'valid')
    const rlp = vector?.bundle['header'] as Hex
    const header = headerOfRlp(rlp)
    expect(header.hash).to.equal(keccak256(rlp))
    expect(header.number).to.equal(vector?.verdict.block?.number)
  })

  it('are refused where they are no list, too short, or hold what is no number', () => {
    const hash = `0x${'11'.repeat(32)}`
    const items = (change: Readonly<Record<number, string>>): Hex =>
      encodeRlp(
        Array.from({ length: 15 }, (_, at) => change[at] ?? (at === 3 ? hash : '0x')),
      ) as Hex
    expect(refusalOf(() => headerOfRlp(items({})))).to.equal('accepted')
    expect(refusalOf(() => headerOfRlp('0x80'))).to.equal('wrong-type at header')
    expect(refusalOf(() => headerOfRlp('0xc0'))).to.equal('missing-member at header')
    expect(refusalOf(() => headerOfRlp(items({ 3: '0x11' })))).to.equal('wrong-type at header')
    expect(refusalOf(() => headerOfRlp(items({ 8: '0x0011' })))).to.equal('wrong-type at header')
    expect(refusalOf(() => headerOfRlp(items({ 11: '0xffffffffff' })))).to.equal('accepted')
    expect(refusalOf(() => headerOfRlp(items({ 11: '0x010000000000' })))).to.equal(
      'out-of-range at header',
    )
  })
})
