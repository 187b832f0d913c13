import type { Certificate } from '../certificate.ts'
import { issuerId } from '../credential/credential.ts'
import { didPkh } from '../primitives/account.ts'
import type { Hash32 } from '../primitives/bytes.ts'
import {
  accreditationCountSlot,
  anchorSlot,
  decodeAnchor,
  decodeCount,
  operatorSlot,
  profileSlot,
  revokedWordSlot,
  suspendedWordSlot,
  wordOf,
} from '../registry/slots.ts'
import { edgesOf, slotsOfEdge } from './accreditation.ts'
import type { AccreditationHint } from './evidence.ts'
import type { Policy } from './policy.ts'
import { issuerAccount } from './view.ts'

/**
 * The registry slots that `verify` will look at, as far as `storage` (what is read so far) lets them be known: the
 * anchor names its operator, a count its periods. Ask again with what was read until nothing new is asked for.
 */
export function slotsNeeded(
  certificate: Certificate,
  policy: Policy,
  hints: readonly AccreditationHint[],
  storage: Readonly<Record<Hash32, Hash32>>,
): Hash32[] {
  const { issuer, root, index, home } = certificate
  const anchor = anchorSlot(issuer, root)
  const slots = [
    anchor,
    operatorSlot(issuer, issuer),
    revokedWordSlot(issuer, root, index),
    suspendedWordSlot(issuer, root, index),
  ]
  const anchorWord = storage[anchor]
  if (anchorWord !== undefined) {
    slots.push(operatorSlot(issuer, decodeAnchor(anchorWord).operator))
  }
  if (issuerId(certificate.credential) !== didPkh(home.chainId, issuer))
    slots.push(profileSlot(issuer))
  if (!isNamed(certificate, policy)) {
    for (const edge of edgesOf(issuer, home.chainId, policy, hints)) {
      const count = storage[accreditationCountSlot(edge.accreditor, edge.issuer)]
      slots.push(...slotsOfEdge(edge, count === undefined ? undefined : decodeCount(count)))
    }
  }
  return [...new Set(slots)]
}

/**
 * A text that is equal only for certificates of which the same must be observed, under whichever policy: the same home,
 * issuer, batch and status words, and the profile for both or for neither. What was observed for one serves the other.
 */
export function observationNameOf({ home, issuer, root, index, credential }: Certificate): string {
  const isNamedAlone = issuerId(credential) === didPkh(home.chainId, issuer)
  return `${home.text} ${issuer} ${root} ${wordOf(index)} ${isNamedAlone ? 'account' : 'profile'}`
}

/** Those of the slots whose words tell which others are needed; all are among `slotsNeeded`. */
export function slotsThatLead(certificate: Certificate, policy: Policy): Hash32[] {
  const { issuer, root, home } = certificate
  const edges = isNamed(certificate, policy) ? [] : edgesOf(issuer, home.chainId, policy, [])
  return [
    anchorSlot(issuer, root),
    ...edges.map((edge) => accreditationCountSlot(edge.accreditor, edge.issuer)),
  ]
}

/** The policy names the account for all time, so no accreditation can matter. */
export function isNamed(certificate: Certificate, policy: Policy): boolean {
  const account = issuerAccount(certificate)
  return policy.issuers.some(
    (issuer) =>
      issuer.account.text === account && issuer.from === undefined && issuer.until === undefined,
  )
}
