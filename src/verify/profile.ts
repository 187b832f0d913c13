import type { Certificate } from '../certificate.ts'
import { ZERO_WORD, profileSlot } from '../registry/slots.ts'
import type { Evidence } from './evidence.ts'
import { boundRecord, parseProfile } from './records.ts'
import type { Profile } from './records.ts'
import { issuerAccount, wordAt } from './view.ts'

/**
 * The issuer's profile, where its bytes were served and hash to the digest that the issuer holds on chain, and it speaks
 * of this account; undefined for every other. It says what the issuer says of itself: how it looks, never who it is.
 */
export function boundProfile(certificate: Certificate, evidence: Evidence): Profile | undefined {
  const { chain } = evidence
  if (!chain.observed || evidence.home !== certificate.home.text) return undefined
  const digest = wordAt(chain, profileSlot(certificate.issuer))
  if (!digest.known || digest.value === ZERO_WORD) return undefined
  const profile = boundRecord(evidence.profile, digest.value, parseProfile)
  return profile?.account === issuerAccount(certificate) ? profile : undefined
}
