import type { ChainEvidence } from '../registry/ports.ts'

/**
 * What was observed, as plain JSON data, so that a disputed verdict can be saved and judged again. Nothing in it is
 * believed beyond what the policy allows.
 */
export interface Evidence {
  readonly home: string
  readonly chain: ChainEvidence
  /** The bytes of the issuer's profile as served, base64url; absent where nobody served them. */
  readonly profile: string | null
  /** Who may have accredited whom: hints, each proven or refuted by the storage read at the block. */
  readonly accreditations: readonly AccreditationHint[]
  readonly domains: readonly DomainAnswer[]
}

export interface AccreditationHint {
  /** CAIP-10 accounts. */
  readonly accreditor: string
  readonly issuer: string
  /** The bytes of the accreditation record as served, base64url; without them the accreditation gives no name. */
  readonly record: string | null
}

export interface DomainAnswer {
  readonly domain: string
  /** The accounts (CAIP-10) that the domain names now; `null` where it could not be asked. */
  readonly accounts: readonly string[] | null
}
