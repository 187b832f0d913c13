/** Defends proofs on go-ethereum: its headers hash, its proofs hold, and a bundle of them is judged without it. */
import { expect } from 'chai'
import { setTimeout as sleep } from 'node:timers/promises'
import { Interface } from 'ethers'
import {
  bundleOf,
  evidenceOfBundle,
  gather,
  instantOfSeconds,
  momentOf,
  parseBundle,
  parseHome,
  REGISTRY_ADDRESS,
  REGISTRY_CODE_HASH,
  verify,
} from '../../src/index.ts'
import type { Address, Certificate, Evidence, Hash32, Policy, Request } from '../../src/index.ts'
import { ISSUER, OPERATOR } from '../support/contract/cast.ts'
import { addressOf, artifactOf, send } from '../support/contract/chain.ts'
import { startGeth } from '../support/contract/geth.ts'
import type { Geth } from '../support/contract/geth.ts'
import { deployThroughProxy } from '../support/contract/proxy.ts'
import { Registry, ROLE } from '../support/contract/registry.ts'
import { engineFor } from '../support/engines.ts'
import { credentialJson, issueBatch, policyOf } from '../support/world.ts'

const CHAIN = '1337'
const HOME = parseHome(`eip155:${CHAIN}:${REGISTRY_ADDRESS}`, 'home')
const issuer = ISSUER as Address
const batch = issueBatch(
  Array.from({ length: 7 }, (_, i) => ({
    ...credentialJson(i, issuer),
    issuer: { id: `did:pkh:eip155:${CHAIN}:${issuer}`, type: ['Profile'], name: 'School' },
  })),
  { issuer, home: HOME },
)

function certificateAt(index: number): Certificate {
  const certificate = batch.certificates[index]
  if (certificate === undefined) throw new Error(`no certificate ${index}`)
  return certificate
}

describe('evidence from go-ethereum', () => {
  let geth: Geth | undefined
  let request: Request = () => Promise.reject(new Error('not started'))
  let genesis = '0x' as Hash32

  before(async function () {
    geth = await startGeth(engineFor(this, 'geth'))
    const { request: ask } = geth
    request = ({ method, params }) => ask(method, ...params)
    await deployThroughProxy(ask, addressOf(19))
    const { abi } = await artifactOf('CertificateRegistry')
    const registry = new Registry(ask, REGISTRY_ADDRESS, new Interface(abi))
    await registry.must(ISSUER, 'setOperator', OPERATOR, ROLE.anchor)
    await registry.must(OPERATOR, 'anchor', issuer, batch.root, batch.size)
    await registry.must(ISSUER, 'revoke', issuer, batch.root, 0, 1n << 3n, 3)
    // A developer chain mines when there is something to mine.
    for (let blocks = 0; blocks < 4; blocks++) {
      await send(ask, { from: addressOf(19), to: addressOf(18), value: '0x1' })
    }
    genesis = ((await ask('eth_getBlockByNumber', '0x0', false)) as { hash: Hash32 }).hash
  })

  after(async () => {
    await geth?.close()
  })

  function policyWith(checkpoints: readonly { number: number; hash: string }[]): Policy {
    const home = HOME.text
    const pin = { home, genesis, codeHash: REGISTRY_CODE_HASH, kind: 'local', finality: 1 }
    return policyOf({
      registries: [{ ...pin, maxHeadAge: 3_600, checkpoints }],
      providers: { [CHAIN]: ['http://a.example/', 'http://b.example/'] },
      issuers: [{ account: `eip155:${CHAIN}:${issuer}`, name: 'School' }],
      quorum: 2,
      level: 'proven',
      timeoutMs: 10_000,
    })
  }

  const look = (certificate: Certificate): Promise<Evidence> =>
    gather(certificate, policyWith([]), {
      connect: () => request,
      delay: (milliseconds) => sleep(milliseconds, undefined, { ref: false }),
    })

  for (const [index, outcome] of [
    [1, 'valid'],
    [3, 'invalid'],
  ] as const) {
    it(`is proven, and certificate ${index} is ${outcome}, with the node and without it`, async () => {
      const evidence = await look(certificateAt(index))
      const { chain } = evidence
      if (!chain.observed) throw new Error(`nothing was observed: ${JSON.stringify(chain)}`)
      expect(chain.level).to.equal('proven')
      const now = instantOfSeconds(chain.block.timestamp + 60)
      expect(verify(certificateAt(index), evidence, policyWith([]), now).outcome).to.equal(outcome)
      const bytes = bundleOf(certificateAt(index), evidence)
      if (bytes === undefined) throw new Error('no bundle')
      const pinning = policyWith([{ number: chain.block.number, hash: chain.block.hash }])
      const bundle = parseBundle(bytes)
      const shown = evidenceOfBundle(bundle, pinning)
      const later = instantOfSeconds(chain.block.timestamp + 600_000_000)
      const verdict = verify(bundle.certificate, shown, pinning, later, momentOf(shown))
      expect(verdict.outcome).to.equal(outcome)
    })
  }
})
