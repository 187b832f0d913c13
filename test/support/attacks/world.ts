import type { Certificate, Evidence, UndeterminedCode } from '../../../src/index.ts'
import { blockHash, withChain, ZERO } from '../ledger.ts'
import type { Ledger } from '../ledger.ts'
import {
  ANCHORED_AT,
  BATCH,
  certificateAt,
  credentialJson,
  evidenceOf,
  HOME,
  ISSUER,
  issueBatch,
  ledgerOf,
  OPERATOR,
  policyJson,
  STRANGER,
} from '../world.ts'
import { failed, HONEST, textOf, undetermined } from './forge.ts'
import type { Attack, Expect } from './forge.ts'

/** A sound text, and something wrong around it. */
function around(
  id: string,
  comment: string,
  expect: Expect,
  change: Pick<Attack, 'text' | 'evidence' | 'policy' | 'now'>,
): Attack {
  return { id, comment, text: HONEST, ...change, expect }
}

function firstOf(certificates: readonly Certificate[]): Certificate {
  const [first] = certificates
  if (first === undefined) throw new Error('an empty batch')
  return first
}

function withStatus(ledger: Ledger): Promise<Evidence> {
  return evidenceOf(certificateAt(3), ledger)
}

/** Table 2c, who: strangers who issue under a name that is not theirs. */
async function impostorAttacks(): Promise<Attack[]> {
  const rows = [3, 4]
  const stranger = { issuer: STRANGER, label: 'foreign' }
  const impostors = issueBatch(
    rows.map((i) => credentialJson(i, STRANGER)),
    stranger,
  )
  const impostor = firstOf(impostors.certificates)
  const borrowed = issueBatch(
    rows.map((i) => credentialJson(i)),
    stranger,
  )
  const borrower = firstOf(borrowed.certificates)
  return [
    around(
      'I1-same-name-other-account',
      'A stranger issues under the name of a school: the text is sound, nobody vouches.',
      undetermined('issuer', 'issuer-unvouched'),
      {
        text: textOf(impostor),
        evidence: await evidenceOf(impostor, ledgerOf(impostors, STRANGER)),
      },
    ),
    around(
      'I1-issuer-of-another',
      "A stranger anchors a document that names the school's own identifier.",
      failed('issuer', 'issuer-mismatch'),
      {
        text: textOf(borrower),
        evidence: await evidenceOf(borrower, ledgerOf(borrowed, STRANGER)),
      },
    ),
  ]
}

/** Table 2c, who and where: strangers, registries and networks that are not the ones they claim to be. */
export async function identityAttacks(honest: Evidence): Promise<Attack[]> {
  const registry = { home: { ...HOME, registry: STRANGER, text: `eip155:31337:${STRANGER}` } }
  const elsewhere = firstOf(issueBatch([credentialJson(3)], registry).certificates)
  const silent = (code: UndeterminedCode): Evidence => ({
    ...honest,
    chain: { observed: false, code, providers: [] },
  })
  return [
    ...(await impostorAttacks()),
    around(
      'I3-own-registry',
      'A registry of his own, with the same code.',
      undetermined('anchor', 'unknown-home'),
      { text: textOf(elsewhere), evidence: { ...honest, home: elsewhere.home.text } },
    ),
    around(
      'I3-other-code',
      'Other code at the address of the registry.',
      undetermined('anchor', 'registry-differs'),
      { evidence: silent('registry-differs') },
    ),
    around(
      'I4-other-network',
      'A chain with the same id and another first block.',
      undetermined('anchor', 'wrong-network'),
      { evidence: silent('wrong-network') },
    ),
    around(
      'I13-status-unreachable',
      'No answer about the status is no good answer.',
      undetermined('status', 'unreachable'),
      { evidence: silent('unreachable') },
    ),
    around(
      'I5-providers-disagree',
      'One of two providers invents the anchor.',
      undetermined('anchor', 'providers-disagree'),
      { evidence: silent('providers-disagree') },
    ),
    around(
      'I5-proof-invalid',
      'Words whose proof does not lead to the agreed block.',
      undetermined('status', 'proof-invalid'),
      { evidence: silent('proof-invalid') },
    ),
    around(
      'I5-level-too-low',
      "One provider's word, where the policy asks for proof.",
      undetermined('anchor', 'level-too-low'),
      { policy: policyJson({ level: 'proven' }) },
    ),
  ]
}

