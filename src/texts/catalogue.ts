import type {
  FailureCode,
  FormatCode,
  Level,
  NoteCode,
  ReasonCode,
  UndeterminedCode,
} from '../primitives/codes.ts'
import type { CheckName, Outcome } from '../verify/verdict.ts'

/** All words that a verdict can be told in, one entry for each code: leaving one out does not compile. */
export interface Catalogue {
  readonly outcomes: Readonly<Record<Outcome, string>>
  /** The headline of a valid verdict on a past moment, before that moment. */
  readonly validAsOf: string
  readonly checks: Readonly<Record<CheckName, string>>
  readonly passed: Readonly<Record<CheckName, string>>
  readonly format: Readonly<Record<FormatCode, string>>
  readonly failures: Readonly<Record<FailureCode, string>>
  readonly undetermined: Readonly<Record<UndeterminedCode, string>>
  readonly notes: Readonly<Record<NoteCode, string>>
  readonly levels: Readonly<Record<Level, string>>
  readonly reasons: Readonly<Record<ReasonCode, string>>
}
