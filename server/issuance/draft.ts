/** Rows and a template become a draft: every credential parsed and committed to, nothing issued, every fault named. */

import { createHash, randomBytes } from 'node:crypto'
import {
  bytesOfHex,
  canonicalBytes,
  canonicalText,
  claimDigest,
  commitmentOf,
  lintTemplate,
  parseJson,
  parseTemplate,
  saltsOf,
  sharingPrinter,
  splitCredential,
  utf8,
} from '../../src/index.ts'
import type { Commitment, Credential, Print, Salts, Template } from '../../src/index.ts'
import type { DraftCertificate, DraftedBatch } from '../storage/store.ts'
import { IssuingError } from './errors.ts'
import { CHUNK, places } from './parts.ts'
import type { IssuingParts, Work } from './parts.ts'
import { readCredentials } from './rows.ts'
import type { CredentialRow } from './rows.ts'
import { tagsOfLearner } from './search.ts'
import { randomOrder } from './shuffle.ts'
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
  const printers = sharingPrinters()
  let chunk: DraftCertificate[] = []
  let count = 0
  const keep = async (): Promise<void> => {
    // Once something is wrong nothing will be issued: the rest is only read to name every fault.
    if (problems.count === 0 && chunk.length > 0) {
      await store.addDrafts(work.batchId, work.lease(), chunk)
    }
    chunk = []
    await work.renew()
    work.progress({ step: 'read', done: reading.count(), total: 0 })
  }
  for await (const one of reading.rows) {
    count += 1
    chunk.push(draftOf(parts, work.batchId, template, one, printers))
    if (chunk.length >= CHUNK) await keep()
  }
  problems.throwIfAny()
  await keep()
  const warnings = JSON.stringify(reading.warnings())
  return store.finishDraft(work.batchId, work.lease(), randomOrder(count), warnings)
}

/** How credentials, and what their commitments hash, are printed. */
type Printers = { readonly credential: Print; readonly preimage?: Print | undefined }

/** For a whole batch: what its credentials share is printed once. */
function sharingPrinters(): Printers {
  return { credential: sharingPrinter(), preimage: sharingPrinter() }
}

export function draftOf(
  { vault, home, issuer }: IssuingParts,
  batchId: string,
  template: Template,
  { row, credential, learner }: CredentialRow,
  printers: Printers = { credential: canonicalBytes },
): DraftCertificate {
  const seed = new Uint8Array(randomBytes(SEED_BYTES))
  const salts = saltsOf(seed, template.hidable)
  const commitment = commitTo(home.text, issuer, credential, salts, printers.preimage)
  return {
    row,
    commitment: bytesOfHex(commitment),
    sealedSeed: vault.seal(seed, places.seed(batchId, row)),
    sealedCredential: vault.seal(printers.credential(credential), places.credential(batchId, row)),
    sealedLearner: vault.seal(utf8(JSON.stringify(learner)), places.learner(batchId, row)),
    tags: tagsOfLearner(vault, learner, template),
    isAddressed: learner.email !== undefined,
  }
}

function commitTo(
  home: string,
  issuer: IssuingParts['issuer'],
  credential: Credential,
  { salt, byPointer }: Salts,
  print: Print | undefined,
): Commitment {
  const { visible, claims } = splitCredential(credential, byPointer.keys())
  const digests = new Map(
    [...byPointer].map(([pointer, claimSalt]) => [
      pointer,
      claimDigest(claimSalt, pointer, claims.get(pointer) ?? null),
    ]),
  )
  return commitmentOf({ home, issuer, salt, credential: visible, digests }, print)
}
