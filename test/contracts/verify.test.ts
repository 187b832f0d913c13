import { StandardMerkleTree } from '@openzeppelin/merkle-tree'
import { expect } from 'chai'
import { newChain, readVector } from '../support/contract/chain.ts'
import {
  ISSUER,
  OPERATOR,
  RIVAL,
  rootNamed,
  staffedRegistry,
  STATUS,
  STRANGER,
  ZERO_ADDRESS,
  ZERO_HASH,
} from '../support/contract/cast.ts'
import type { Registry } from '../support/contract/registry.ts'

interface Batch {
  readonly size: number
  readonly commitments: readonly string[]
  readonly root: string
  readonly paths: readonly (readonly string[])[]
}

const { cases } = readVector('merkle.json') as { readonly cases: readonly Batch[] }
const WORD = 2n ** 256n - 1n

/** The vector of this size, and everything about one certificate of it. */
function certificate(size: number, index: number) {
  const batch = cases.find((one) => one.size === size)
  const commitment = batch?.commitments[index]
  const path = batch?.paths[index]
  if (batch === undefined || commitment === undefined || path === undefined) {
    throw new Error(`merkle.json has no certificate ${index} of ${size}`)
  }
  return { root: batch.root, commitment, path }
}

/** The text with its last bit flipped. */
function flipped(hash: string): string {
  return `0x${(BigInt(hash) ^ 1n).toString(16).padStart(64, '0')}`
}

