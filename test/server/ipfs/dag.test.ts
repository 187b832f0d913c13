import { expect } from 'chai'
import { depthFirst, inCarOrderBelow, linksOf } from '../../../server/ipfs/dag.ts'
import { inCarOrder } from '../../../server/issuance/deliver.ts'
import { cidOf, cidOfNode, FormatError, manifestOf, utf8 } from '../../../src/index.ts'

describe('the blocks below a manifest’s root', () => {
  const raw = (i: number): string => cidOf(utf8(String(i)))
  const read =
    (nodes: ReadonlyMap<string, Uint8Array>) =>
    (cid: string): Promise<Uint8Array> =>
      Promise.resolve(nodes.get(cid) ?? new Uint8Array(0))

  for (const size of [1, 4096, 4097, 9000]) {
    it(`are those of a batch of ${size}, in the order of its CAR`, async () => {
      const cids = Array.from({ length: size }, (_, i) => raw(i))
      const { root, blocks } = manifestOf(cids)
      const nodes = new Map(blocks.map(({ cid, bytes }) => [cid, bytes]))
      expect(await inCarOrderBelow(root, read(nodes))).to.deep.equal(inCarOrder(blocks, cids))
      const walked: string[] = []
      for await (const { cid } of depthFirst(root, read(nodes))) walked.push(cid)
      expect(walked[0]).to.equal(root)
      expect(walked.filter((cid) => !nodes.has(cid))).to.deep.equal(cids)
      expect(walked).to.have.length(size + blocks.length)
    })
  }

  it('are refused where a node is no list of links', () => {
    for (const bytes of [utf8('garbage'), Uint8Array.of(0x81, 0x01), Uint8Array.of(0xa0)]) {
      const links = (): string[] => linksOf(cidOfNode(bytes), bytes)
      expect(links).to.throw(FormatError).with.property('code', 'block-damaged')
    }
    expect(linksOf(raw(1), utf8('x'))).to.deep.equal([])
  })
})
