/** What the pieces of sharing are told by the certificate page. */
import type { Certificate, HolderLink, Profile } from '../../src/index.ts'
import type { Judged } from '../engine/judge.ts'

export type ShareSheetProps = {
  /** Whose link it is: origin, CID and secret, in memory alone. */
  readonly holder: HolderLink
  readonly certificate: Certificate
  /** The verdict that the page shows, so that the preview names the issuer as others will see it. */
  readonly judged?: Pick<Judged, 'verdict' | 'evidence' | 'document'> | undefined
  /** As the issuer bound it to its account: how the preview looks. */
  readonly profile?: Profile | undefined
  /** What the link is wanted for; to share it in any way where nothing is said. */
  readonly purpose?: 'share' | 'linkedin' | undefined
  readonly isOpen: boolean
  readonly onClose: () => void
}
