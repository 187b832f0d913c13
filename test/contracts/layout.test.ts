import { expect } from 'chai'
import { id } from 'ethers'
import { parseAddress, parseHash32 } from '../../src/primitives/bytes.ts'
import type { Address, BatchRoot, Hash32 } from '../../src/primitives/bytes.ts'
import {
  accreditationCountSlot,
  accreditationSlots,
  anchorSlot,
  bitOf,
  decodeAccreditation,
  decodeAnchor,
  decodeCount,
  decodeOperator,
  nonceSlot,
  operatorSlot,
  profileSlot,
  revokedWordSlot,
  suspendedWordSlot,
  ZERO_WORD,
} from '../../src/registry/slots.ts'
import * as cast from '../support/contract/cast.ts'
import { newChain } from '../support/contract/chain.ts'
import { compiledLayout, locate, structIn } from '../support/contract/layout.ts'
import type { Layout } from '../support/contract/layout.ts'
import type { Registry } from '../support/contract/registry.ts'

const address = (text: string): Address => parseAddress(text, '')
const ISSUER = address(cast.ISSUER)
const OPERATOR = address(cast.OPERATOR)
const RIVAL = address(cast.RIVAL)
const STATUS = address(cast.STATUS)
const THIEF = address(cast.THIEF)
const ROOT = parseHash32(id('batch'), '') as BatchRoot
const LARGEST = 2 ** 32 - 1

describe('the storage layout that verifiers prove', () => {
  let layout: Layout

  before(async () => {
    layout = await compiledLayout()
  })

  it('is pinned, variable by variable and bit by bit', () => {
    expect(layout.storage.map(({ label, slot, offset }) => `${label} ${slot}:${offset}`)).to.eql([
      '_batches 0:0',
      '_operators 1:0',
      '_accreditations 2:0',
      '_profiles 3:0',
      '_nonces 4:0',
    ])
    expect(structIn(layout, 'CertificateRegistry.Batch')).to.deep.equal([
      'record 0:0 uint256',
      'revoked 1:0 mapping(uint256 => uint256)',
      'suspended 2:0 mapping(uint256 => uint256)',
    ])
    expect(structIn(layout, 'ICertificateRegistry.Operator')).to.deep.equal([
      'closedSince 0:0 uint40',
      'roles 0:5 uint8',
    ])
    expect(structIn(layout, 'ICertificateRegistry.Accreditation')).to.deep.equal([
      'from 0:0 uint40',
      'until 0:5 uint40',
      'withdrawnSince 0:10 uint40',
      'digest 1:0 bytes32',
    ])
  })

  it('is where the library looks, for any key', () => {
    for (let i = 0; i < 200; i += 1) {
      const root = parseHash32(id(`root ${i}`), '') as BatchRoot
      const one = address(id(`one ${i}`).slice(0, 42))
      const two = address(id(`two ${i}`).slice(0, 42))
      const index = Number(BigInt(id(`index ${i}`)) % 2n ** 32n)
      const word = Math.floor(index / 256)
      expect([
        anchorSlot(one, root),
        revokedWordSlot(one, root, index),
        suspendedWordSlot(one, root, index),
        operatorSlot(one, two),
        accreditationCountSlot(one, two),
        accreditationSlots(one, two, i).times,
        accreditationSlots(one, two, i).digest,
        profileSlot(one),
        nonceSlot(one),
      ]).to.deep.equal([
        locate(layout, '_batches', one, root, 'record'),
        locate(layout, '_batches', one, root, 'revoked', word),
        locate(layout, '_batches', one, root, 'suspended', word),
        locate(layout, '_operators', one, two),
        locate(layout, '_accreditations', one, two),
        locate(layout, '_accreditations', one, two, i, 'from'),
        locate(layout, '_accreditations', one, two, i, 'digest'),
        locate(layout, '_profiles', one),
        locate(layout, '_nonces', one),
      ])
    }
  })
})

