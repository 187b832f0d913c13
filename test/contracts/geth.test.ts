import { expect } from 'chai'
import { readFile } from 'node:fs/promises'
import { Interface, keccak256 } from 'ethers'
import { parseAddress, parseHash32 } from '../../src/primitives/bytes.ts'
import type { BatchRoot } from '../../src/primitives/bytes.ts'
import { REGISTRY_ADDRESS, REGISTRY_CODE_HASH } from '../../src/registry/deployments.ts'
import { anchorSlot, bitOf, decodeAnchor, revokedWordSlot } from '../../src/registry/slots.ts'
import {
  ACCOUNT,
  ISSUER,
  OPERATOR,
  rootNamed,
  STATUS,
  STRANGER,
  THIEF,
} from '../support/contract/cast.ts'
import { addressOf, artifactOf, send } from '../support/contract/chain.ts'
import { startGeth } from '../support/contract/geth.ts'
import type { Geth } from '../support/contract/geth.ts'
import { deployThroughProxy, PROXY_DEPLOYER } from '../support/contract/proxy.ts'
import { NOTHING_HAPPENED, Registry, reverted, ROLE } from '../support/contract/registry.ts'
import { engineFor } from '../support/engines.ts'

interface Proof {
  readonly codeHash: string
  readonly storageHash: string
  readonly accountProof: readonly string[]
  readonly storageProof: readonly { readonly value: string; readonly proof: readonly string[] }[]
}

const ROOT = rootNamed('million')
const MILLION = 1_000_000

describe('on go-ethereum, by Cancun’s rules', () => {
  let geth: Geth | undefined
  let registry: Registry

  before(async function () {
    geth = await startGeth(engineFor(this, 'geth'))
    await deployThroughProxy(geth.request, addressOf(19))
    const { abi } = await artifactOf('CertificateRegistry')
    registry = new Registry(geth.request, REGISTRY_ADDRESS, new Interface(abi))
    await registry.must(ISSUER, 'setOperator', OPERATOR, ROLE.anchor)
    await registry.must(ISSUER, 'setOperator', STATUS, ROLE.suspend | ROLE.revoke)
  })

  after(async () => {
    await geth?.close()
  })

  it('the proxy comes of its presigned transaction, and the registry to its address', async () => {
    const sent = await registry.request('eth_getTransactionCount', PROXY_DEPLOYER, 'latest')
    expect(sent).to.equal('0x1')
    const code = (await registry.request('eth_getCode', REGISTRY_ADDRESS, 'latest')) as string
    expect(keccak256(code)).to.equal(REGISTRY_CODE_HASH)
  })

  it('an anchor costs exactly what it costs on Hardhat', async () => {
    const file = new URL('../../snapshots/gas.json', import.meta.url)
    const snapshot = JSON.parse(await readFile(file, 'utf8')) as Record<string, number>
    const data = registry.encode('anchor', [ISSUER, ROOT, MILLION])
    const receipt = await send(registry.request, { from: OPERATOR, to: registry.address, data })
    expect(registry.eventsOf(receipt)).to.deep.equal([
      ['Anchored', ISSUER, ROOT, OPERATOR, BigInt(MILLION)],
    ])
    const expected = snapshot['anchor by an operator, 1,000,000 certificates']
    expect(Number(receipt.gasUsed)).to.equal(expected)
  })

  it('calls are accepted, refused and passed over in the same words', async () => {
    const other = rootNamed('relayed')
    const values = [ISSUER, OPERATOR, other, 9, 2n ** 40n]
    const by = { signer: ACCOUNT.operator, sender: STRANGER }
    expect(await registry.relay('anchorFor', 'Anchor', values, by)).to.deep.equal([
      ['Anchored', ISSUER, other, OPERATOR, 9n],
    ])
    expect(await registry.relay('anchorFor', 'Anchor', values, by)).to.deep.equal(NOTHING_HAPPENED)
    const stolen = { ...by, signer: ACCOUNT.thief }
    expect(await registry.relay('anchorFor', 'Anchor', values, stolen)).to.deep.equal(
      reverted('BadSignature'),
    )
    expect(await registry.act(THIEF, 'anchor', ISSUER, ROOT, 1)).to.deep.equal(
      reverted('NotAllowed', ISSUER, THIEF, 1n),
    )
    expect(await registry.act(OPERATOR, 'anchor', ISSUER, other, 8)).to.deep.equal(
      reverted('SizeDiffers', other, 9n),
    )
  })

  it('a void anchor is overwritten', async () => {
    const root = rootNamed('stolen')
    await registry.must(ISSUER, 'setOperator', THIEF, ROLE.anchor)
    await registry.must(THIEF, 'anchor', ISSUER, root, 1)
    const [, anchoredAt] = (await registry.read('anchorOf', ISSUER, root)) as unknown[]
    await registry.must(ISSUER, 'closeOperator', THIEF, anchoredAt)
    expect(await registry.act(OPERATOR, 'anchor', ISSUER, root, 9)).to.deep.equal([
      ['Anchored', ISSUER, root, OPERATOR, 9n],
    ])
  })

  it('the words lie where the library looks, and the node proves them', async () => {
    await registry.must(STATUS, 'revoke', ISSUER, ROOT, 1, 2, 0)
    const issuer = parseAddress(ISSUER, '')
    const root = parseHash32(ROOT, '') as BatchRoot
    const slots = [anchorSlot(issuer, root), revokedWordSlot(issuer, root, 257)]
    const { storageProof, ...account } = (await registry.request(
      'eth_getProof',
      REGISTRY_ADDRESS,
      slots,
      'latest',
    )) as Proof
    const [anchor, revoked] = storageProof.map(({ value }) =>
      parseHash32(`0x${value.slice(2).padStart(64, '0')}`, ''),
    )
    if (anchor === undefined || revoked === undefined) throw new Error('two proofs were asked for')
    const stored = await Promise.all(
      slots.map((slot) => registry.request('eth_getStorageAt', REGISTRY_ADDRESS, slot, 'latest')),
    )
    expect(stored).to.deep.equal([anchor, revoked])
    expect(decodeAnchor(anchor)).to.include({ operator: OPERATOR, size: MILLION, revoked: false })
    expect([256, 257, 258].map((index) => bitOf(revoked, index))).to.deep.equal([
      false,
      true,
      false,
    ])
    expect(account.codeHash).to.equal(REGISTRY_CODE_HASH)
    const header = (await registry.request('eth_getBlockByNumber', 'latest', false)) as {
      stateRoot: string
    }
    expect(keccak256(account.accountProof[0] ?? '0x')).to.equal(header.stateRoot)
    for (const { proof } of storageProof) {
      expect(keccak256(proof[0] ?? '0x')).to.equal(account.storageHash)
    }
  })
})
