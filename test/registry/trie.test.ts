/** Defends storage proofs: every case that OpenZeppelin lists, another implementation's tries, and no bit out of place. */
import { createMerkleProof, createMPT, verifyMerkleProof } from '@ethereumjs/mpt'
import type { MerklePatriciaTrie } from '@ethereumjs/mpt'
import { expect } from 'chai'
import fc from 'fast-check'
import { bytesOfHex, hexOf } from '../../src/primitives/bytes.ts'
import type { Hash32, Hex } from '../../src/primitives/bytes.ts'
import { keccak256 } from '../../src/primitives/hash.ts'
import { proveKey } from '../../src/registry/trie.ts'
import { readVectors } from '../support/json.ts'

const RUNS = Number(process.env['INALTERA_PROPERTY_RUNS'] ?? 100)

interface Case {
  readonly title: string
  readonly root: Hash32
  readonly key: Hex
  readonly nodes: readonly Hex[]
  readonly outcome: 'value' | 'absent' | 'nothing'
  readonly value?: string
  readonly fault?: string
  readonly openzeppelin?: string
}

const { cases } = readVectors('trie.json') as { cases: Case[] }

/** `absent`, a value in hex, or `nothing`. */
function shown(root: Hash32, key: Uint8Array, nodes: readonly Hex[]): string {
  const proven = proveKey(root, key, nodes)
  if (!proven.holds) return 'nothing'
  return proven.value === undefined ? 'absent' : hexOf(proven.value)
}

async function shownByOther(root: Hash32, key: Uint8Array, nodes: readonly Hex[]): Promise<string> {
  try {
    const value = await verifyMerkleProof(key, nodes.map(bytesOfHex), { root: bytesOfHex(root) })
    return value === null ? 'absent' : hexOf(value)
  } catch {
    return 'nothing'
  }
}

describe('a walk through a trie', () => {
  for (const { title, root, key, nodes, outcome, value, fault } of cases) {
    it(`${title}: ${fault ?? outcome}`, () => {
      const proven = proveKey(root, bytesOfHex(key), nodes)
      if (!proven.holds) expect(['nothing', proven.fault]).to.deep.equal([outcome, fault])
      else expect(shown(root, bytesOfHex(key), nodes)).to.equal(value ?? 'absent')
    })
  }

  it('refuses, where OpenZeppelin gives an error, all but proofs that there is nothing', () => {
    const refused = cases.filter(({ openzeppelin }) => openzeppelin !== undefined)
    expect(refused).to.have.length.greaterThan(20)
    expect(refused.filter(({ outcome }) => outcome === 'value')).to.deep.equal([])
  })

  it('takes no list of nodes that shows a value for one that shows another', async () => {
    const differing = []
    for (const { title, root, key, nodes, outcome } of cases) {
      const ours = shown(root, bytesOfHex(key), nodes)
      const other = await shownByOther(root, bytesOfHex(key), nodes)
      if (outcome !== 'nothing' && ours !== other) differing.push(title)
    }
    // @ethereumjs/mpt proves no absence from the empty trie.
    expect(differing).to.deep.equal(['the empty trie'])
  })
})

/** Keys as in a chain's tries, some with long beginnings in common; values short enough to stand inside their parents. */
const entries = fc
  .uniqueArray(
    fc.tuple(
      fc.nat({ max: 3 }),
      fc.nat({ max: 31 }),
      fc.uint8Array({ minLength: 32, maxLength: 32 }),
    ),
    { minLength: 1, maxLength: 24 },
  )
  .map((parts) =>
    parts.map(([family, shared, tail]) => {
      const head = keccak256(Uint8Array.of(family)).subarray(0, shared)
      return Uint8Array.from([...head, ...tail.subarray(shared)])
    }),
  )

async function trieOf(keys: readonly Uint8Array[]): Promise<MerklePatriciaTrie> {
  const trie = await createMPT({ useKeyHashing: false })
  for (const [at, key] of keys.entries()) {
    const value = at % 2 === 0 ? Uint8Array.of(at + 1) : keccak256(Uint8Array.of(at))
    await trie.put(key, value)
  }
  return trie
}

async function nodesFor(trie: MerklePatriciaTrie, key: Uint8Array): Promise<Hex[]> {
  return (await createMerkleProof(trie, key)).map(hexOf)
}

describe('tries that another implementation built', () => {
  it('show what is in them, and that the rest is not', async () => {
    await fc.assert(
      fc.asyncProperty(
        entries,
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        async (keys, stranger) => {
          const trie = await trieOf(keys)
          const root = hexOf(trie.root()) as Hash32
          for (const key of [...keys.slice(0, 6), stranger]) {
            const nodes = await nodesFor(trie, key)
            const ours = shown(root, key, nodes)
            expect(ours).not.to.equal('nothing')
            expect(ours).to.equal(await shownByOther(root, key, nodes))
          }
        },
      ),
      { numRuns: RUNS },
    )
  })

  it('show nothing once a node is changed, left out, doubled or taken from another path', async () => {
    await fc.assert(
      fc.asyncProperty(entries, fc.nat(), fc.nat(), fc.nat({ max: 7 }), async (keys, a, b, bit) => {
        const trie = await trieOf(keys)
        const root = hexOf(trie.root()) as Hash32
        const [key = new Uint8Array(32)] = keys
        const nodes = await nodesFor(trie, key)
        const honest = shown(root, key, nodes)
        const at = a % nodes.length
        const bytes = bytesOfHex(nodes[at] ?? '0x')
        bytes[b % bytes.length] = (bytes[b % bytes.length] ?? 0) ^ (1 << bit)
        const last = keys.at(-1) ?? key
        const others = [
          nodes.with(at, hexOf(bytes)),
          nodes.toSpliced(at, 1),
          nodes.toSpliced(at, 0, nodes[at] ?? '0x'),
          await nodesFor(trie, last),
        ]
        for (const other of others) {
          // Nodes that stand inside their parents need not be listed: without them the same is shown, never another.
          expect([honest, 'nothing']).to.include(shown(root, key, other))
        }
      }),
      { numRuns: RUNS },
    )
  })
})
