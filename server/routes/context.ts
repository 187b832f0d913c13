import type { TagOf } from '../http/idempotency.ts'
import type { Metrics } from '../http/metrics.ts'
import type { ApiKeys } from '../keys/api-keys.ts'
import type { Sessions } from '../keys/sessions.ts'
import type { Documents } from '../ipfs/documents.ts'
import type { ServedIssuer } from '../issuer.ts'
import type { LinkRequests } from '../outgoing.ts'
import type { Pages } from '../pages.ts'
import type { Previews } from '../previews/previews.ts'
import type { Readiness } from '../readiness.ts'
import type { Sharing } from '../sharing.ts'
import type { Store } from '../storage/store.ts'
import type { Counter } from '../tally.ts'
import type { Verifier } from '../verifier.ts'

/** What the endpoints need; none of them sees a key that signs or the master key. */
export type RouteContext = {
  readonly store: Store
  readonly documents: Documents
  readonly verifier: Verifier
  readonly apiKeys: ApiKeys
  readonly sessions: Sessions
  /** Where holders and the console find this server, without a slash at its end. */
  readonly publicUrl: string
  /**
   * What an issuer does, its own and nobody else's: for `caller.issuer`, in the name of `caller.keyId`. Throws
   * `IssuingError` `no-such-issuer`.
   */
  readonly as: (issuer: string, actor: string) => ServedIssuer
  /** What the policy of this server calls an account (CAIP-10), if it names it. */
  readonly nameOf: (account: string) => string | undefined
  readonly sharing: Sharing
  /** Counts, and nothing of who or which. */
  readonly counter: Pick<Counter, 'count' | 'flush'>
  /** For a learner who lost a link. Throws `IssuingError` `no-mail`, `locked`. */
  readonly requestLinks: LinkRequests['requestLinks']
  /** Tags under an issuer's master key; undefined on a server without the passphrase. */
  readonly tagOf: TagOf | undefined
  /** The policy by which this server judges, as its bytes are. */
  readonly policy: Uint8Array
  readonly pages: Pages
  readonly previews: Previews
  readonly metrics: Metrics
  readonly readiness: () => Promise<Readiness>
  readonly now: () => number
}
