/** Rows become drafts: what a thread can do that has no store and no master key. */

import { setImmediate as otherWork } from 'node:timers/promises'
import {
  columnsOf,
  committer,
  credentialOf,
  equalBytes,
  invariant,
  parseJson,
  parseTemplate,
  sharingPrinter,
  sharingReader,
} from '../../src/index.ts'
import type { Committing, RowError } from '../../src/index.ts'
import { freshBytes } from '../keys/fresh.ts'
import { withRandomIds } from './credential-ids.ts'
import { pack } from './frames.ts'
import type { Frame } from './frames.ts'
import { lastMade } from './last-made.ts'
import { STEP } from './steps.ts'

const SEED_BYTES = 32

export type DraftTask = {
  readonly kind: 'draft'
  readonly batch: Committing
  /** The template's file. */
  readonly template: Uint8Array
  readonly chainId: string
  /** RFC 3339. */
  readonly issuedAt: string
  readonly rows: number
  /** Of each row, one after the other, a cell for each column of the template, in its order. */
  readonly cells: readonly string[]
  /** What credentials are packed with, where it is known. */
  readonly frame?: Frame | undefined
}

/** A credential, committed to: its canonical bytes, packed or whole, and the seed of its salts. */
export type RowDraft = {
  readonly bytes: Uint8Array
  readonly seed: Uint8Array
  /** 32 bytes. */
  readonly commitment: Uint8Array
}
export type RowFaults = { readonly faults: readonly RowError[] }

/**
 * Makes drafts of the rows of one part after the other: for each row one, or everything that the template finds wrong with
 * it. What it commits to is what a verifier reads of the credential's bytes: what is known again by its bytes later, when
 * the batch is proven, is known to be what was read here.
 */
export function drafter(): (task: DraftTask) => Promise<(RowDraft | RowFaults)[]> {
  const print = sharingPrinter()
  const reads = sharingReader()
  const templateIn = lastMade((file: Uint8Array) => parseTemplate(parseJson(file)), equalBytes)
  const committerFor = lastMade(committer, isSame)
  return async ({ batch, template: file, chainId, issuedAt, rows, cells, frame }) => {
    const template = templateIn(file)
    const commit = committerFor(batch)
    const columns = [...columnsOf(template)]
    const issuer = { chainId, address: batch.issuer }
    const made: (RowDraft | RowFaults)[] = []
    for (let row = 0; row < rows; row += 1) {
      // Whoever shares the thread gets its turn.
      if (row % STEP === STEP - 1) await otherWork()
      const named = columns.map((column, at) => {
        return [column, cells[columns.length * row + at] ?? ''] as const
      })
      const read = credentialOf(template, new Map(named), withRandomIds({ issuer, issuedAt }))
      if ('rowErrors' in read) {
        made.push({ faults: read.rowErrors })
        continue
      }
      const printed = print(read.credential)
      const bytes = frame === undefined ? printed.slice() : pack(printed, frame)
      invariant(reads(printed, read.credential), 'a credential is read as it was made')
      const seed = freshBytes(SEED_BYTES)
      made.push({ bytes, seed, commitment: commit(read.credential, seed) })
    }
    return made
  }
}

function isSame(a: Committing, b: Committing): boolean {
  return a.home === b.home && a.issuer === b.issuer && a.pointers.join() === b.pointers.join()
}
