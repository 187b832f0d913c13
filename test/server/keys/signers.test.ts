import { expect } from 'chai'
import { hexOfSecret, KeystoreError, newKey } from '../../../server/keys/keystore.ts'
import { remoteSigner } from '../../../server/keys/remote-signer.ts'
import { keySigner } from '../../../server/keys/signer.ts'
import { signersOf } from '../../../server/keys/signers.ts'
import type { SignersParts } from '../../../server/keys/signers.ts'
import { signTransaction } from '../../../server/chain/sign.ts'
import { TroubleError } from '../../../server/chain/trouble.ts'
import { openWeb3Signer } from '../../support/web3signer.ts'
import type { SignerFault, Web3Signer } from '../../support/web3signer.ts'

const CALL = {
  chainId: '31337',
  nonce: 7,
  to: `0x${'12'.repeat(20)}`,
  data: '0xabcdef',
  gasLimit: 60_000n,
}
const FEES = { maxFeePerGas: 3_000_000_000n, maxPriorityFeePerGas: 1_000_000_000n }
const OTHER = `0x${'34'.repeat(20)}`

describe('signers', () => {
  const key = newKey()
  const authorization = 'Bearer of a test'
  let server: Web3Signer
  before(async () => {
    server = await openWeb3Signer(hexOfSecret(key.secret), authorization)
  })
  after(async () => {
    await server.close()
  })

  /** What is said of a transaction that the remote signer gives, `trouble code`, or that it is as good as our own. */
  async function outcome(fault?: SignerFault, credential = authorization): Promise<string> {
    server.behave(fault)
    const { address } = key
    const signer = remoteSigner({
      url: server.url,
      address,
      authorization: credential,
      timeoutMs: fault?.mode === 'hang' ? 300 : 10_000,
    })
    try {
      const signed = await signTransaction(CALL, FEES, signer)
      const own = await signTransaction(CALL, FEES, keySigner(key))
      return signed.raw === own.raw && signed.hash === own.hash ? 'ours' : 'other'
    } catch (error) {
      if (!(error instanceof TroubleError)) throw error
      expect(String(error)).not.to.include(authorization)
      return `${error.trouble} ${error.code}`
    }
  }

  it('take what a remote signer signs of just what was asked', async () => {
    expect(await outcome()).to.equal('ours')
  })

  const changes: SignerFault[] = [
    { mode: 'change', fields: { nonce: 8 } },
    { mode: 'change', fields: { to: OTHER } },
    { mode: 'change', fields: { data: '0xabcdee' } },
    { mode: 'change', fields: { value: 1n } },
    { mode: 'change', fields: { chainId: 1n } },
    { mode: 'change', fields: { gasLimit: 60_001n } },
    { mode: 'change', fields: { maxFeePerGas: 3_000_000_001n } },
    { mode: 'change', fields: { maxPriorityFeePerGas: 1n } },
    { mode: 'change', fields: { accessList: [{ address: OTHER, storageKeys: [] }] } },
    {
      mode: 'change',
      fields: { type: 0, gasPrice: 1n, maxFeePerGas: null, maxPriorityFeePerGas: null },
    },
    { mode: 'other-key' },
    { mode: 'result', result: '0x02c0' },
    { mode: 'result', result: '0x1234' },
  ]
  for (const fault of changes) {
    const name = JSON.stringify(fault, (_, value: unknown) =>
      typeof value === 'bigint' ? `${value}` : value,
    )
    it(`refuse what a hostile one signs instead: ${name}`, async () => {
      expect(await outcome(fault)).to.equal('signer refused')
    })
  }

  it('tell a signer that does not answer, or not sensibly, from one that refuses', async () => {
    expect(await outcome({ mode: 'hang' })).to.equal('signer timeout')
    expect(await outcome({ mode: 'answer', status: 500, body: '' })).to.equal('signer unreachable')
    expect(await outcome({ mode: 'answer', status: 200, body: 'no' })).to.equal('signer bad-answer')
    expect(await outcome({ mode: 'result', result: 'no' })).to.equal('signer bad-answer')
    expect(await outcome(undefined, 'Bearer of another')).to.equal('signer refused')
  })

  it('follow no redirect', async () => {
    const elsewhere = await openWeb3Signer(hexOfSecret(key.secret))
    expect(await outcome({ mode: 'redirect', to: elsewhere.url })).to.equal('signer unreachable')
    expect(elsewhere.requests).to.equal(0)
    await elsewhere.close()
  })

  it('are asked over https, or on this machine', () => {
    const { address } = key
    const at = (url: string): unknown => remoteSigner({ url, address })
    for (const url of ['http://signer.example.org', 'https://a:b@signer.example.org', 'no']) {
      expect(() => at(url), url).to.throw(TroubleError)
    }
    expect(() => at('https://signer.example.org/')).not.to.throw()
  })

  describe('from the environment', () => {
    const partsWith = (more: Partial<SignersParts>): SignersParts => ({
      config: {},
      addresses: { issuer: key.address, anchor: key.address, status: key.address },
      keys: () => Promise.reject(new KeystoreError('missing', 'anchor.json', 'none')),
      environment: { INALTERA_ANCHOR_KEY: hexOfSecret(key.secret) },
      isLocal: true,
      ...more,
    })

    const codeOf = async (work: () => Promise<unknown>): Promise<unknown> => {
      try {
        await work()
        return 'signs'
      } catch (error) {
        return error instanceof KeystoreError ? error.code : error
      }
    }

    it('sign on a local chain, and are refused on every other before anything is done', async () => {
      expect(await codeOf(() => signersOf(partsWith({}))('anchor'))).to.equal('signs')
      expect(await codeOf(() => signersOf(partsWith({}))('status'))).to.equal('missing')
      const elsewhere = partsWith({ isLocal: false })
      expect(await codeOf(() => Promise.resolve(signersOf(elsewhere)))).to.equal(
        'not-in-environment',
      )
    })

    it('are of the key that the folder names, and no message holds one', async () => {
      const secret = hexOfSecret(newKey().secret)
      const other = partsWith({ environment: { INALTERA_ANCHOR_KEY: secret } })
      expect(await codeOf(() => signersOf(other)('anchor'))).to.equal('another-key')
      const text = await signersOf(other)('anchor').catch(String)
      expect(text).not.to.include(secret.slice(2, 20))
      const broken = partsWith({ environment: { INALTERA_ANCHOR_KEY: '0x12' } })
      expect(await codeOf(() => signersOf(broken)('anchor'))).to.equal('not-a-keystore')
    })
  })
})
