/** Defends the manifest: one pin keeps a whole batch, and every IPFS tool can walk it. */
import { createHash } from 'node:crypto'
import * as dagCbor from '@ipld/dag-cbor'
import { expect } from 'chai'
import fc from 'fast-check'
import { CID } from 'multiformats/cid'
import { cidOf } from '../../src/ipfs/cid.ts'
import { manifestLengths, manifestOf, MAX_LINKS } from '../../src/ipfs/manifest.ts'
import type { Manifest } from '../../src/ipfs/manifest.ts'
import { hexOf, utf8 } from '../../src/primitives/bytes.ts'
import { InvariantError } from '../../src/primitives/errors.ts'
import { refusalOf } from '../support/errors.ts'
import { readVectors } from '../support/json.ts'

interface ManifestCase {
  readonly size: number
  readonly others: number
  readonly root: string
  readonly nodes: readonly string[]
  readonly rootHex?: string
}

const { cases } = readVectors('manifest.json') as { cases: readonly ManifestCase[] }

function blocks(count: number, name: string): string[] {
  return Array.from({ length: count }, (_, at) => cidOf(utf8(`${name} ${count}/${at}`)))
}

/** The leaves below a root in order, read as any IPLD tool reads them. */
function leavesOf({ root, blocks: nodes }: Manifest): string[] {
  const byCid = new Map(nodes.map(({ cid, bytes }) => [cid, bytes]))
  const walk = (cid: string): string[] => {
    const bytes = byCid.get(cid)
    if (bytes === undefined) return [cid]
    const digest = createHash('sha256').update(bytes).digest()
    expect(Buffer.from(CID.parse(cid).multihash.digest).equals(digest), cid).to.equal(true)
    const links: CID[] = dagCbor.decode(bytes)
    expect(links.length).to.be.within(1, MAX_LINKS)
    expect(Buffer.from(dagCbor.encode(links)).equals(bytes), 'one spelling').to.equal(true)
    return links.flatMap((link) => walk(link.toString()))
  }
  return walk(root)
}

describe('a manifest', () => {
  for (const { size, others, root, nodes, rootHex } of cases) {
    it(`of ${size} certificates and ${others} further blocks is the golden one`, () => {
      const manifest = manifestOf(blocks(size, 'sealed'), blocks(others, 'other'))
      expect(manifest.blocks.map(({ cid }) => cid)).to.deep.equal(nodes)
      expect(manifest.root).to.equal(root).and.to.equal(manifest.blocks.at(-1)?.cid)
      const bytes = manifest.blocks.at(-1)?.bytes
      if (rootHex !== undefined) expect(bytes && hexOf(bytes)).to.equal(rootHex)
      const lengths = manifest.blocks.map((node) => node.bytes.length)
      expect(manifestLengths(size + others)).to.deep.equal(lengths)
    })
  }

  it('leads to every block once, certificates in index order, then the others by their bytes', () => {
    const sizes = fc.integer({ min: 1, max: 300 })
    fc.assert(
      fc.property(sizes, fc.nat({ max: 30 }), (size, count) => {
        const [certificates, others] = [blocks(size, 'sealed'), blocks(count, 'other')]
        const ordered = others.toSorted((a, b) =>
          Buffer.compare(CID.parse(a).bytes, CID.parse(b).bytes),
        )
        const leaves = leavesOf(manifestOf(certificates, others))
        expect(leaves).to.deep.equal([...certificates, ...ordered])
      }),
      { numRuns: 40 },
    )
  })

  it('orders by bytes where letters would sort otherwise', () => {
    const others = blocks(60, 'other')
    const byBytes = others.toSorted((a, b) =>
      Buffer.compare(CID.parse(a).bytes, CID.parse(b).bytes),
    )
    expect(others.toSorted()).not.to.deep.equal(byBytes)
    const leaves = leavesOf(manifestOf(blocks(1, 'sealed'), others))
    expect(leaves.slice(1)).to.deep.equal(byBytes)
  })

  it('fills nodes from the left, and needs a level more where they are full', () => {
    for (const [size, counts] of [
      [MAX_LINKS, [MAX_LINKS]],
      [MAX_LINKS + 1, [MAX_LINKS, 1, 2]],
      [2 * MAX_LINKS, [MAX_LINKS, MAX_LINKS, 2]],
      [2 * MAX_LINKS + 3, [MAX_LINKS, MAX_LINKS, 3, 3]],
    ] as const) {
      const certificates = blocks(size, 'sealed')
      const manifest = manifestOf(certificates)
      const links = manifest.blocks.map(({ bytes }) => dagCbor.decode<CID[]>(bytes).length)
      expect(links).to.deep.equal(counts)
      expect(leavesOf(manifest)).to.deep.equal(certificates)
    }
  })

  it('does not depend on the order or repetition of the further blocks, but on that of the batch', () => {
    const [certificates, others] = [blocks(3, 'sealed'), blocks(5, 'other')]
    const { root } = manifestOf(certificates, others)
    expect(manifestOf(certificates, [...others.toReversed(), ...others]).root).to.equal(root)
    expect(manifestOf(certificates.toReversed(), others).root).not.to.equal(root)
  })

  it('is laid over CIDs only, and over one at least', () => {
    const good = blocks(2, 'sealed')
    expect(refusalOf(() => manifestOf([...good, 'x']))).to.equal('bad-cid at certificates/2')
    expect(refusalOf(() => manifestOf(good, ['x']))).to.equal('bad-cid at others')
    expect(() => manifestOf([])).to.throw(InvariantError)
  })
})
