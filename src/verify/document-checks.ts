import type { Certificate } from '../certificate.ts'
import { commitmentOfCertificate } from '../certificate.ts'
import { validFrom, validUntil } from '../credential/credential.ts'
import { subjectOf } from '../credential/disclosure.ts'
import { nameOf } from '../credential/pointer.ts'
import { inclusionFault } from '../merkle/path.ts'
import { compareInstants } from '../primitives/time.ts'
import type { Instant } from '../primitives/time.ts'
import type { Policy } from './policy.ts'
import type { Check } from './verdict.ts'
import { PASSED, failed, undetermined } from './verdict.ts'

/**
 * SPEC section 6.1: parsing has shown the form; the policy may want claims shown. What stands in the document shows: a
 * hidden claim cannot. A changed value is not seen here but in `inclusion`, since a certificate does not state its
 * commitment.
 */
export function checkIntegrity(certificate: Certificate, policy: Policy): Check {
  const subject = subjectOf(certificate.credential)
  const isShown = policy.required.every((pointer) => Object.hasOwn(subject, nameOf(pointer)))
  return isShown ? PASSED : undetermined('required-claim-hidden')
}

/** SPEC section 6.2: the path leads from the recomputed commitment to the root; its length is checked before any hash. */
export function checkInclusion(certificate: Certificate): Check {
  const commitment = commitmentOfCertificate(certificate)
  const fault = inclusionFault({ ...certificate, commitment })
  return fault === undefined ? PASSED : failed(fault)
}

/** SPEC section 6.7: `validFrom` ≤ the judged moment < `validUntil`. */
export function checkValidity(certificate: Certificate, at: Instant): Check {
  const { credential } = certificate
  const until = validUntil(credential)
  if (compareInstants(at, validFrom(credential)) < 0) return failed('not-yet-valid')
  if (until !== undefined && compareInstants(at, until) >= 0) return failed('expired')
  return PASSED
}