/** Table 2c, when: heads that are old, new or not final, and keys that had no authority at the time. */
export async function timeAttacks(honest: Evidence): Promise<Attack[]> {
  const reorganised = { number: 90, hash: blockHash(90), timestamp: ANCHORED_AT }
  const distant = { number: 100, hash: blockHash(100), timestamp: 1_876_176_000 }
  return [
    around(
      'I6-stale-head',
      'An old head, from before the revocation.',
      undetermined('status', 'stale'),
      {
        now: '2026-06-17T08:54:00Z',
      },
    ),
    around(
      'I6-future-head',
      'A head that has not happened.',
      undetermined('status', 'head-from-future'),
      {
        now: '2026-06-16T08:00:00Z',
      },
    ),
    around(
      'I7-slot-left-out',
      'The status words are not in the evidence: never taken for zero.',
      undetermined('status', 'evidence-missing'),
      { evidence: withChain(honest, { storage: {} }) },
    ),
    around(
      'I8-not-final',
      'Anchored, and still to be reorganised.',
      undetermined('anchor', 'not-final'),
      {
        evidence: withChain(honest, { finalized: reorganised }),
      },
    ),
    around(
      'I10-stolen-operator',
      'Anchored in the very second from which the key is closed.',
      failed('operator', 'operator-closed'),
      { evidence: await withStatus(ledgerOf().close(ISSUER, OPERATOR, ANCHORED_AT)) },
    ),
    around(
      'I11-old-key-anchors-on',
      'Rotated: the old key was closed the second before it anchored once more.',
      failed('operator', 'operator-closed'),
      { evidence: await withStatus(ledgerOf().close(ISSUER, OPERATOR, ANCHORED_AT - 1)) },
    ),
    around(
      'I10-retired-issuer',
      'Anchored after the issuer retired.',
      failed('operator', 'issuer-retired'),
      { evidence: await withStatus(ledgerOf().close(ISSUER, ISSUER, ANCHORED_AT - 1)) },
    ),
    around('validity-expired', 'Past its end.', failed('validity', 'expired'), {
      now: '2029-06-15T00:00:00Z',
      evidence: withChain(honest, { block: distant }),
    }),
  ]
}

/** What the registry says against a certificate. */
export async function statusAttacks(): Promise<Attack[]> {
  const { root } = BATCH
  const other = ledgerOf({ ...BATCH, root: ZERO as typeof root })
  const larger = ledgerOf({ ...BATCH, size: BATCH.size + 1 })
  const flagged = ledgerOf().anchor(ISSUER, root, {
    operator: OPERATOR,
    anchoredAt: ANCHORED_AT,
    size: BATCH.size,
    revoked: true,
  })
  return [
    around('status-revoked', 'Revoked.', failed('status', 'revoked'), {
      evidence: await withStatus(ledgerOf().revoke(ISSUER, root, 3)),
    }),
    around('status-batch-revoked', 'The whole batch.', failed('status', 'batch-revoked'), {
      evidence: await withStatus(flagged),
    }),
    around('status-suspended', 'Suspended.', failed('status', 'suspended'), {
      evidence: await withStatus(ledgerOf().suspend(ISSUER, root, 3)),
    }),
    around(
      'M8-not-anchored',
      'A batch that is anchored nowhere.',
      failed('anchor', 'not-anchored'),
      {
        evidence: await withStatus(other),
      },
    ),
    around('size-differs', 'Anchored with another size.', failed('anchor', 'size-differs'), {
      evidence: await withStatus(larger),
    }),
  ]
}