describe('verify on chain', () => {
  let registry: Registry
  const chain = newChain()
  const { root, commitment, path } = certificate(7, 3)
  const ask = async (
    over: Partial<{
      issuer: string
      root: string
      index: bigint | number
      commitment: string
      path: readonly string[]
    }> = {},
  ): Promise<unknown> => {
    const asked = { issuer: ISSUER, root, index: 3, commitment, path, ...over }
    return await registry.read(
      'verify',
      asked.issuer,
      asked.root,
      asked.index,
      asked.commitment,
      asked.path,
    )
  }

  beforeEach(async () => {
    registry = await staffedRegistry(await chain)
    await registry.must(OPERATOR, 'anchor', ISSUER, root, 7)
    expect(await ask()).to.equal(true)
  })

  it('says yes to every certificate of every golden tree, and no once one bit differs', async () => {
    for (const batch of cases) {
      if (batch.size !== 7) await registry.must(OPERATOR, 'anchor', ISSUER, batch.root, batch.size)
      for (const [index, path] of batch.paths.entries()) {
        const { commitment } = certificate(batch.size, index)
        const asked = { root: batch.root, index, commitment, path }
        expect(await ask(asked), `${index} of ${batch.size}`).to.equal(true)
        expect(await ask({ ...asked, commitment: flipped(commitment) })).to.equal(false)
        const bent = path.map((node, at) => (at === path.length - 1 ? flipped(node) : node))
        if (path.length > 0) expect(await ask({ ...asked, path: bent })).to.equal(false)
      }
    }
  })

  it('says no at every other index, and beyond the size', async () => {
    for (const index of [0, 1, 2, 4, 5, 6, 7, 8, 255, 256, 2n ** 32n, 2n ** 255n, WORD]) {
      expect(await ask({ index }), String(index)).to.equal(false)
    }
  })

  it('says no to a path that is too short or too long', async () => {
    expect(await ask({ path: [] })).to.equal(false)
    expect(await ask({ path: path.slice(1) })).to.equal(false)
    expect(await ask({ path: path.slice(0, -1) })).to.equal(false)
    expect(await ask({ path: [...path, ZERO_HASH] })).to.equal(false)
    expect(await ask({ path: new Array<string>(300).fill(ZERO_HASH) })).to.equal(false)
  })

  it('says no to the root itself, and to an inner node, passed off as a certificate', async () => {
    expect(await ask({ commitment: root, path: [] })).to.equal(false)
    const { root: single, commitment: only } = certificate(1, 0)
    await registry.must(OPERATOR, 'anchor', ISSUER, single, 1)
    expect(await ask({ root: single, index: 0, commitment: only, path: [] })).to.equal(true)
    expect(await ask({ root: single, index: 0, commitment: single, path: [] })).to.equal(false)
    expect(await ask({ path: path.slice(1), commitment: path[0] ?? '' })).to.equal(false)
  })

  it('says no where the issuer anchored another size than the tree has', async () => {
    const { root, commitment, path } = certificate(8, 0)
    const asked = { root, index: 0, commitment, path }
    await registry.must(OPERATOR, 'anchor', ISSUER, root, 8)
    await registry.must(RIVAL, 'anchor', RIVAL, root, 100)
    expect(await ask(asked)).to.equal(true)
    expect(await ask({ ...asked, issuer: RIVAL })).to.equal(false)
  })

  it('says no under another issuer, and to a root that nobody anchored', async () => {
    for (const issuer of [RIVAL, OPERATOR, STRANGER, ZERO_ADDRESS]) {
      expect(await ask({ issuer })).to.equal(false)
    }
    expect(await ask({ root: rootNamed('absent') })).to.equal(false)
    expect(await ask({ root: ZERO_HASH })).to.equal(false)
  })

  it('says no to a revoked certificate and yes to its neighbours', async () => {
    await registry.must(STATUS, 'revoke', ISSUER, root, 0, 1 << 3, 0)
    expect(await ask()).to.equal(false)
    const neighbour = certificate(7, 2)
    expect(await ask({ index: 2, ...neighbour })).to.equal(true)
  })

  it('says no while it is suspended', async () => {
    await registry.must(STATUS, 'suspend', ISSUER, root, 0, 1 << 3, 0)
    expect(await ask()).to.equal(false)
    expect(await ask({ index: 4, ...certificate(7, 4) })).to.equal(true)
    await registry.must(STATUS, 'reinstate', ISSUER, root, 0, 1 << 3)
    expect(await ask()).to.equal(true)
  })

  it('finds the bit of a certificate in a later word', async () => {
    const rows = Array.from({ length: 300 }, (_, i) => [i, rootNamed(`commitment ${i}`)])
    const tree = StandardMerkleTree.of(rows, ['uint256', 'bytes32'], { sortLeaves: false })
    const { root } = tree
    const asked = { root, index: 299, commitment: String(rows[299]?.[1]), path: tree.getProof(299) }
    await registry.must(OPERATOR, 'anchor', ISSUER, root, 300)
    await registry.must(STATUS, 'revoke', ISSUER, root, 0, 1n << 43n, 0)
    await registry.must(STATUS, 'suspend', ISSUER, root, 1, 1n << 42n, 0)
    expect(await ask(asked)).to.equal(true)
    await registry.must(STATUS, 'revoke', ISSUER, root, 1, 1n << 43n, 0)
    expect(await ask(asked)).to.equal(false)
  })

  it('says no to all of a revoked batch', async () => {
    await registry.must(STATUS, 'revokeBatch', ISSUER, root, 0)
    expect(await ask()).to.equal(false)
  })

  it('says no to a void anchor, and yes again once it is made anew', async () => {
    const [, anchoredAt] = (await registry.read('anchorOf', ISSUER, root)) as bigint[]
    await registry.must(ISSUER, 'closeOperator', OPERATOR, (anchoredAt ?? 0n) + 1n)
    expect(await ask(), 'closed later').to.equal(true)
    await registry.must(ISSUER, 'closeOperator', OPERATOR, anchoredAt)
    expect(await ask(), 'closed at that second').to.equal(false)
    await registry.must(ISSUER, 'anchor', ISSUER, root, 7)
    expect(await ask(), 'anchored again').to.equal(true)
  })

  it('says no where the issuer retired before, and yes where it did after', async () => {
    const [, anchoredAt] = (await registry.read('anchorOf', ISSUER, root)) as bigint[]
    await registry.must(ISSUER, 'closeOperator', ISSUER, (anchoredAt ?? 0n) + 1n)
    expect(await ask()).to.equal(true)
    await registry.must(ISSUER, 'closeOperator', ISSUER, anchoredAt)
    expect(await ask()).to.equal(false)
  })

  it('does not mind what roles the operator holds today', async () => {
    await registry.must(ISSUER, 'setOperator', OPERATOR, 0)
    expect(await ask()).to.equal(true)
  })
})
