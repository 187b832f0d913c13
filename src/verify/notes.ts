import type { Certificate } from '../certificate.ts'
import { issuerName, validFrom } from '../credential/credential.ts'
import { subjectOf } from '../credential/disclosure.ts'
import { nameOf } from '../credential/pointer.ts'
import { instantOfSeconds, printInstant } from '../primitives/time.ts'
import type { IssuerJudgement } from './issuer-check.ts'
import type { Note } from './verdict.ts'
import type { ChainView, Observed } from './view.ts'

/** Members of a subject that tell who the learner is; at least one must show for a certificate to name anybody. */
const IDENTITY = ['givenName', 'familyName', 'name', 'birthDate', 'email', 'identifier']
/** A claimed start of validity more than a day before the only proven date deserves a word (nanoseconds). */
const ONE_DAY = 86_400_000_000_000n

/** Warnings beside the checks; none of them changes the outcome. */
export function notesOf(
  certificate: Certificate,
  view: Observed<ChainView>,
  issuer: IssuerJudgement,
  anchoredAt: number | undefined,
): Note[] {
  const notes: Note[] = []
  if (view.known) {
    const { pin, chain } = view.value
    if (pin.kind === 'local') notes.push({ code: 'local-network' })
    if (pin.kind === 'test') notes.push({ code: 'test-network' })
    if (chain.level === 'reported') notes.push({ code: 'one-provider' })
    for (const code of chain.shortfalls ?? []) notes.push({ code })
  }
  for (const pointer of [...certificate.hidden.keys()].sort()) {
    notes.push({ code: 'claims-hidden', about: pointer })
  }
  if (!showsIdentity(certificate)) notes.push({ code: 'no-identity-shown' })
  if (certificate.otherProofs.length > 0) notes.push({ code: 'other-proofs-not-checked' })
  const from = validFrom(certificate.credential)
  if (anchoredAt !== undefined && from + ONE_DAY < instantOfSeconds(anchoredAt)) {
    notes.push({ code: 'valid-from-before-anchor', about: printInstant(from) })
  }
  const claimed = claimedNameOf(certificate)
  if (claimed !== null && claimed !== issuer.name) {
    notes.push({ code: 'issuer-name-is-its-own-claim', about: claimed })
  }
  if (issuer.domain !== null) notes.push({ code: 'domain-confirms', about: issuer.domain })
  for (const domain of issuer.disagreeing) notes.push({ code: 'domain-disagrees', about: domain })
  return notes
}

/** The issuer's name as the document itself states it: its own claim and no more. */
export function claimedNameOf(certificate: Certificate): string | null {
  return issuerName(certificate.credential) ?? null
}

function showsIdentity(certificate: Certificate): boolean {
  const hidden = new Set([...certificate.hidden.keys()].map(nameOf))
  const subject = subjectOf(certificate.credential)
  return IDENTITY.some((name) => !hidden.has(name) && Object.hasOwn(subject, name))
}
