/** Pages and pictures of shares, made of what each shows at this moment; of one that ended, nothing is kept. */

import { createHash } from 'node:crypto'
import type { Policy, Verdict } from '../../src/index.ts'
import { queueOf } from '../http/queue.ts'
import { Refusal } from '../http/problems.ts'
import type { Pages } from '../pages.ts'
import type { IssuerLook } from '../profile/look.ts'
import type { Sharing, Standing } from '../sharing.ts'
import type { Verifier } from '../verifier.ts'
import { factsOf, vouchedIssuer } from './facts.ts'
import type { PreviewFacts } from './facts.ts'
import { pageOfShare, pageWithoutShare } from './html.ts'
import { openFonts } from './outline.ts'
import type { Fonts } from './outline.ts'
import { paint } from './paint.ts'
import { svgOf } from './picture.ts'

export type ShownPage = { readonly status: 200 | 404 | 410; readonly html: string }

export type Previews = {
  /** With 404 or 410 where there is nothing to show. Throws `Refusal` `unavailable` where the pages are not built. */
  page(id: string): Promise<ShownPage>
  /** A PNG. Throws `Refusal` `not-found`, `gone`, and `busy` where too many are drawn at a time. */
  picture(id: string): Promise<Uint8Array>
}

type Parts = {
  readonly sharing: Pick<Sharing, 'look'>
  readonly verifier: Pick<Verifier, 'verdictOn'>
  readonly pages: Pick<Pages, 'file'>
  readonly policy: Pick<Policy, 'registries'>
  /** Of an issuer of this server; undefined for a stranger, and where it says nothing of its looks. */
  readonly lookOf: (account: string) => Promise<IssuerLook | undefined>
  /** Scheme, host and port under which this server is known. */
  readonly publicUrl: string
  readonly now: () => number
}

/** Drawing keeps a processor busy: one at a time, and few that wait. */
const DRAWING = { running: 1, waiting: 32 }
const MAX_PICTURES = 200
const MAX_NAMES = 2000
/** Who vouches for an issuer is asked anew after this. */
const NAME_MS = 10 * 60_000
/** What reads previews does not wait longer for one. */
const PATIENCE_MS = 3000

export function previewsOf(parts: Parts): Previews {
  const { sharing, pages, policy, publicUrl, lookOf } = parts
  const pictures = new Map<string, { readonly facts: string; readonly png: Uint8Array }>()
  const verdictOn = patientVerdicts(parts)
  const drawing = queueOf(DRAWING)
  let fonts: Promise<Fonts> | undefined
  const factsOn = async ({ id, presentation }: Standing): Promise<PreviewFacts> => {
    const verdict = await verdictOn(id, presentation)
    const issuer = vouchedIssuer(verdict)
    const look = issuer && (await lookOf(issuer.account))
    return factsOf(presentation, verdict, policy, look)
  }
  const draw = (facts: PreviewFacts): Promise<Uint8Array> =>
    drawing.run(async () => {
      fonts ??= openFonts()
      return paint(svgOf(await fonts, facts, new URL(publicUrl).host))
    })
  return {
    page: async (id) => {
      const { bytes } = await pages.file('share.html', undefined)
      const built = new TextDecoder().decode(bytes)
      const share = await orEnded(sharing.look(id))
      if (typeof share === 'number') return { status: share, html: pageWithoutShare(built, 'en') }
      const html = pageOfShare(built, await factsOn(share), `${publicUrl}/s/${id}`)
      return { status: 200, html }
    },
    picture: async (id) => {
      // Asked of the store every time: what was withdrawn, by whichever server, is gone at once.
      const share = await orForgotten(sharing.look(id), () => pictures.delete(id))
      const facts = await factsOn(share)
      const name = createHash('sha256').update(JSON.stringify(facts)).digest('base64url')
      const known = pictures.get(id)
      if (known?.facts === name) return known.png
      const png = await draw(facts)
      keep(pictures, id, { facts: name, png }, MAX_PICTURES)
      return png
    },
  }
}

async function orEnded(looking: Promise<Standing>): Promise<Standing | 404 | 410> {
  try {
    return await looking
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    if (error.code === 'not-found') return 404
    if (error.code === 'gone') return 410
    throw error
  }
}

async function orForgotten(looking: Promise<Standing>, forget: () => void): Promise<Standing> {
  try {
    return await looking
  } catch (error) {
    forget()
    throw error
  }
}

/** The verdict on a share, remembered for a while; undefined where it takes longer than a preview waits. */
function patientVerdicts({ verifier, now }: Pick<Parts, 'verifier' | 'now'>) {
  const known = new Map<string, { readonly until: number; readonly verdict: Verdict }>()
  return async (id: string, presentation: Uint8Array): Promise<Verdict | undefined> => {
    const earlier = known.get(id)
    if (earlier !== undefined && earlier.until > now()) return earlier.verdict
    const patience = AbortSignal.timeout(PATIENCE_MS)
    const late = new Promise<undefined>((resolve) => {
      patience.addEventListener('abort', () => {
        resolve(undefined)
      })
    })
    const judged = verifier.verdictOn(presentation).catch((error: unknown) => {
      // Too many wait for a verdict: the preview does without.
      if (error instanceof Refusal) return undefined
      throw error
    })
    const verdict = await Promise.race([judged, late])
    // What could not be seen is asked again with the next preview.
    if (verdict !== undefined && verdict.outcome !== 'undetermined') {
      keep(known, id, { until: now() + NAME_MS, verdict }, MAX_NAMES)
    }
    return verdict
  }
}

/** The one that was kept first makes room. */
function keep<T>(kept: Map<string, T>, id: string, value: T, most: number): void {
  kept.delete(id)
  const [first] = kept.keys()
  if (first !== undefined && kept.size >= most) kept.delete(first)
  kept.set(id, value)
}
