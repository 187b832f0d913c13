/** Rows and a template become a draft: every credential parsed and committed to, nothing issued, every fault named. */

import { createHash } from 'node:crypto'
import { setImmediate as otherWork } from 'node:timers/promises'
import {
  canonicalText,
  columnsOf,
  invariant,
  lintTemplate,
  parseJson,
  parseTemplate,
} from '../../src/index.ts'
import type { Template } from '../../src/index.ts'
import type { DraftedBatch } from '../storage/store.ts'
import { draftKeeper } from './draft-keeper.ts'
import type { Drafted } from './draft-keeper.ts'
import { IssuingError } from './errors.ts'
import type { Frame } from './frames.ts'
import type { Hands } from './hands.ts'
import { lineUp } from './in-turn.ts'
import { byItself } from './packing.ts'
import { breathingFor, whileChanging } from './parts.ts'
import type { IssuingParts, Work } from './parts.ts'
import { chunkOf, STEP } from './steps.ts'
import { issuedAt, readRows } from './rows.ts'
import type { LearnerRow, Reading } from './rows.ts'
import { tagsOfLearner } from './search.ts'
import type { IntakeRequest } from './types.ts'

/** Reads the template. Throws `FormatError`, or `IssuingError` `template-incomplete` unless that is allowed. */
export function readTemplate(
  request: Pick<IntakeRequest, 'template' | 'allowIncomplete'>,
): Template {
  const template = parseTemplate(parseJson(request.template))
  const lint = lintTemplate(template)
  if (lint.complete || request.allowIncomplete === true) return template
  const missing = lint.mandatory.filter(({ present }) => !present).map(({ code }) => code)
  throw new IssuingError(
    'template-incomplete',
    `the template lacks mandatory elements: ${missing.join(', ')}`,
    lint,
  )
}

/** What makes two requests the same: the rows, the template and what was asked for. */
export async function digestOf(request: IntakeRequest): Promise<string> {
  const rows = createHash('sha256')
  for await (const chunk of request.rows.read()) rows.update(chunk)
  const options = canonicalText({
    template: createHash('sha256').update(request.template).digest('hex'),
    templateId: request.templateId ?? null,
    rows: rows.digest('hex'),
    format: request.format ?? null,
    mapping: Object.fromEntries(request.mapping ?? []),
    permanent: request.permanent === true,
    allowDuplicates: request.allowDuplicates === true,
    allowIncomplete: request.allowIncomplete === true,
  })
  return createHash('sha256').update(options).digest('hex')
}

/**
 * Fills an open draft from the rows and closes it in a random order. Throws `RowsError` with every bad row; the draft
 * is then still open, and the caller drops it.
 */
export async function fillDraft(
  parts: IssuingParts,
  work: Work,
  template: Template,
  request: IntakeRequest,
): Promise<DraftedBatch> {
  const { store } = parts
  const reading = await readRows(parts, template, request)
  const { problems } = reading
  const breathe = breathingFor(parts, work)
  const keeper = draftKeeper(parts, work)
  // Once something is wrong nothing will be issued: the rest is only read to name every fault.
  const keep = async (drafts: readonly Drafted[]): Promise<void> => {
    if (problems.count === 0) await keeper.keep(drafts)
    await breathe()
    work.progress({ step: 'read', done: reading.count(), total: 0 })
  }
  const file = byItself(request.template)
  const drafting = { template, file, refuse: reading.refuse }
  let count = 0
  await parts.lender.lendAsItGrows((handsFor) =>
    lineUp(keep, async (add) => {
      for await (const rows of chunksOf(reading.rows)) {
        count += rows.length
        const hands = handsFor(count)
        const frame = keeper.frame()
        await add(() => drafted(parts, { ...drafting, frame }, rows, hands), hands.ahead)
      }
    }),
  )
  problems.throwIfAny()
  const warnings = JSON.stringify(reading.warnings())
  const order = await keeper.end()
  return whileChanging(work, store.finishDraft(work.batchId, work.lease(), order, warnings))
}

async function* chunksOf(rows: AsyncIterable<LearnerRow>): AsyncGenerator<LearnerRow[]> {
  let chunk: LearnerRow[] = []
  let count = 0
  for await (const row of rows) {
    count += 1
    chunk.push(row)
    if (chunk.length < chunkOf(count)) continue
    yield chunk
    chunk = []
  }
  if (chunk.length > 0) yield chunk
}

export type Drafting = {
  readonly template: Template
  /** What it was read from. */
  readonly file: Uint8Array
  readonly frame?: Frame | undefined
  /** Is told what the template finds wrong with a row; of that there is no draft. */
  readonly refuse: Reading<LearnerRow>['refuse']
}

/** The rows as drafts, in their order. */
export async function drafted(
  parts: IssuingParts,
  { template, file, frame, refuse }: Drafting,
  rows: readonly LearnerRow[],
  hands: Pick<Hands, 'draft'>,
): Promise<Drafted[]> {
  const { home, vault, issuer } = parts
  const columns = [...columnsOf(template)]
  const drafting = hands.draft({
    kind: 'draft',
    batch: { home: home.text, issuer, pointers: template.hidable },
    template: file,
    chainId: home.chainId,
    issuedAt: issuedAt(parts),
    rows: rows.length,
    cells: rows.flatMap(({ cells }) => columns.map((column) => cells.get(column) ?? '')),
    frame,
  })
  const drafts: Drafted[] = []
  for (const [at, made] of (await drafting).entries()) {
    if (at % STEP === STEP - 1) await otherWork()
    const known = rows[at]
    invariant(known !== undefined, 'every draft is of a row')
    const { row, learner, achievementTags } = known
    if ('faults' in made) {
      refuse(row, made.faults)
      continue
    }
    drafts.push({
      row,
      learner,
      tags: [...tagsOfLearner(vault, learner), ...achievementTags],
      ...made,
    })
  }
  return drafts
}
