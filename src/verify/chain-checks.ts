import type { Certificate } from '../certificate.ts'
import { compareInstants, instantOfSeconds } from '../primitives/time.ts'
import {
  bitOf,
  decodeOperator,
  operatorSlot,
  revokedWordSlot,
  suspendedWordSlot,
} from '../registry/slots.ts'
import type { AnchorRecord } from '../registry/slots.ts'
import type { Check } from './verdict.ts'
import { PASSED, failed, undetermined } from './verdict.ts'
import { decodedAt, wordAt } from './view.ts'
import type { ChainView, Observed } from './view.ts'

/** SPEC section 6.3: that issuer anchored that root with that size at the certificate's home, and it is final. */
export function checkAnchor(certificate: Certificate, view: Observed<ChainView>): Check {
  if (!view.known) return undetermined(view.code)
  const { anchor, chain, stale, asOf } = view.value
  if (!anchor.known) return undetermined(anchor.code)
  const { anchoredAt, size } = anchor.value
  if (anchoredAt === 0) return stale ? undetermined('stale') : failed('not-anchored')
  if (size !== certificate.size) return stale ? undetermined('stale') : failed('size-differs')
  if (asOf !== undefined && compareInstants(instantOfSeconds(anchoredAt), asOf) > 0) {
    return failed('anchored-later')
  }
  const final = chain.finalized !== null && anchoredAt < chain.finalized.timestamp
  return final ? PASSED : undetermined('not-final')
}

/**
 * SPEC section 6.4: the anchor was made before its operator, and its issuer, were closed. Roles are not read: the
 * registry enforced them when it wrote.
 */
export function checkOperator(certificate: Certificate, view: Observed<ChainView>): Check {
  const ready = anchoredIn(view)
  if (!ready.known) return undetermined(ready.code)
  const { view: seen, anchor } = ready.value
  const { issuer } = certificate
  const operator = decodedAt(seen.chain, operatorSlot(issuer, anchor.operator), decodeOperator)
  const self = decodedAt(seen.chain, operatorSlot(issuer, issuer), decodeOperator)
  if (!operator.known) return undetermined(operator.code)
  if (!self.known) return undetermined(self.code)
  if (isClosed(self.value.closedSince, anchor.anchoredAt)) return failed('issuer-retired')
  if (isClosed(operator.value.closedSince, anchor.anchoredAt)) return failed('operator-closed')
  return PASSED
}

/** SPEC section 6.6: neither the certificate nor its batch is revoked, and it is not suspended. */
export function checkStatus(certificate: Certificate, view: Observed<ChainView>): Check {
  const ready = anchoredIn(view)
  if (!ready.known) return undetermined(ready.code)
  const { view: seen, anchor } = ready.value
  const { issuer, root, index } = certificate
  const revoked = wordAt(seen.chain, revokedWordSlot(issuer, root, index))
  const suspended = wordAt(seen.chain, suspendedWordSlot(issuer, root, index))
  if (!revoked.known) return undetermined(revoked.code)
  if (!suspended.known) return undetermined(suspended.code)
  const flag = anchor.revoked
    ? 'batch-revoked'
    : bitOf(revoked.value, index)
      ? 'revoked'
      : bitOf(suspended.value, index)
        ? 'suspended'
        : undefined
  if (flag === undefined) return PASSED
  const { asOf, chain } = seen
  // What stands at the block stands at the block's own time; when before it was set, no word tells.
  const isEarlier =
    asOf !== undefined && compareInstants(asOf, instantOfSeconds(chain.block.timestamp)) < 0
  return isEarlier ? undetermined('status-date-unknown') : failed(flag)
}

/** An account closed at or before `time` (both Unix seconds, 0 for never closed) had no authority at it. */
export function isClosed(closedSince: number, time: number): boolean {
  return closedSince !== 0 && closedSince <= time
}

/** What stands on an anchor can be judged only where there is one, seen at a head young enough. */
export function anchoredIn(
  view: Observed<ChainView>,
): Observed<{ readonly view: ChainView; readonly anchor: AnchorRecord }> {
  if (!view.known) return view
  if (view.value.stale) return { known: false, code: 'stale' }
  const { anchor } = view.value
  if (!anchor.known) return anchor
  if (anchor.value.anchoredAt === 0) return { known: false, code: 'not-checked' }
  return { known: true, value: { view: view.value, anchor: anchor.value } }
}
