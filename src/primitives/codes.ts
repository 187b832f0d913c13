/**
 * Every code that a verdict, an error or a note can carry. The lists are closed: `docs/SPEC.md` and the catalogue of
 * texts (`src/texts.ts`) have one entry for each, and a test compares the three.
 */

/** Why bytes are not what they should be; also the codes of `integrity: failed`. */
export const FORMAT_CODES = [
  'not-utf8',
  'byte-order-mark',
  'not-json',
  'duplicate-key',
  'lone-surrogate',
  'forbidden-key',
  'too-deep',
  'too-large',
  'number-not-exact',
  'unknown-member',
  'missing-member',
  'wrong-type',
  'wrong-value',
  'out-of-range',
  'null-value',
  'not-canonical-hex',
  'not-base64url',
  'not-canonical',
  'bad-time',
  'bad-account',
  'bad-context',
  'bad-pointer',
  'bad-cid',
  'bad-link',
  'no-proof',
  'several-proofs',
  'too-many-proofs',
  'too-many-pointers',
  'path-too-long',
  'proof-mismatch',
  'pointer-twice',
  'hidden-member-present',
  'sealed-document-damaged',
  'wrong-key',
  'block-damaged',
] as const
export type FormatCode = (typeof FORMAT_CODES)[number]

/** What was looked at and is wrong. */
export const FAILURE_CODES = [
  'index-beyond-size',
  'path-length',
  'root-differs',
  'not-anchored',
  'size-differs',
  'operator-closed',
  'issuer-retired',
  'issuer-mismatch',
  'revoked',
  'batch-revoked',
  'suspended',
  'not-yet-valid',
  'expired',
  'anchored-later',
] as const
export type FailureCode = (typeof FAILURE_CODES)[number]

/** What could not be looked at, and why. */
export const UNDETERMINED_CODES = [
  'not-checked',
  'unknown-home',
  'unreachable',
  'timeout',
  'providers-disagree',
  'wrong-network',
  'registry-differs',
  'evidence-missing',
  'stale',
  'head-from-future',
  'level-too-low',
  'not-final',
  'issuer-unvouched',
  'profile-unavailable',
  'domain-disagrees',
  'domain-unavailable',
  'required-claim-hidden',
  'status-date-unknown',
  'as-of-after-evidence',
  'header-not-confirmed',
  'proof-invalid',
  'succession-unsupported',
] as const
export type UndeterminedCode = (typeof UNDETERMINED_CODES)[number]

/** Warnings beside a verdict; they never change its outcome. */
export const NOTE_CODES = [
  'test-network',
  'local-network',
  'one-provider',
  'header-not-rehashed',
  'no-storage-proof',
  'claims-hidden',
  'no-identity-shown',
  'other-proofs-not-checked',
  'valid-from-before-anchor',
  'issuer-name-is-its-own-claim',
  'domain-confirms',
  'domain-disagrees',
  'policy-chosen-by-site',
] as const
export type NoteCode = (typeof NOTE_CODES)[number]

/** How well the chain's word is backed, from best to least. */
export const LEVELS = ['proven', 'agreed', 'reported'] as const
export type Level = (typeof LEVELS)[number]

/** Why a status was changed: the contract's `reason` numbers, by position from 0. */
export const REASON_CODES = [
  'unspecified',
  'issued-in-error',
  'content-error',
  'fraud',
  'withdrawn-by-issuer',
  'superseded',
  'holder-request',
  'key-compromise',
  'under-review',
] as const
export type ReasonCode = (typeof REASON_CODES)[number]
