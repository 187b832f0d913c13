/** Defends the network presets: what they pin is what those networks are, and a policy takes it. */
import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { encodeRlp, keccak256, toBeArray, zeroPadBytes } from 'ethers'
import {
  NETWORKS,
  parseHash32,
  parseHome,
  parsePolicy,
  policyPinOf,
  presetOfChain,
  REGISTRY_ADDRESS,
  utf8,
} from '../../src/index.ts'
import type { NetworkPreset, PolicyPin } from '../../src/index.ts'
import { blockHash } from '../support/ledger.ts'
import { refusalOf } from '../support/errors.ts'

interface FirstHeader {
  readonly network: string
  readonly hash: string
  readonly miner: string
  readonly stateRoot: string
  readonly difficulty: string
  readonly gasLimit: string
  readonly timestamp: string
  readonly extraData: string
  readonly seal: readonly string[]
}

interface Vectors {
  readonly shared: Readonly<
    Record<'parentHash' | 'sha3Uncles' | 'transactionsRoot' | 'receiptsRoot', string>
  >
  readonly headers: readonly FirstHeader[]
}

const vectors = JSON.parse(
  readFileSync(new URL('../vectors/networks.json', import.meta.url), 'utf8'),
) as Vectors

const LOCAL_GENESIS = blockHash(0)

/** The RLP of a first block's header: no parent, number 0, no gas used, an empty bloom. */
function hashOfHeader(header: FirstHeader): string {
  const { shared } = vectors
  return keccak256(
    encodeRlp([
      shared.parentHash,
      shared.sha3Uncles,
      header.miner,
      header.stateRoot,
      shared.transactionsRoot,
      shared.receiptsRoot,
      zeroPadBytes('0x', 256),
      toBeArray(header.difficulty),
      '0x',
      toBeArray(header.gasLimit),
      '0x',
      toBeArray(header.timestamp),
      header.extraData,
      ...header.seal,
    ]),
  )
}

function pinOf(network: NetworkPreset): PolicyPin {
  return policyPinOf(network, network.genesis ?? LOCAL_GENESIS)
}

function policyBytes(registries: readonly PolicyPin[]): Uint8Array {
  return utf8(
    JSON.stringify({
      inaltera: 'policy/1',
      name: 'Presets',
      registries,
      providers: {},
      quorum: 2,
      level: 'proven',
      timeoutMs: 5_000,
      issuers: [],
      accreditors: [],
      domains: [],
      required: [],
    }),
  )
}

function preset(key: string): NetworkPreset {
  const found = NETWORKS.find((network) => network.key === key)
  if (found === undefined) throw new Error(`no preset ${key}`)
  return found
}

describe('network presets', () => {
  it('hold the embedded chain, Ethereum and at least three public test networks', () => {
    const kinds = NETWORKS.map(({ kind }) => kind)
    expect(kinds.filter((kind) => kind === 'main')).to.have.length(1)
    expect(kinds.filter((kind) => kind === 'local')).to.have.length(1)
    // Three are there beyond those whose end is announced for before 2028.
    const lasting = NETWORKS.filter(
      ({ kind, endAnnounced }) => kind === 'test' && (endAnnounced ?? '9999') >= '2028',
    )
    expect(lasting.length).to.be.at.least(3)
  })

  it('never share a key, a name, a chain id or a first block', () => {
    for (const member of ['key', 'name', 'chainId', 'genesis'] as const) {
      const values = NETWORKS.map((network) => network[member])
      expect(new Set(values).size, member).to.equal(NETWORKS.length)
    }
  })

  for (const network of NETWORKS) {
    it(`${network.name}: every member has its form, every fact its source`, () => {
      expect(network.key).to.match(/^[a-z0-9-]+$/)
      expect(network.chainId).to.match(/^[1-9][0-9]*$/)
      expect(network.blockTime).to.be.greaterThan(0)
      // A head two blocks below the newest, and some missed slots, are still young.
      expect(network.maxHeadAge).to.be.at.least(20 * network.blockTime)
      expect(network.endAnnounced ?? '2026-01').to.match(/^20[0-9]{2}-(0[1-9]|1[0-2])$/)
      if (network.genesis !== null) parseHash32(network.genesis, 'genesis')
      const facts = network.sources.map(({ fact }) => fact)
      const needed = ['genesis', 'chainId', 'blockTime']
      if (network.kind === 'local') expect(network.sources).to.deep.equal([])
      else expect(facts).to.include.members(needed)
      expect(facts.includes('end')).to.equal(network.endAnnounced !== null)
      for (const { repository, path, symbol } of network.sources) {
        expect(repository).to.match(/^[\w.-]+\/[\w.-]+$/)
        expect(path).not.to.equal('')
        expect(symbol).not.to.equal('')
      }
    })
  }

  it('are found by chain id', () => {
    expect(presetOfChain('560048')?.key).to.equal('hoodi')
    expect(presetOfChain('0560048')).to.equal(undefined)
    expect(presetOfChain('2')).to.equal(undefined)
  })
})

describe('the first block of a preset', () => {
  it('is in the vectors for every network that has one', () => {
    const known = NETWORKS.filter(({ genesis }) => genesis !== null).map(({ key }) => key)
    expect(vectors.headers.map(({ network }) => network)).to.have.members(known)
  })

  for (const header of vectors.headers) {
    it(`${header.network}: hashes to what the preset pins`, () => {
      expect(hashOfHeader(header)).to.equal(header.hash)
      expect(preset(header.network).genesis).to.equal(header.hash)
    })
  }
})

describe('the pin of a preset', () => {
  it('makes, with all others, a policy that parses back to what was pinned', () => {
    const pins = NETWORKS.map(pinOf)
    const { registries } = parsePolicy(policyBytes(pins))
    expect(registries).to.have.length(NETWORKS.length)
    NETWORKS.forEach((network, position) => {
      const { home, ...rest } = registries[position] ?? pinOf(network)
      expect(home).to.deep.equal(parseHome(`eip155:${network.chainId}:${REGISTRY_ADDRESS}`, 'home'))
      const { home: text, ...wanted } = pinOf(network)
      expect(text).to.equal(`eip155:${network.chainId}:${REGISTRY_ADDRESS}`)
      expect(rest).to.deep.equal(wanted)
    })
  })

  it('needs to be told the first block of a chain that begins anew each time', () => {
    expect(refusalOf(() => policyPinOf(preset('embedded')))).to.equal('missing-member at genesis')
    const pin = policyPinOf(preset('embedded'), LOCAL_GENESIS)
    expect(pin.genesis).to.equal(LOCAL_GENESIS)
    expect(pin.kind).to.equal('local')
  })

  it('refuses a node that begins with another block than the network does', () => {
    expect(refusalOf(() => policyPinOf(preset('hoodi'), LOCAL_GENESIS))).to.equal(
      'wrong-value at genesis',
    )
    const { genesis } = preset('hoodi')
    if (genesis === null) throw new Error('Hoodi has a first block')
    expect(policyPinOf(preset('hoodi'), genesis)).to.deep.equal(policyPinOf(preset('hoodi')))
  })
})
