/** Defends drafts in pages: every draft comes back as it was, once, and every order of the tree is as likely as any other. */
import { randomBytes } from 'node:crypto'
import { expect } from 'chai'
import fc from 'fast-check'
import { InvariantError } from '../../../src/index.ts'
import { draftPages, draftsIn } from '../../../server/issuance/draft-pages.ts'
import type { DraftPage, PagedDraft } from '../../../server/issuance/draft-pages.ts'

type Paged = { readonly pages: DraftPage[]; readonly order: Uint32Array }

function paged(drafts: readonly PagedDraft[]): Paged {
  const collected = draftPages()
  const full = drafts.flatMap((draft) => copyOf(collected.add(draft)))
  return { pages: [...full, ...collected.rest().flatMap(copyOf)], order: collected.order() }
}

/** Its bytes are there until the next draft is added. */
function copyOf(page: DraftPage | undefined): DraftPage[] {
  return page === undefined ? [] : [{ ...page, bytes: page.bytes.slice() }]
}

function draft(row: number, length: number): PagedDraft {
  const seed = new Uint8Array(32).fill(row % 251)
  return { row, seed, credential: new Uint8Array(length).fill(row % 7) }
}

describe('drafts in pages', () => {
  it('come back as they were, each once, in the order of the file within a bucket', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 3000 }), { maxLength: 300 }), (lengths) => {
        const drafts = lengths.map((length, at) => draft(2 + at, length))
        const { pages } = paged(drafts)
        const back = pages.flatMap(({ bytes, drafts: count }) => {
          const inPage = draftsIn(bytes)
          expect(inPage).to.have.length(count)
          return inPage
        })
        const byRow = back.toSorted((a, b) => a.row - b.row)
        expect(byRow.map(plain)).to.deep.equal(drafts.map(plain))
        for (const bucket of new Set(pages.map((page) => page.bucket))) {
          const own = pages.filter((page) => page.bucket === bucket)
          expect(own.map(({ page }) => page)).to.deep.equal(own.map((_, at) => at))
          const rows = own.flatMap(({ bytes }) => draftsIn(bytes).map(({ row }) => row))
          expect(rows).to.deep.equal(rows.toSorted((a, b) => a - b))
        }
      }),
    )
  })

  it('lie bucket after bucket in the tree, as its order says', () => {
    const drafts = Array.from({ length: 5000 }, (_, at) => draft(2 + at, 600))
    const { pages, order } = paged(drafts)
    expect([...order].sort((a, b) => a - b)).to.deep.equal(drafts.map((_, at) => at))
    let end = 0
    for (let bucket = 0; bucket < 256; bucket += 1) {
      const own = pages.filter((page) => page.bucket === bucket)
      const rows = own.flatMap(({ bytes }) => draftsIn(bytes).map(({ row }) => row))
      const indexes = rows.map((row) => order[row - 2] ?? -1).sort((a, b) => a - b)
      expect(indexes).to.deep.equal(indexes.map((_, at) => end + at))
      end += rows.length
    }
    expect(end).to.equal(drafts.length)
    for (const { bytes } of pages) expect(bytes.length).to.be.lessThan(32 * 1024 + 700)
  })

  it('give every order of the tree as often as any other', () => {
    const times = 12_000
    const seen = new Map<string, number>()
    for (let run = 0; run < times; run += 1) {
      const { order } = paged([draft(2, 0), draft(3, 0), draft(4, 0)])
      const key = order.join()
      seen.set(key, (seen.get(key) ?? 0) + 1)
    }
    // Six orders of 2,000 each; one in 10^9 runs is further off than six deviations.
    expect(seen.size).to.equal(6)
    for (const [order, count] of seen) expect(count, order).to.be.within(1755, 2245)
  })

  it('are refused where a page is no page', () => {
    const { pages } = paged([draft(2, 40)])
    const bytes = pages[0]?.bytes ?? new Uint8Array()
    expect(draftsIn(new Uint8Array())).to.deep.equal([])
    for (const length of [1, 39, bytes.length - 1]) {
      expect(() => draftsIn(bytes.subarray(0, length)), String(length)).to.throw(InvariantError)
    }
    const longer = Buffer.concat([bytes, randomBytes(3)])
    expect(() => draftsIn(longer)).to.throw(InvariantError)
  })
})

function plain({ row, seed, credential }: PagedDraft): unknown {
  return [row, Buffer.from(seed).toString('hex'), Buffer.from(credential).toString('hex')]
}
