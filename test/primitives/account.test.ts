/** Defends accounts: one text for each, chain and all. */
import { expect } from 'chai'
import { accountOf, didPkh, parseAccount, parseHome } from '../../src/primitives/account.ts'
import { parseAddress } from '../../src/primitives/bytes.ts'
import { refusalOf } from '../support/errors.ts'

const ADDRESS = parseAddress('0x52908400098527886e0f7030069857d2e4169ee7', 'address')

describe('an account', () => {
  it('is chain and address', () => {
    for (const chainId of ['1', '10', '31337', '1'.repeat(32)]) {
      const text = `eip155:${chainId}:${ADDRESS}`
      expect(parseAccount(text, 'account')).to.deep.equal({ text, chainId, address: ADDRESS })
      expect(parseHome(text, 'home')).to.deep.equal({ text, chainId, registry: ADDRESS })
      expect(accountOf(chainId, ADDRESS)).to.equal(text)
      expect(didPkh(chainId, ADDRESS)).to.equal(`did:pkh:${text}`)
    }
  })

  it('has one spelling', () => {
    const others: unknown[] = [
      ADDRESS,
      `eip155:0:${ADDRESS}`,
      `eip155:01:${ADDRESS}`,
      `eip155:-1:${ADDRESS}`,
      `eip155:0x1:${ADDRESS}`,
      `eip155:1e0:${ADDRESS}`,
      `eip155::${ADDRESS}`,
      `eip155:${'1'.repeat(33)}:${ADDRESS}`,
      `EIP155:1:${ADDRESS}`,
      `bip122:1:${ADDRESS}`,
      `did:pkh:eip155:1:${ADDRESS}`,
      `eip155:1:${ADDRESS.toUpperCase()}`,
      'eip155:1:0x52908400098527886E0F7030069857D2E4169EE7',
      `eip155:1:${ADDRESS.slice(2)}`,
      `eip155:1:${ADDRESS}0`,
      `eip155:1:${ADDRESS}\n`,
      ` eip155:1:${ADDRESS}`,
      `eip155:\u0661:${ADDRESS}`,
      '',
      null,
      1,
      [`eip155:1:${ADDRESS}`],
    ]
    for (const other of others) {
      expect(refusalOf(() => parseAccount(other, '/account'))).to.equal('bad-account at /account')
      expect(refusalOf(() => parseHome(other, ''))).to.equal('bad-account at ')
    }
  })
})
