/** Defends the way from chain to verdict on go-ethereum, whose tries and headers are those of the main network. */
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'chai'
import { registryOf } from '../../server/chain/registry.ts'
import {
  accountOf,
  didPkh,
  gather,
  instantOfSeconds,
  parseAddress,
  parseHome,
  REGISTRY_ADDRESS,
  REGISTRY_CODE_HASH,
  verify,
} from '../../src/index.ts'
import type { Certificate, Json, Policy, Verdict } from '../../src/index.ts'
import { gistOf } from '../support/anchored-chain.ts'
import { addressOf, send, timeOf } from '../support/contract/chain.ts'
import { startGeth } from '../support/contract/geth.ts'
import type { Geth } from '../support/contract/geth.ts'
import { deployThroughProxy } from '../support/contract/proxy.ts'
import { engineFor } from '../support/engines.ts'
import { credentialJson, issueBatch, policyOf } from '../support/world.ts'
import type { Batch } from '../support/world.ts'

const CHAIN = '1337'
const ISSUER = parseAddress(addressOf(0), 'issuer')
const HOME = parseHome(accountOf(CHAIN, REGISTRY_ADDRESS), 'home')
/** A developer chain finalizes by epochs of 32 blocks, of which the newest is always open. */
const ENOUGH_BLOCKS = 70

function batchOf(label: string): Batch {
  const credentials = [0, 1, 2, 3, 4].map((i): Json => {
    const credential = credentialJson(i, ISSUER)
    const issuer = { id: didPkh(CHAIN, ISSUER), type: ['Profile'], name: 'Organisme Exemple' }
    return { ...credential, issuer, validUntil: '2199-01-01T00:00:00Z' }
  })
  return issueBatch(credentials, { issuer: ISSUER, home: HOME, label })
}

describe('a verifier of a chain that go-ethereum runs', function () {
  this.timeout(120_000)
  let geth: Geth | undefined
  let policy: Policy
  let now: number
  const [main, never] = [batchOf('main'), batchOf('never')]

  before(async function () {
    const started = await startGeth(engineFor(this, 'geth'))
    const { request } = started
    geth = started
    await deployThroughProxy(request, addressOf(19))
    const rpc = (method: string, params: readonly unknown[] = []) => request(method, ...params)
    const registry = registryOf(rpc, REGISTRY_ADDRESS)
    const call = (name: string, ...args: unknown[]) =>
      send(request, { from: ISSUER, to: registry.address, data: registry.encode(name, args) })
    await call('anchor', ISSUER, main.root, main.size)
    await call('revoke', ISSUER, main.root, 0, 1n << 3n, 3)
    for (let block = 0; block < ENOUGH_BLOCKS; block += 1) {
      await send(request, { from: addressOf(18), to: addressOf(17), value: '0x1' })
    }
    now = await timeOf(request)
    const { hash } = (await request('eth_getBlockByNumber', '0x0', false)) as { hash: string }
    const pin = { home: HOME.text, genesis: hash, codeHash: REGISTRY_CODE_HASH, kind: 'local' }
    policy = policyOf({
      registries: [{ ...pin, finality: 'finalized', maxHeadAge: 600, checkpoints: [] }],
      providers: { [CHAIN]: [1, 2, 3].map((n) => `http://127.0.0.${n}/`) },
      issuers: [{ account: accountOf(CHAIN, ISSUER), name: 'Organisme Exemple' }],
      quorum: 2,
      level: 'proven',
      timeoutMs: 10_000,
    })
  })
  after(async () => {
    await geth?.close()
  })

  async function judge(certificate: Certificate | undefined): Promise<Verdict> {
    const request = geth?.request
    if (request === undefined || certificate === undefined) throw new Error('nothing to judge')
    const evidence = await gather(certificate, policy, {
      connect:
        () =>
        async ({ method, params }) =>
          request(method, ...params),
      delay: (milliseconds) => sleep(milliseconds, undefined, { ref: false }),
    })
    return verify(certificate, evidence, policy, instantOfSeconds(now))
  }

  it('proves what is anchored, final and not revoked', async () => {
    const verdict = await judge(main.certificates[1])
    expect(gistOf(verdict)).to.deep.equal(['valid', undefined])
    expect(verdict.level).to.equal('proven')
  })

  it('proves what is revoked', async () => {
    const verdict = await judge(main.certificates[3])
    expect(gistOf(verdict)).to.deep.equal(['invalid', 'revoked'])
    expect(verdict.level).to.equal('proven')
  })

  it('proves that nothing was anchored', async () => {
    const verdict = await judge(never.certificates[1])
    expect(gistOf(verdict)).to.deep.equal(['invalid', 'not-anchored'])
    expect(verdict.level).to.equal('proven')
  })
})
