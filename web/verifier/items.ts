/** What a reader brought, one entry each, and how far it is. */
import type { FormatError, Profile, Replay, Report } from '../../src/index.ts'
import type { Opened } from '../engine/holder.ts'
import type { Judged, ReadPolicy } from '../engine/judge.ts'
import type { Link, Shared } from './links.ts'
import type { Found, WhyNothing } from './reading.ts'

export type ItemState =
  /** What is asked of another host than this page's waits for its reader's word. */
  | { readonly step: 'ask'; readonly link: Link }
  | { readonly step: 'opening'; readonly link: Link }
  | { readonly step: 'checking'; readonly bytes: Uint8Array }
  | {
      readonly step: 'judged'
      readonly bytes: Uint8Array
      readonly judged: Judged
      /** How its issuer wants it to look; undefined where nobody is asked for that. */
      readonly profile: Profile | undefined
    }
  | { readonly step: 'replayed'; readonly report: Report; readonly replay: Replay }
  /** What stood behind a link, where that is no certificate. */
  | { readonly step: 'told'; readonly link: Link; readonly told: Exclude<Opened | Shared, Open> }
  /** Somebody's policy: it judges nothing before its reader says so. */
  | { readonly step: 'policy'; readonly policy: ReadPolicy }
  | { readonly step: 'nothing'; readonly why: WhyNothing }
  | {
      readonly step: 'broken'
      readonly what: 'report' | 'policy'
      readonly error: FormatError
    }
type Open = { readonly state: 'open' }

export type Item = {
  readonly id: number
  /** A file's name, or where a link leads: as whoever made it wrote it. Empty for a text. */
  readonly label: string
  readonly state: ItemState
  /** The link of the certificate that replaces it, where its issuer's server leads to one. */
  readonly successor?: string | undefined
}

/** How what was found begins; a report that cannot be judged again is broken. */
export function beginningOf(
  found: Found,
  isOwnHost: (origin: string) => boolean,
  judgeAgain: (report: Report) => Replay | FormatError,
): ItemState {
  switch (found.kind) {
    case 'document':
      return { step: 'checking', bytes: found.bytes }
    case 'link': {
      const { link } = found
      return { step: isOwnHost(link.origin) ? 'opening' : 'ask', link }
    }
    case 'report': {
      const replay = judgeAgain(found.report)
      if (replay instanceof Error) return { step: 'broken', what: 'report', error: replay }
      return { step: 'replayed', report: found.report, replay }
    }
    case 'policy':
      return { step: 'policy', policy: found.policy }
    case 'nothing':
      return { step: 'nothing', why: found.why }
    case 'broken':
      return { step: 'broken', what: found.what, error: found.error }
  }
}