describe('the words in storage', () => {
  let registry: Registry
  let times: { anchored: number; closed: number; retired: number; withdrawn: number }
  const word = async (slot: Hash32): Promise<Hash32> =>
    parseHash32(await registry.request('eth_getStorageAt', registry.address, slot, 'latest'), '')

  before(async () => {
    registry = await cast.staffedRegistry(await newChain())
    const anchored = (await registry.now()) + 100
    times = { anchored, closed: anchored - 7, retired: anchored + 50, withdrawn: anchored - 9 }
    await registry.actAt(anchored, OPERATOR, 'anchor', ISSUER, ROOT, LARGEST)
    await registry.must(STATUS, 'revoke', ISSUER, ROOT, 1, 2n ** 255n + 1n, 0)
    await registry.must(STATUS, 'suspend', ISSUER, ROOT, 2 ** 24 - 1, 2n ** 254n, 0)
    await registry.must(ISSUER, 'closeOperator', THIEF, times.closed)
    await registry.must(ISSUER, 'setProfile', id('profile'), '')
    await registry.must(RIVAL, 'accredit', ISSUER, 100, 2n ** 40n - 1n, id('first'), '')
    await registry.must(RIVAL, 'accredit', ISSUER, 200, 300, id('second'), '')
    await registry.must(RIVAL, 'withdraw', ISSUER, 0, times.withdrawn)
    const deadline = anchored + 3600
    const values = [ISSUER, STATUS, ROOT, 0, 1, 0, 0, deadline]
    const by = { signer: cast.ACCOUNT.status, sender: cast.STRANGER }
    await registry.relay('suspendFor', 'Suspend', values, by)
    await registry.actAt(times.retired, RIVAL, 'closeOperator', RIVAL, times.retired)
  })

  it('hold the anchor as the library decodes it, with and without its flag', async () => {
    const stored = { operator: OPERATOR, anchoredAt: times.anchored, size: LARGEST }
    const anchor = async () => decodeAnchor(await word(anchorSlot(ISSUER, ROOT)))
    const view = async () => await registry.read('anchorOf', ISSUER, ROOT)
    const seen = [OPERATOR, BigInt(times.anchored), BigInt(LARGEST)]
    expect(await anchor()).to.deep.equal({ ...stored, revoked: false })
    expect(await view()).to.deep.equal([...seen, false])
    await registry.must(STATUS, 'revokeBatch', ISSUER, ROOT, 0)
    expect(await anchor()).to.deep.equal({ ...stored, revoked: true })
    expect(await view()).to.deep.equal([...seen, true])
  })

  it('hold nothing above the flag', async () => {
    expect(BigInt(await word(anchorSlot(ISSUER, ROOT))) >> 233n).to.equal(0n)
  })

  it('hold each status bit where the library looks', async () => {
    const revoked = async (index: number) =>
      bitOf(await word(revokedWordSlot(ISSUER, ROOT, index)), index)
    const suspended = async (index: number) =>
      bitOf(await word(suspendedWordSlot(ISSUER, ROOT, index)), index)
    expect(await Promise.all([255, 256, 257, 510, 511, 512].map(revoked))).to.deep.equal([
      false,
      true,
      false,
      false,
      true,
      false,
    ])
    expect(await Promise.all([0, 1, LARGEST - 1, LARGEST - 2].map(suspended))).to.deep.equal([
      true,
      false,
      true,
      false,
    ])
  })

  it('hold operators, closed ones, and the issuer that retired', async () => {
    const operator = async (issuer: Address, key: Address) =>
      decodeOperator(await word(operatorSlot(issuer, key)))
    expect(await operator(ISSUER, STATUS)).to.deep.equal({ closedSince: 0, roles: 6 })
    expect(await operator(ISSUER, THIEF)).to.deep.equal({ closedSince: times.closed, roles: 0 })
    expect(await operator(RIVAL, RIVAL)).to.deep.equal({ closedSince: times.retired, roles: 0 })
    expect(await operator(ISSUER, ISSUER)).to.deep.equal({ closedSince: 0, roles: 0 })
    expect(await registry.read('operatorOf', ISSUER, THIEF)).to.eql([BigInt(times.closed), 0n])
  })

  it('hold every period of an accreditation, and how many there are', async () => {
    expect(decodeCount(await word(accreditationCountSlot(RIVAL, ISSUER)))).to.equal(2)
    const periods = await Promise.all(
      [0, 1].map(async (period) => {
        const slots = accreditationSlots(RIVAL, ISSUER, period)
        const { from, until, withdrawnSince } = decodeAccreditation(await word(slots.times))
        return [...[from, until, withdrawnSince].map(BigInt), await word(slots.digest)]
      }),
    )
    expect(periods).to.deep.equal([
      [100n, 2n ** 40n - 1n, BigInt(times.withdrawn), id('first')],
      [200n, 300n, 0n, id('second')],
    ])
    expect(await registry.read('accreditationsOf', RIVAL, ISSUER)).to.deep.equal(periods)
  })

  it('hold the profile and the nonce', async () => {
    expect(await word(profileSlot(ISSUER))).to.equal(id('profile'))
    expect(BigInt(await word(nonceSlot(STATUS)))).to.equal(1n)
  })

  it('are zero where nothing was written', async () => {
    const slots = [
      anchorSlot(RIVAL, ROOT),
      revokedWordSlot(ISSUER, ROOT, 1024),
      suspendedWordSlot(ISSUER, ROOT, 1024),
      operatorSlot(ISSUER, RIVAL),
      accreditationCountSlot(ISSUER, RIVAL),
      accreditationSlots(RIVAL, ISSUER, 2).times,
      profileSlot(RIVAL),
      nonceSlot(OPERATOR),
    ]
    for (const slot of slots) expect(await word(slot)).to.equal(ZERO_WORD)
  })
})
