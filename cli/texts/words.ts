import type { catalogueOf, UnavailableCode, Verdict } from '../../src/index.ts'

/** Why the system refuses a file. */
export type FileError = 'ENOENT' | 'EACCES' | 'EISDIR' | 'ENOTDIR' | 'EEXIST' | 'ENOSPC'

/** What the commands `verify`, `disclose` and `lint` say, beside the library's catalogue of codes. */
export interface Words {
  readonly catalogue: ReturnType<typeof catalogueOf>
  readonly unavailable: Readonly<Record<UnavailableCode, string>>
  readonly network: Readonly<Record<NonNullable<Verdict['network']>, string>>
  readonly labels: Labels
  readonly lint: LintWords
  /** An unexpected end: ours to mend. */
  readonly fileErrors: Readonly<Record<FileError, string>>
  readonly bug: string
  /** Before the message of an error. */
  readonly error: string
  readonly badInput: (source: string, what: string, field: string) => string
  readonly cannotRead: (path: string, why: string) => string
  readonly cannotWrite: (path: string, why: string) => string
  readonly noPolicy: (folder: string) => string
  readonly badLink: string
  readonly badAsOf: (text: string) => string
  /** The document was fetched and is not what its link promises. */
  readonly linkDoesNotOpen: string
  readonly hideOrShow: string
  readonly noSuchClaim: (name: string, names: string) => string
  readonly ownFile: string
  readonly saved: (path: string) => string
  readonly presentation: (shown: string, hidden: string) => string
  readonly fileOrReplay: string
  readonly offlineNeedsBundle: string
  readonly noProof: string
  readonly bundleSays: (outcome: string) => string
  /** Before the block that a bundle rests on. */
  readonly checkpoint: string
  readonly replayOf: (time: string) => string
  /** Whose word policy and evidence of a report are. */
  readonly replayTrust: (policy: string) => string
  readonly replaySame: string
  readonly replayDiffers: string
}

/** What stands before the lines of a report. */
export interface Labels {
  readonly title: string
  readonly learner: string
  readonly issuer: string
  readonly hidden: string
  readonly anchored: string
  readonly block: string
  readonly policy: string
  readonly notes: string
  readonly nothing: string
  readonly namedByPolicy: string
  readonly namedByAccreditation: string
  readonly namedByNobody: string
  /** Before what the document says of itself and nobody confirms. */
  readonly ownClaim: string
  /** Behind what is not shown as verified. */
  readonly notVerified: string
  readonly at: (field: string) => string
  readonly blockAt: (number: number, time: string) => string
}

export interface LintWords {
  readonly mandatory: string
  readonly optional: string
  readonly criteria: string
  readonly questions: string
  readonly complete: string
  readonly incomplete: string
  readonly missingAt: (place: string) => string
}
