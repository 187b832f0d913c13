/** What the API asks of an issuer about its certificates. */

import type { Operation } from '../storage/operations.ts'
import { viewCertificate } from './certificates.ts'
import type { CertificateView, ViewParts } from './certificates.ts'
import { contentsOf } from './contents.ts'
import type { Contents } from './contents.ts'
import { startCorrection } from './correct.ts'
import type { CorrectRequest } from './correct.ts'
import { enqueueChange, operationOf } from './operations.ts'
import type { ChangeRequest } from './operations.ts'
import type { IssuingParts } from './parts.ts'
import { statesOf } from './states.ts'
import type { StateLine } from './states.ts'
import type { EraseTarget } from './types.ts'

/** Another issuer's are `not-found` here, as those that never were. */
export type CertificateOperations = {
  /** Throws `IssuingError` `not-found`. */
  view(target: EraseTarget): Promise<CertificateView>
  /** Of those that are this issuer's. */
  states(cids: readonly string[]): Promise<StateLine[]>
  /** Opened, and noted in the audit log as read by `by`. Throws `IssuingError`, `BlockError`. */
  contents(target: EraseTarget, by: string): Promise<Contents>
  /** Answers when it is kept for good; it is carried out behind the caller. Throws `IssuingError`. */
  change(request: ChangeRequest): Promise<Operation>
  /** Answers when the corrected row is kept for good. Throws `RowsError`, `FormatError` (template), `IssuingError`. */
  correct(request: CorrectRequest): Promise<Operation>
  /** Throws `IssuingError` `not-found`. */
  operation(id: string): Promise<Operation>
}

export type CertificateParts = IssuingParts & ViewParts

export function certificateOperationsOf(
  parts: () => Promise<CertificateParts>,
  wake: () => void,
): CertificateOperations {
  const kept = async (operation: Promise<Operation>): Promise<Operation> => {
    const one = await operation
    wake()
    return one
  }
  return {
    view: async (target) => viewCertificate(await parts(), target),
    states: async (cids) => statesOf(await parts(), cids),
    contents: async (target, by) => contentsOf(await parts(), target, by),
    change: async (request) => kept(enqueueChange(await parts(), request)),
    correct: async (request) => kept(startCorrection(await parts(), request)),
    operation: async (id) => operationOf(await parts(), id),
  }
}
