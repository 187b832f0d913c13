/** Rows become drafts: what a thread can do that has no store and no master key. */

import { setImmediate as otherWork } from 'node:timers/promises'
import {
  bytesOfHex,
  claimDigest,
  columnsOf,
  commitmentOf,
  credentialOf,
  equalBytes,
  parseCredential,
  parseJson,
  parseTemplate,
  saltsOf,
  sharingParser,
  sharingPrinter,
  splitCredential,
} from '../../src/index.ts'
import type { Committing, JsonObject, Print, RowError, Template } from '../../src/index.ts'
import { freshBytes } from '../keys/fresh.ts'
import { withRandomIds } from './credential-ids.ts'
import { pack } from './frames.ts'
import type { Frame } from './frames.ts'
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
 * it. Commits to what a verifier would read of the credential's bytes: what is known again by its bytes later, when the
 * batch is proven, is known to be what was read here.
 */
export function drafter(): (task: DraftTask) => Promise<(RowDraft | RowFaults)[]> {
  const print = sharingPrinter()
  const parse = sharingParser()
  const templateIn = lastTemplate()
  return async ({ batch, template: file, chainId, issuedAt, rows, cells, frame }) => {
    const template = templateIn(file)
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
      const reread = parseCredential(parse(printed))
      const seed = freshBytes(SEED_BYTES)
      made.push({ bytes, seed, commitment: commitTo(batch, reread, seed, print) })
    }
    return made
  }
}

/** Parts of one batch come one after the other. */
function lastTemplate(): (file: Uint8Array) => Template {
  let last: { readonly file: Uint8Array; readonly template: Template } | undefined
  return (file) => {
    if (last === undefined || !equalBytes(last.file, file)) {
      last = { file, template: parseTemplate(parseJson(file)) }
    }
    return last.template
  }
}

/** The 32 bytes of one commitment. */
function commitTo(
  { home, issuer, pointers }: Committing,
  credential: JsonObject,
  seed: Uint8Array,
  print: Print,
): Uint8Array {
  const { salt, byPointer } = saltsOf(seed, pointers)
  const { visible, claims } = splitCredential(credential, byPointer.keys())
  const digests = new Map(
    [...byPointer].map(([pointer, claimSalt]) => [
      pointer,
      claimDigest(claimSalt, pointer, claims.get(pointer) ?? null),
    ]),
  )
  return bytesOfHex(commitmentOf({ home, issuer, salt, credential: visible, digests }, print))
}
