/** Where LinkedIn takes a certificate into a profile, and a link into a post. */
import { title } from '../../src/index.ts'
import type { Certificate } from '../../src/index.ts'

type ProfileEntry = {
  readonly certificate: Pick<Certificate, 'credential'>
  /** The headline; undefined where nobody vouches: then the learner says there who it was. */
  readonly issuerName: string | undefined
  /** The number of the issuer's LinkedIn page, where it is known: then its logo shows. Only with a headline. */
  readonly organizationId?: string | undefined
  /** The link of a share: never a holder link, whose secret would be public. */
  readonly shareUrl: string
}

/** The form “Add licence or certification” with its fields filled. Nothing is sent before the learner says so there. */
export function linkedInUrl(entry: ProfileEntry): string {
  const { certificate, issuerName, organizationId, shareUrl } = entry
  const { credential } = certificate
  const fields: readonly (readonly [string, string | undefined])[] = [
    ['startTask', 'CERTIFICATION_NAME'],
    ['name', title(credential)],
    organizationId === undefined || issuerName === undefined
      ? ['organizationName', issuerName]
      : ['organizationId', organizationId],
    ...monthOf('issue', credential['awardedDate'] ?? credential['validFrom']),
    ...monthOf('expiration', credential['validUntil']),
    ['certUrl', shareUrl],
    ['certId', typeof credential['id'] === 'string' ? credential['id'] : undefined],
  ]
  const query = fields
    .flatMap(([name, value]) => (value === undefined ? [] : `${name}=${encodeURIComponent(value)}`))
    .join('&')
  return `https://www.linkedin.com/profile/add?${query}`
}

/** A post about the link: LinkedIn reads its title and picture from the page itself. */
export function linkedInPostUrl(shareUrl: string): string {
  return `https://www.linkedin.com/sharing/share-offsite/?url=${encodeURIComponent(shareUrl)}`
}

/** Year and month as the document writes them, in the offset of where it was issued; the month without a zero. */
function monthOf(kind: 'issue' | 'expiration', time: unknown): (readonly [string, string])[] {
  const [, year, month] = /^(\d{4})-(\d{2})-/.exec(typeof time === 'string' ? time : '') ?? []
  if (year === undefined || month === undefined) return []
  return [
    [`${kind}Year`, year],
    [`${kind}Month`, String(Number(month))],
  ]
}
