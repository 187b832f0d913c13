/** What a holder makes of a certificate, all of it in the browser; the heavy parts come when they are asked for. */
import type { Certificate } from '../../src/index.ts'
import type { BadgeOptions } from './badge.ts'
import type { PaperOptions } from './paper/paper.ts'

export type { BadgeOptions, PaperOptions }

/** An A4 PDF with the certificate attached to it. Rejects where this site does not give its fonts. */
export async function makePdf(
  certificate: Certificate,
  options: PaperOptions,
): Promise<Uint8Array> {
  const { makePaper } = await import('./paper/paper.ts')
  return makePaper(certificate, options)
}

/** A badge with the certificate in it. */
export async function makeBadge(
  kind: 'png' | 'svg',
  certificate: Certificate,
  options: BadgeOptions,
): Promise<Uint8Array> {
  const { badgePng, badgeSvg } = await import('./badge.ts')
  return kind === 'png' ? badgePng(certificate, options) : badgeSvg(certificate, options)
}
