/** Drafts on their way to the store: those of a large batch in pages, those of any other each in its row. */

import { setImmediate as otherWork } from 'node:timers/promises'
import { invariant, parseCredential, parseJson, utf8 } from '../../src/index.ts'
import type { Credential } from '../../src/index.ts'
import type { DraftCertificate, SealedPage } from '../storage/store.ts'
import { draftPages } from './draft-pages.ts'
import type { DraftPage } from './draft-pages.ts'
import { frameOf, pack, printFrame } from './frames.ts'
import type { Frame } from './frames.ts'
import { places } from './parts.ts'
import type { IssuingParts, Work } from './parts.ts'
import { CHUNK } from './steps.ts'
import { randomOrder } from './shuffle.ts'
import type { Learner } from './types.ts'

/** Which of the two it is, is not known before so many are there, at most: until then they are held. */
const MOST_HELD = 4096
const NO_BYTES = new Uint8Array()
/** Some 2 MB: each time the store forces to disk what it was given. */
const PAGES_A_STEP = 64

/** A row that was committed to. */
export type Drafted = {
  readonly row: number
  readonly commitment: Uint8Array
  readonly seed: Uint8Array
  /** The credential's canonical bytes, packed where the keeper told a frame. */
  readonly bytes: Uint8Array
  readonly learner: Learner
  readonly tags: readonly bigint[]
}

export type DraftKeeper = {
  /** The next rows, in the order of the file. */
  keep(drafts: readonly Drafted[]): Promise<void>
  /** What credentials are packed with: undefined until there are so many that it is worth it. */
  frame(): Frame | undefined
  /** Keeps what is still held, and answers with the index of each row, in the order of the file. */
  end(): Promise<Uint32Array>
}

export function draftKeeper(parts: IssuingParts, work: Work): DraftKeeper {
  const { store, vault, lender } = parts
  const { batchId } = work
  const pagedFrom = Math.min(lender.largeFrom, MOST_HELD)
  let held: Drafted[] = []
  let frame: Frame | undefined
  let paged: ReturnType<typeof pagesOf> | undefined
  return {
    frame: () => frame,
    keep: async (drafts) => {
      if (paged === undefined) {
        held.push(...drafts)
        if (held.length < pagedFrom) return
        const made = frameOf(exampleIn(held))
        await store.keepFrame(
          batchId,
          work.lease(),
          vault.seal(printFrame(made), places.frame(batchId)),
        )
        paged = pagesOf(parts, work, made)
        frame = made
        const keeper = paged
        await inSteps(held, (some) => keeper.keep(some))
        held = []
      } else await paged.keep(drafts)
    },
    end: async () => {
      if (paged !== undefined) return paged.end()
      await inSteps(held, (some) => {
        const rows = some.map((one) => inRow(parts, batchId, one))
        return store.addDrafts(batchId, work.lease(), rows)
      })
      return randomOrder(held.length)
    },
  }
}

/** A credential of the batch, for what all of them share. */
function exampleIn([first]: readonly Drafted[]): Credential {
  invariant(first !== undefined, 'a draft is made of a credential')
  return parseCredential(parseJson(first.bytes))
}

function pagesOf(
  { store, vault }: IssuingParts,
  work: Work,
  frame: Frame,
): Omit<DraftKeeper, 'frame'> {
  const { batchId } = work
  const pages = draftPages()
  let full: SealedPage[] = []
  const seal = ({ bytes, ...page }: DraftPage): void => {
    const place = places.draftPage(batchId, page.bucket, page.page)
    full.push({ ...page, sealed: vault.seal(bytes, place) })
  }
  const addFull = async (): Promise<void> => {
    const adding = full
    full = []
    await inSteps(adding, (some) => store.addPages(batchId, work.lease(), some), PAGES_A_STEP)
  }
  return {
    keep: async (drafts) => {
      const rows = drafts.map((one) => ({
        ...rowOf(vault, batchId, one),
        sealedSeed: NO_BYTES,
        sealedCredential: undefined,
      }))
      await store.addDrafts(batchId, work.lease(), rows)
      for (const { row, seed, bytes } of drafts) {
        const page = pages.add({ row, seed, credential: pack(bytes, frame) })
        if (page !== undefined) seal(page)
      }
      if (full.length >= PAGES_A_STEP) await addFull()
    },
    end: async () => {
      for (const page of pages.rest()) seal(page)
      await addFull()
      return pages.order()
    },
  }
}

/** A draft that has all that it needs in its row. */
export function inRow(
  { vault }: Pick<IssuingParts, 'vault'>,
  batchId: string,
  draft: Drafted,
): DraftCertificate {
  const { row, seed, bytes } = draft
  return {
    ...rowOf(vault, batchId, draft),
    sealedSeed: vault.seal(seed, places.seed(batchId, row)),
    sealedCredential: vault.seal(bytes, places.credential(batchId, row)),
  }
}

function rowOf(
  vault: IssuingParts['vault'],
  batchId: string,
  { row, commitment, learner, tags }: Drafted,
): Omit<DraftCertificate, 'sealedSeed' | 'sealedCredential'> {
  return {
    row,
    commitment,
    sealedLearner: vault.seal(utf8(JSON.stringify(learner)), places.learner(batchId, row)),
    tags,
    isAddressed: learner.email !== undefined,
  }
}

/** Others have their turn between the steps. */
async function inSteps<One>(
  all: readonly One[],
  step: (some: readonly One[]) => Promise<void>,
  each = CHUNK,
): Promise<void> {
  for (let from = 0; from < all.length; from += each) {
    if (from > 0) await otherWork()
    await step(all.slice(from, from + each))
  }
}
