/**
 * Kills a process at each point of `reference/security.md` 3.2 that this design has, on both stores; then the next process
 * must bring the ten invariants back by itself, as `fsck` judges them. Where the points are:
 *
 * - F1 to F5, F7 to F19: below, by their names.
 * - F6 (tree half persisted) does not exist: the tree is never stored, but grown anew from the commitments.
 * - F8 (nonce reserved, not signed): reserving, signing and keeping the bytes are one transaction, so it is killed before
 *   its COMMIT.
 * - F16 (between the publishing of two items): links are derived anew each time and never stored, so it is the kill
 *   after the batch became `anchored` and before anybody had them.
 * - F18 (not pinned): on disk a batch is kept by its CAR, so it is killed around writing that and around recording it.
 * - F20 and F21: `migration-crash.test.ts` and `keystore-crash.test.ts`. F22: `random-crash.test.ts`.
 */
import { expect } from 'chai'
import { EXAMPLE_ROWS, exampleTemplate } from '../folder.ts'
import { issuing, openRange, recovered, runKilled } from './killing.ts'
import type { Range } from './killing.ts'
import type { KillPoint } from './trap.ts'

type Point = readonly [name: string, kill: KillPoint, more?: { readonly isStuck: true }]

const POINTS: readonly Point[] = [
  ['F1: asked, before the store knows', { store: 'openDraft', when: 'before' }],
  ['F2: before the COMMIT of the draft', { store: 'openDraft', when: 'before-commit' }],
  ['F2: before the COMMIT of its rows', { store: 'addDrafts', when: 'before-commit' }],
  ['F3: after the COMMIT, before the answer', { store: 'finishDraft', when: 'after' }],
  ['F4: drafted, nothing sealed', { store: 'commitmentsOf', when: 'before' }],
  ['F5: the tree is in memory', { documents: 'put', when: 'before' }],
  ['F7: root recorded', { store: 'markSealed', when: 'after' }],
  ['F7: proven, not on its way', { store: 'planTransaction', when: 'before' }],
  // The first call only says which nonce is to be signed for.
  [
    'F8: nonce given and signed, not kept',
    { store: 'planTransaction', when: 'before-commit', nth: 2 },
  ],
  ['F9: signed and kept, not sent', { rpc: 'eth_sendRawTransaction', when: 'before' }],
  ['F10: sent, the answer not recorded', { rpc: 'eth_sendRawTransaction', when: 'after' }],
  ['F11: while it is sent', { rpc: 'eth_sendRawTransaction', when: 'during' }],
  ['F12: in the chain, not recorded', { step: 'anchor', done: 1, when: 'after' }],
  [
    'F13: a dearer one signed, not kept',
    { store: 'addReplacement', when: 'before-commit' },
    { isStuck: true },
  ],
  [
    'F13: a dearer one kept, not sent',
    { store: 'addReplacement', when: 'after' },
    { isStuck: true },
  ],
  [
    'F13: a dearer one sent, not recorded',
    { rpc: 'eth_sendRawTransaction', when: 'after' },
    { isStuck: true },
  ],
  ['F14: it waits to be final', { step: 'final', done: 0, when: 'after' }],
  ['F15: final, not recorded', { store: 'markAnchored', when: 'before-commit' }],
  ['F16: anchored, the links not given out', { store: 'markAnchored', when: 'after' }],
  ['F17: sealed and laid down, its key not stored', { documents: 'put', when: 'after' }],
  ['F17: before the COMMIT of its key', { store: 'addSealed', when: 'before-commit' }],
  ['F18: while the second copy is written', { documents: 'writeCar', when: 'during' }],
  ['F18: both copies there, not recorded', { store: 'markStored', when: 'before-commit' }],
]

for (const engine of ['SQLite', 'PostgreSQL'] as const) {
  describe(`a process killed while it issues, on ${engine}`, function () {
    this.timeout(120_000)
    let range: Range
    before(async function () {
      range = await openRange(this, engine)
    })
    // Unset where the engine is missing and everything here was skipped.
    after(() => (range as Range | undefined)?.close())

    const batches = async (): Promise<number> => (await range.rows('SELECT id FROM batches')).length

    for (const [name, kill, more] of POINTS) {
      it(`${name}: the next process finishes the batch, once`, async () => {
        const before = await batches()
        const work = [issuing(name)]
        expect(await runKilled(range, { kill, work, ...more })).to.equal('killed')
        await recovered(range.context)
        const request = { rows: EXAMPLE_ROWS, template: await exampleTemplate() }
        const issued = await range.context.issue({ ...request, idempotencyKey: name })
        expect(new Set(issued.links.map(({ link }) => link))).to.have.length(32)
        expect(await batches()).to.equal(before + 1)
      })
    }

    it('F19: a revocation sent and not recorded shows from the chain, and is not sent again', async () => {
      const issued = await range.context.issue({
        rows: EXAMPLE_ROWS,
        template: await exampleTemplate(),
      })
      const cid = issued.links[0]?.cid ?? ''
      const kill: KillPoint = { store: 'recordStatus', when: 'before' }
      expect(await runKilled(range, { kill, work: [{ act: 'revoke', cid }] })).to.equal('killed')
      await recovered(range.context)
      expect((await range.context.revoke({ cid })).transactions).to.deep.equal([])
    })

    it('an erasure that was cut short is named, and ends when it is asked for again', async () => {
      const issued = await range.context.issue({
        rows: EXAMPLE_ROWS,
        template: await exampleTemplate(),
      })
      let cid = ''
      // Each victim ends, as it opens the folder, what the one before began.
      for (const [at, when] of (['before', 'during', 'after'] as const).entries()) {
        cid = issued.links[at]?.cid ?? expect.fail('no certificate')
        const kill = { documents: 'remove', when } as const
        expect(await runKilled(range, { kill, work: [{ act: 'erase', cid }] })).to.equal('killed')
        const { findings } = await range.context.fsck()
        expect(findings.map(({ code }) => code)).to.include('erasure-unfinished')
        expect((await range.context.status()).openErasures).to.deep.equal([cid])
      }
      expect((await range.context.erase({ cid })).damaged).to.deep.equal([])
      expect((await range.context.fsck()).findings).to.deep.equal([])
    })

    it('a leaked link whose replacement was cut short is named, and ended by the next process', async () => {
      const request = { rows: EXAMPLE_ROWS, template: await exampleTemplate() }
      const issued = await range.context.issue(request)
      for (const [at, kill] of (
        [
          { store: 'reseal', when: 'before-commit' },
          { documents: 'remove', when: 'during' },
          { store: 'setManifest', when: 'before-commit' },
          { store: 'finishResealing', when: 'before' },
        ] as const
      ).entries()) {
        const cid = issued.links[at]?.cid ?? ''
        expect(await runKilled(range, { kill, work: [{ act: 'reseal', cid }] })).to.equal('killed')
        const { findings } = await range.context.fsck()
        const wanted = at === 0 ? [] : ['reseal-unfinished']
        expect(findings.map(({ code }) => code)).to.deep.equal(wanted)
        await recovered(range.context)
      }
    })

    it('after all of that every certificate opens, and every nonce had its end', async () => {
      await recovered(range.context)
      const report = await range.context.fsck()
      expect(report.findings).to.deep.equal([])
      expect(report.opened + report.erased).to.equal(32 * (await batches()))
    })
  })
}
