/**
 * Kills a process at each step of an erasure and of replacing a link, on both stores: what was decided is finished by the
 * next process, what was not has not happened, and `fsck` finds all in order.
 */
import { join } from 'node:path'
import { expect } from 'chai'
import type { IssueReport } from '../../../server/context.ts'
import { openJournal } from '../../../server/erasure/journal.ts'
import { EXAMPLE_ROWS, exampleTemplate } from '../folder.ts'
import { openRange, recovered, runKilled } from '../issuance/killing.ts'
import type { Range } from '../issuance/killing.ts'
import type { KillPoint } from '../issuance/trap.ts'

type Point = KillPoint & { readonly isUndecided?: true }

const ERASING: readonly Point[] = [
  { journal: 'append', when: 'before', isUndecided: true },
  { journal: 'append', when: 'after' },
  { store: 'erase', when: 'before-commit' },
  { store: 'erase', when: 'after' },
  { documents: 'put', when: 'before' },
  { documents: 'remove', when: 'before' },
  { documents: 'remove', when: 'during' },
  { documents: 'remove', when: 'after' },
  { journal: 'append', when: 'before', nth: 2 },
  { journal: 'append', when: 'after', nth: 2 },
]

const RESEALING: readonly Point[] = [
  { documents: 'put', when: 'before', isUndecided: true },
  { documents: 'put', when: 'after', isUndecided: true },
  { journal: 'append', when: 'before', isUndecided: true },
  { journal: 'append', when: 'after' },
  { store: 'reseal', when: 'before-commit' },
  { store: 'reseal', when: 'after' },
  { documents: 'put', when: 'after', nth: 2 },
  { documents: 'remove', when: 'before' },
  { documents: 'remove', when: 'during' },
  { documents: 'remove', when: 'after' },
  { store: 'setManifest', when: 'before-commit' },
  { store: 'setManifest', when: 'after' },
  { documents: 'dropCar', when: 'before' },
  { documents: 'dropCar', when: 'after' },
  { store: 'finishResealing', when: 'before' },
  { store: 'finishResealing', when: 'after' },
]

function nameOf(kill: KillPoint): string {
  const { when, nth = 1, ...what } = kill
  const [place] = Object.entries(what).filter(([name]) => name !== 'isUndecided')
  return `${when} ${place?.join('.') ?? ''}${nth === 1 ? '' : ` (${nth})`}`
}

for (const engine of ['SQLite', 'PostgreSQL'] as const) {
  describe(`a process killed while it erases or replaces, on ${engine}`, function () {
    this.timeout(120_000)
    let range: Range
    let issued: IssueReport
    let next = 0
    before(async function () {
      range = await openRange(this, engine)
      const template = await exampleTemplate()
      issued = await range.context.issue({ rows: EXAMPLE_ROWS, template })
    })
    // Unset where the engine is missing and everything here was skipped.
    after(() => (range as Range | undefined)?.close())

    /** The next certificate of the batch. */
    function target(): { cid: string; index: number } {
      const { cid, index } = issued.links[next] ?? expect.fail('no certificate is left')
      next += 1
      return { cid, index }
    }

    const present = async (index: number): Promise<string | undefined> => {
      const { links } = await range.context.linksOf(issued.batchId)
      return links.find((one) => one.index === index)?.cid
    }

    const journalOf = async (cid: string): Promise<string[]> => {
      const entries = await openJournal(join(range.data.folder, 'erasures.journal')).read()
      return entries.filter((one) => one.cid === cid).map(({ kind }) => kind)
    }

    // What both stores have in common is killed on one of them.
    const onThis = (point: Point): boolean => engine === 'SQLite' || 'store' in point

    for (const { isUndecided, ...kill } of ERASING.filter(onThis)) {
      it(`erases ${isUndecided ? 'nothing' : 'all'}, killed ${nameOf(kill)}`, async () => {
        const { cid, index } = target()
        expect(await runKilled(range, { kill, work: [{ act: 'erase', cid }] })).to.equal('killed')
        await recovered(range.context)
        expect(await present(index)).to.equal(isUndecided ? cid : undefined)
        expect(await journalOf(cid)).to.deep.equal(isUndecided ? [] : ['erase', 'done'])
        const tombs = await range.rows(`SELECT cid FROM tombstones WHERE cid = '${cid}'`)
        expect(tombs).to.have.length(isUndecided ? 0 : 1)
      })
    }

    for (const { isUndecided, ...kill } of RESEALING.filter(onThis)) {
      it(`replaces ${isUndecided ? 'nothing' : 'the link'}, killed ${nameOf(kill)}`, async () => {
        const { cid, index } = target()
        expect(await runKilled(range, { kill, work: [{ act: 'reseal', cid }] })).to.equal('killed')
        await recovered(range.context)
        const now = await present(index)
        if (isUndecided) expect(now).to.equal(cid)
        else expect(now).to.be.a('string').that.is.not.equal(cid)
        const open = await range.rows(
          `SELECT old_cid FROM owed_resealings UNION SELECT old_cid FROM resealings WHERE ${engine === 'SQLite' ? 'done = 0' : 'NOT done'}`,
        )
        expect(open).to.deep.equal([])
        expect((await range.context.reseal({ cid })).index).to.equal(index)
      })
    }

    it('leaves every other certificate as it was, and the files in order', async () => {
      const report = await range.context.fsck()
      expect(report.findings).to.deep.equal([])
      expect(report.opened + report.erased).to.equal(issued.size)
      expect(report.erased).to.equal(
        ERASING.filter((one) => onThis(one) && !one.isUndecided).length,
      )
    })
  })
}
