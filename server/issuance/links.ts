/** The links of an anchored batch, derived anew from its secret; erased certificates have none any more. */

import { setImmediate as otherWork } from 'node:timers/promises'
import { holderLinks, linkSecretOf } from '../../src/index.ts'
import type { AnchoredBatch } from '../storage/store.ts'
import { IssuingError } from './errors.ts'
import { parseLearner, places } from './parts.ts'
import type { IssuingParts } from './parts.ts'
import { CHUNK } from './steps.ts'
import { secretOf } from './seal.ts'
import type { IssuedBatch, IssuedLink, IssueReport, RowWarning } from './types.ts'

type LinkParts = Pick<IssuingParts, 'store' | 'vaultAt' | 'publicUrl'>

/**
 * In the order of the file, some at a time: those of a million certificates are never in memory together. Throws
 * `IssuingError` `delivered` before the first, where permanent links were handed out and forgotten.
 */
export function linksOf(
  parts: LinkParts,
  batch: AnchoredBatch,
  linkBase = parts.publicUrl,
): AsyncIterable<readonly IssuedLink[]> {
  if (batch.sealedSecret === undefined) {
    throw new IssuingError('delivered', 'these permanent links were delivered and forgotten')
  }
  return pagesOf(parts, batch, secretOf(parts, batch), linkBase)
}

async function* pagesOf(
  { store, vaultAt }: LinkParts,
  { id, masterVersion }: AnchoredBatch,
  secret: Uint8Array,
  linkBase: string,
): AsyncGenerator<readonly IssuedLink[]> {
  const vault = vaultAt(masterVersion)
  const linkOf = holderLinks(linkBase)
  for (let after = -1; ;) {
    const page = await store.certificatesByRow(id, after, CHUNK)
    const links: IssuedLink[] = []
    for (const { row, index, cid, sealing, sealedLearner } of page) {
      after = row
      if (sealedLearner === undefined) continue
      const link = linkOf(cid, linkSecretOf(secret, index, sealing))
      const learner = parseLearner(vault.open(sealedLearner, places.learner(id, row)))
      links.push({ row, index, cid, link, learner })
    }
    yield links
    if (page.length < CHUNK) return
    await otherWork()
  }
}

/** What is told of a batch that is anchored. Throws as `linksOf` does. */
export function issuedOf(parts: LinkParts, batch: AnchoredBatch, linkBase?: string): IssuedBatch {
  const linkPages = linksOf(parts, batch, linkBase)
  const { id, root, size, home, issuer, operator, anchoredAt, transaction } = batch
  return {
    batchId: id,
    root,
    size,
    home,
    issuer,
    operator,
    anchoredAt,
    ...(transaction === undefined ? {} : { transaction }),
    warnings: parseWarnings(batch.warnings),
    linkPages,
  }
}

/** The same with all links in one list, for batches that are not large. */
export async function withLinks({ linkPages, ...report }: IssuedBatch): Promise<IssueReport> {
  const links: IssuedLink[] = []
  for await (const page of linkPages) links.push(...page)
  return { ...report, links }
}

/** JSON that this service wrote. */
export function parseWarnings(text: string): RowWarning[] {
  return JSON.parse(text) as RowWarning[]
}
