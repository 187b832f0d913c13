/** The certificates of an issuer: found by their learner, looked at, and acted on. */
import type { Place } from '../place.ts'
import { CorrectScreen } from './correct.tsx'
import { Details } from './details.tsx'
import { CertificateList } from './list.tsx'
import './certificates.css'

/** `#/certificates`, `#/certificates/<cid>`, `#/certificates/<cid>/correct`. */
export function CertificatesPlace({ place }: { readonly place: Place }) {
  const [cid, what] = place.path
  if (cid === undefined) return <CertificateList />
  if (what === 'correct') return <CorrectScreen key={cid} cid={cid} />
  return <Details key={cid} cid={cid} />
}
