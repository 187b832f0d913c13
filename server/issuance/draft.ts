/** Rows and a template become a draft: every credential parsed and committed to, nothing issued, every fault named. */

import { createHash } from 'node:crypto'
import { setImmediate as otherWork } from 'node:timers/promises'
import {
  canonicalBytes,
  canonicalText,
  invariant,
  lintTemplate,
  parseJson,
  parseTemplate,
  sharingPrinter,
} from '../../src/index.ts'
import type { JsonObject, Print, Template } from '../../src/index.ts'
import { freshBytes } from '../keys/fresh.ts'
import type { DraftCertificate, DraftedBatch } from '../storage/store.ts'
import { draftKeeper, inRow } from './draft-keeper.ts'
import type { Drafted } from './draft-keeper.ts'
import type { Uncommitted } from './drafting-task.ts'
import { IssuingError } from './errors.ts'
import { ownHands } from './hands.ts'
import type { Hands } from './hands.ts'
import { lineUp } from './in-turn.ts'
import { breathingFor, chunkOf, STEP, whileChanging } from './parts.ts'
import type { IssuingParts, Work } from './parts.ts'
import { readCredentials } from './rows.ts'
import type { CredentialRow } from './rows.ts'
import { tagsOfLearner } from './search.ts'
import type { IntakeRequest } from './types.ts'

const SEED_BYTES = 32

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
  const reading = await readCredentials(parts, template, request)
  const { problems } = reading
  const breathe = breathingFor(parts, work)
  let example: JsonObject | undefined
  const keeper = draftKeeper(parts, work, () => {
    invariant(example !== undefined, 'a draft is made of a credential')
    return example
  })
  // Once something is wrong nothing will be issued: the rest is only read to name every fault.
  const keep = async (drafts: readonly Drafted[]): Promise<void> => {
    if (problems.count === 0) await keeper.keep(drafts)
    await breathe()
    work.progress({ step: 'read', done: reading.count(), total: 0 })
  }
  const print = sharingPrinter()
  let count = 0
  await parts.lender.lendAsItGrows((handsFor) =>
    lineUp(keep, async (add) => {
      for await (const rows of chunksOf(reading.rows)) {
        example ??= rows[0]?.credential
        count += rows.length
        const hands = handsFor(count)
        const prepared = rows.map((one) => preparedOf(one, print))
        await add(() => committed(parts, template, prepared, hands), hands.ahead)
      }
    }),
  )
  problems.throwIfAny()
  const warnings = JSON.stringify(reading.warnings())
  const order = await keeper.end()
  return whileChanging(work, store.finishDraft(work.batchId, work.lease(), order, warnings))
}

async function* chunksOf(rows: AsyncIterable<CredentialRow>): AsyncGenerator<CredentialRow[]> {
  let chunk: CredentialRow[] = []
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

type Prepared = Omit<CredentialRow, 'credential'> & Uncommitted

function preparedOf({ credential, ...row }: CredentialRow, print: Print): Prepared {
  return { ...row, seed: freshBytes(SEED_BYTES), bytes: print(credential) }
}

async function committed(
  { vault, home, issuer }: IssuingParts,
  template: Template,
  prepared: readonly Prepared[],
  hands: Pick<Hands, 'commit'>,
): Promise<Drafted[]> {
  const batch = { home: home.text, issuer, pointers: template.hidable }
  const commitments = await hands.commit(batch, prepared)
  const drafts: Drafted[] = []
  for (const [at, { achievementTags, ...one }] of prepared.entries()) {
    if (at % STEP === STEP - 1) await otherWork()
    const commitment = commitments[at]
    invariant(commitment !== undefined, `row ${one.row} was committed to`)
    const tags = [...tagsOfLearner(vault, one.learner), ...achievementTags]
    drafts.push({ ...one, commitment, tags })
  }
  return drafts
}

/** One row as a draft. */
export async function draftOf(
  parts: IssuingParts,
  batchId: string,
  template: Template,
  row: CredentialRow,
): Promise<DraftCertificate> {
  const prepared = [preparedOf(row, canonicalBytes)]
  const [draft] = await committed(parts, template, prepared, ownHands())
  invariant(draft !== undefined, 'one row is one draft')
  return inRow(parts, batchId, draft)
}
