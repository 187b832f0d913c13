/** Bundles that are what they say, and what a reader makes of their block, their status and their issuer. */
import { readFileSync } from 'node:fs'
import { base64urlOf } from '../../../src/index.ts'
import { accreditedOnly } from './chain.ts'
import { blockOf, invalid, movedHeader, timeFrom, undetermined, VALID, vector } from './material.ts'
import { without } from './spoiling.ts'
import type { Material } from './material.ts'
import type { EvidenceVector } from './judge.ts'

export function soundVectors({ chain, early, late, own }: Material): EvidenceVector[] {
  const context = readFileSync(new URL('../../../contexts/inaltera-v1.jsonld', import.meta.url))
  return [
    vector(chain, 'valid', 'A certificate as of the block that the policy pins.', early, VALID),
    vector(chain, 'valid-later', 'The same with newer evidence.', late, VALID),
    vector(chain, 'as-of', 'A moment between anchor and block.', early, VALID, {
      asOf: timeFrom(early, -12),
    }),
    vector(
      chain,
      'zero-kept',
      'Anchored by the issuer itself, whose record the contract found to be zero: this chain keeps that zero in its trie.',
      own,
      VALID,
    ),
    vector(
      chain,
      'context-kept',
      'The bytes of a context stand in the bundle.',
      {
        ...early,
        contexts: [{ url: 'https://w3id.org/inaltera/v1', content: base64urlOf(context) }],
      },
      VALID,
    ),
    vector(
      chain,
      'final-block-unknown',
      'The final block is not pinned: nothing follows from it, and nothing against it.',
      { ...early, finalizedHeader: '0xc0' },
      VALID,
    ),
  ]
}

/** Who stands behind the issuer, as far as a file can show it. */
export function groundVectors({ chain, early, named, accredited }: Material): EvidenceVector[] {
  const strangers = accreditedOnly(chain)
  return [
    vector(
      chain,
      'accredited',
      'An accreditor of the policy vouches; the name is in the record.',
      accredited,
      VALID,
      { change: strangers },
    ),
    vector(chain, 'profile', 'An issuer by another name, listed in its profile.', named, VALID),
    vector(
      chain,
      'unvouched',
      'Evidence of a named issuer, read by somebody whose accreditor says nothing there.',
      early,
      undetermined('issuer', 'evidence-missing'),
      { change: strangers },
    ),
    vector(
      chain,
      'nobody-vouches',
      'The policy trusts nobody.',
      early,
      undetermined('issuer', 'issuer-unvouched'),
      { change: { issuers: [] } },
    ),
    vector(
      chain,
      'domain-unasked',
      'Without a network no domain can be asked.',
      early,
      undetermined('issuer', 'domain-unavailable'),
      { change: { issuers: [], domains: ['school.example'] } },
    ),
    vector(
      chain,
      'profile-missing',
      'The profile that would list the issuer is left out.',
      without(named, 'profile'),
      undetermined('issuer', 'profile-unavailable'),
    ),
  ]
}

export function statusVectors({ chain, before, after, suspended }: Material): EvidenceVector[] {
  return [
    vector(
      chain,
      'before-revocation',
      'Revoked later: evidence from before says what stood at its block, and no more.',
      before,
      VALID,
    ),
    vector(
      chain,
      'revoked-later',
      'The same certificate with evidence from after its revocation.',
      after,
      invalid('status', 'revoked'),
    ),
    vector(
      chain,
      'revoked-date-unknown',
      'Asked for a moment before the block, nothing tells when it was revoked.',
      after,
      undetermined('status', 'status-date-unknown'),
      { asOf: timeFrom(after, -12) },
    ),
    vector(
      chain,
      'suspended',
      'Suspended at the block.',
      suspended,
      invalid('status', 'suspended'),
    ),
    vector(
      chain,
      'as-of-after-block',
      'Evidence says nothing of what came after it.',
      before,
      undetermined('anchor', 'as-of-after-evidence'),
      { asOf: timeFrom(before, 12) },
    ),
  ]
}

export function blockVectors(material: Material): EvidenceVector[] {
  const { chain, early, late, fresh } = material
  const unconfirmed = undetermined('anchor', 'header-not-confirmed')
  return [
    vector(
      chain,
      'header-not-pinned',
      'A real block that the policy does not pin.',
      early,
      unconfirmed,
      {
        pinned: [late],
      },
    ),
    vector(
      chain,
      'header-number-differs',
      'The hash is pinned under another number.',
      early,
      unconfirmed,
      { checkpoints: [{ number: blockOf(early).number + 1, hash: blockOf(early).hash }] },
    ),
    vector(
      chain,
      'header-invented',
      'A header of one’s own making: the time is a year later.',
      { ...early, header: movedHeader(early, 31_536_000) },
      unconfirmed,
      { pinned: [early] },
    ),
    vector(
      chain,
      'header-unreadable',
      'No header at all.',
      { ...early, header: '0xc0' },
      unconfirmed,
      {
        pinned: [early],
      },
    ),
    vector(
      chain,
      'not-final',
      'Anchored in the very block that is pinned.',
      fresh,
      undetermined('anchor', 'not-final'),
    ),
    vector(
      chain,
      'final-by-later-block',
      'The same, with a later block as the final one, which is pinned too.',
      { ...early, finalizedHeader: late['header'] },
      VALID,
      { pinned: [early, late] },
    ),
  ]
}
