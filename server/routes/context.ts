import type { Documents } from '../ipfs/documents.ts'
import type { Store } from '../storage/store.ts'
import type { Verifier } from '../verifier.ts'

/** What the endpoints need; none of them sees a key that signs or the master key. */
export type RouteContext = {
  readonly store: Store
  readonly documents: Documents
  readonly verifier: Verifier
}
