/** Defends drafts made of rows, by threads as by the process itself: committed to as they are read, every fault named. */
import { readFile } from 'node:fs/promises'
import { expect } from 'chai'
import {
  columnsOf,
  FormatError,
  parseCredential,
  parseJson,
  parseTemplate,
  subjectOf,
  utf8,
} from '../../../src/index.ts'
import type { DraftTask, RowDraft, RowFaults } from '../../../server/issuance/drafting-task.ts'
import { frameOf, unpack } from '../../../server/issuance/frames.ts'
import { plainCommitment } from '../../support/commitment.ts'
import { HOME, ISSUER, POINTERS } from '../../support/world.ts'
import { EXAMPLE_ROWS, exampleTemplate } from '../folder.ts'
import { KINDS_OF_HANDS, lentHands } from './lent-hands.ts'

const BATCH = { home: HOME.text, issuer: ISSUER, pointers: POINTERS }
const PEOPLE = Array.from({ length: 70 }, (_, at) => `Née ${at}`)

/** Rows of these family names, all other cells as the example's first row has them. */
async function drafting(people: readonly string[]): Promise<DraftTask> {
  const template = await exampleTemplate()
  const [header = '', row = ''] = (await readFile(EXAMPLE_ROWS, 'utf8')).split('\n')
  const values = row.split(';')
  const example = new Map(header.split(';').map((column, at) => [column, values[at] ?? '']))
  const columns = [...columnsOf(parseTemplate(parseJson(template)))]
  const cells = people.flatMap((name) => {
    return columns.map((column) => (column === 'Nom' ? name : (example.get(column) ?? '')))
  })
  const { chainId } = HOME
  const issuedAt = '2026-03-01T10:00:00Z'
  return { kind: 'draft', batch: BATCH, template, chainId, issuedAt, rows: people.length, cells }
}

function drafts(made: readonly (RowDraft | RowFaults)[]): RowDraft[] {
  return made.map((one) => {
    if ('faults' in one) throw new Error(`no draft: ${JSON.stringify(one.faults)}`)
    return one
  })
}

describe('hands that draft', function () {
  this.timeout(60_000)
  const lent = lentHands()

  for (const name of KINDS_OF_HANDS) {
    it(`of ${name} make drafts of rows, each committed to as a verifier reads it, packed or whole`, async () => {
      const whole = drafts(await lent(name).draft(await drafting(PEOPLE)))
      expect(whole).to.have.length(PEOPLE.length)
      const frame = frameOf(parseCredential(parseJson(whole[0]?.bytes ?? new Uint8Array())))
      const task = { ...(await drafting(PEOPLE)), frame }
      const packed = drafts(await lent(name).draft(task))
      for (const [at, { bytes, seed, commitment }] of [...whole, ...packed].entries()) {
        const read = parseCredential(parseJson(unpack(bytes, frame)))
        expect(subjectOf(read)['familyName']).to.equal(PEOPLE[at % PEOPLE.length])
        expect(commitment).to.deep.equal(plainCommitment(BATCH, read, seed))
        expect(bytes[0] === 0).to.equal(at >= PEOPLE.length)
      }
      const ids = [...whole, ...packed].map(({ seed }) => Buffer.from(seed).toString('hex'))
      expect(new Set(ids)).to.have.length(2 * PEOPLE.length)
    })

    it(`of ${name} tell in place of a draft what is wrong with a row, and make the others`, async () => {
      const people = PEOPLE.map((one, at) => (at % 3 === 1 ? '' : one))
      const made = await lent(name).draft(await drafting(people))
      expect(made.map((one) => 'faults' in one)).to.deep.equal(people.map((one) => one === ''))
      for (const one of made) {
        if (!('faults' in one)) continue
        const [fault, ...others] = one.faults
        expect(fault).to.deep.equal({ column: 'Nom', claim: 'familyName', code: 'empty-cell' })
        expect(others).to.deep.equal([])
      }
    })

    it(`of ${name} make no draft by what is no template, and say so by the same error`, async () => {
      const task = { ...(await drafting(PEOPLE)), template: utf8('{}') }
      const error: unknown = await lent(name)
        .draft(task)
        .catch((thrown: unknown) => thrown)
      expect(error).to.be.instanceOf(FormatError)
    })
  }
})
