import type {
  FailureCode,
  FormatCode,
  Level,
  NoteCode,
  UndeterminedCode,
} from '../primitives/codes.ts'

/** The seven checks, in the order in which SPEC section 6 gives them. */
export const CHECK_NAMES = [
  'integrity',
  'inclusion',
  'anchor',
  'operator',
  'issuer',
  'status',
  'validity',
] as const
export type CheckName = (typeof CHECK_NAMES)[number]

export type Check =
  | { readonly outcome: 'passed' }
  | { readonly outcome: 'failed'; readonly code: FailureCode | FormatCode }
  | { readonly outcome: 'undetermined'; readonly code: UndeterminedCode }

/** One entry per check: leaving one out does not compile. */
export type Checks = Readonly<Record<CheckName, Check>>

export type Outcome = 'valid' | 'invalid' | 'undetermined'

export interface Note {
  readonly code: NoteCode
  /** What the note is about: a claim, a domain, a time. Never more than the certificate or the policy says. */
  readonly about?: string
}

/** Who issued, as far as the policy says so; `claimedName` is the document's own word and no more. */
export interface VerdictIssuer {
  readonly account: string
  readonly name: string | null
  readonly namedBy: 'policy' | 'accreditation' | null
  readonly domain: string | null
  readonly claimedName: string | null
}

export interface VerdictBlock {
  readonly number: number
  readonly hash: string
  readonly time: string
}

/** The same JSON from browser, terminal and server. */
export interface Verdict {
  readonly inaltera: 'verdict/1'
  readonly outcome: Outcome
  readonly checks: Checks
  /** Set when a past moment was asked for: the outcome then says "as of" it, never "now". */
  readonly asOf: string | null
  readonly judgedAt: string
  readonly policy: { readonly name: string; readonly digest: string }
  readonly home: string | null
  readonly network: 'main' | 'test' | 'local' | null
  readonly block: VerdictBlock | null
  readonly level: Level | null
  readonly anchoredAt: string | null
  readonly issuer: VerdictIssuer | null
  /** Pointers of the claims that the holder shows, and of those hidden. */
  readonly shown: readonly string[]
  readonly hidden: readonly string[]
  readonly notes: readonly Note[]
}

export const PASSED: Check = { outcome: 'passed' }

export function failed(code: FailureCode | FormatCode): Check {
  return { outcome: 'failed', code }
}

export function undetermined(code: UndeterminedCode): Check {
  return { outcome: 'undetermined', code }
}

/** Any failed check makes the whole invalid; else any undetermined one makes it undetermined; else it is valid. */
export function outcomeOf(checks: Checks): Outcome {
  const outcomes = CHECK_NAMES.map((name) => checks[name].outcome)
  if (outcomes.includes('failed')) return 'invalid'
  return outcomes.includes('undetermined') ? 'undetermined' : 'valid'
}
