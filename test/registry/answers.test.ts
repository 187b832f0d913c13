/** Defends how little of a provider's answer is believed in form: one spelling of a number, times of 40 bits, the block asked for. */
import { expect } from 'chai'
import {
  readAddressTopic,
  readBlock,
  readCode,
  readQuantity,
  readWord,
} from '../../src/registry/answers.ts'
import { headerAt } from '../../src/registry/ethereum.ts'
import { refusalOf, refusalOfPromise } from '../support/errors.ts'

const WORD = `0x${'1'.repeat(64)}`

describe('an answer', () => {
  it('is a quantity in its one spelling, up to 2^53 − 1', () => {
    expect(readQuantity('0x0', 'at')).to.equal(0)
    expect(readQuantity('0x1fffffffffffff', 'at')).to.equal(2 ** 53 - 1)
    for (const answer of [
      '0x',
      '0x00',
      '0x01',
      '0X1',
      '0xA',
      '1',
      '0x1 ',
      1,
      null,
      undefined,
      '-0x1',
    ]) {
      expect(
        refusalOf(() => readQuantity(answer, 'at')),
        String(answer),
      ).to.equal('wrong-type at at')
    }
    expect(refusalOf(() => readQuantity('0x20000000000000', 'at'))).to.equal('out-of-range at at')
    expect(refusalOf(() => readQuantity(`0x1${'0'.repeat(14)}`, 'at'))).to.equal('wrong-type at at')
  })

  it('is a block of number, hash and a time of 40 bits, or none', () => {
    const block = { number: '0x7', hash: WORD, timestamp: '0xffffffffff' }
    expect(readBlock(null, 'at')).to.equal(null)
    expect(readBlock(block, 'at')).to.deep.equal({ number: 7, hash: WORD, timestamp: 2 ** 40 - 1 })
    const refused = (change: object) => refusalOf(() => readBlock({ ...block, ...change }, 'at'))
    expect(refused({ timestamp: '0x10000000000' })).to.equal('out-of-range at at/timestamp')
    expect(refused({ number: undefined })).to.equal('wrong-type at at/number')
    expect(refused({ hash: WORD.slice(0, -1) })).to.equal('not-canonical-hex at at/hash')
    for (const answer of [7, 'block', undefined]) {
      expect(refusalOf(() => readBlock(answer, 'at'))).to.equal('wrong-type at at')
    }
  })

  it('is a word of 32 bytes, code of whole bytes, an address in a topic', () => {
    expect(readWord(WORD, 'at')).to.equal(WORD)
    expect(readCode('0x', 'at')).to.equal('')
    expect(readCode('0x6001', 'at')).to.equal('6001')
    expect(readAddressTopic(WORD, 'at')).to.equal(`0x${'1'.repeat(40)}`)
    for (const answer of ['0x', '0x1', `${WORD}00`, WORD.slice(2), 1, null]) {
      expect(refusalOf(() => readWord(answer, 'at'))).to.equal('not-canonical-hex at at')
      expect(refusalOf(() => readAddressTopic(answer, 'at'))).to.equal('not-canonical-hex at at')
    }
    for (const answer of ['0x1', '6001', '0xAA', null, 1]) {
      expect(refusalOf(() => readCode(answer, 'at'))).to.equal('not-canonical-hex at at')
    }
  })

  it('of a block is that of the block asked for, or none', async () => {
    const answering = (number: string | null) => () =>
      Promise.resolve(number === null ? null : { number, hash: WORD, timestamp: '0x1' })
    expect(await headerAt(answering('0x7'), 7)).to.deep.include({ number: 7, hash: WORD })
    expect(await headerAt(answering(null), 7)).to.equal(null)
    expect(await refusalOfPromise(headerAt(answering('0x6'), 7))).to.equal(
      'wrong-value at eth_getBlockByNumber',
    )
  })
})
