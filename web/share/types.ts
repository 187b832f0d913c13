/** What the pieces of sharing are told by the certificate page. */
import type { Certificate, HolderLink } from '../../src/index.ts'

export type ShareSheetProps = {
  /** Whose link it is: origin, CID and secret, in memory alone. */
  readonly holder: HolderLink
  readonly certificate: Certificate
  readonly isOpen: boolean
  readonly onClose: () => void
}
