/** Whoever has every file that is left, and a list of people whom the erased learner may be. */
import { createHash } from 'node:crypto'
import { digestOf } from '../../../server/issuance/draft.ts'
import { comparable } from '../../../server/issuance/learners.ts'
import { achievementTags, tagsOfLearner } from '../../../server/issuance/search.ts'
import type { IssueRequest, Learner } from '../../../server/issuance/types.ts'
import { fileSource } from '../../../server/rows/source.ts'
import type { Vault } from '../../../server/keys/vault.ts'
import { keccak256 } from 'ethers'
import type { Template } from '../../../src/index.ts'
import { copiedFiles } from '../../support/copied.ts'

const WINDOW = 8
const FILTER_BITS = 28

/** Everything in some folders, read once for all needles: each has eight bytes or more. */
export type Haystack = {
  holds(needle: Uint8Array): boolean
  /** Of many needles, those that stand somewhere. */
  among(needles: Iterable<Uint8Array>): Uint8Array[]
}

export async function haystackOf(folders: readonly string[]): Promise<Haystack> {
  const contents: Buffer[] = []
  for (const folder of folders) {
    contents.push(...(await copiedFiles(folder)).map(({ bytes }) => bytes))
  }
  return {
    holds: (needle) => contents.some((content) => content.includes(Buffer.from(needle))),
    among: (needles) => among(contents, needles),
  }
}

/** One walk over all contents: at each place a filter says whether a needle may begin there. */
function among(contents: readonly Buffer[], needles: Iterable<Uint8Array>): Uint8Array[] {
  const filter = new Uint8Array(2 ** (FILTER_BITS - 3))
  const byBeginning = new Map<string, Buffer[]>()
  for (const needle of needles) {
    const bytes = Buffer.from(needle)
    const bit = bitOf(bytes, 0)
    filter[bit >>> 3] = (filter[bit >>> 3] ?? 0) | (1 << (bit & 7))
    const beginning = bytes.toString('latin1', 0, WINDOW)
    byBeginning.set(beginning, [...(byBeginning.get(beginning) ?? []), bytes])
  }
  const found = new Set<Buffer>()
  for (const content of contents) {
    for (let at = 0; at + WINDOW <= content.length; at += 1) {
      const bit = bitOf(content, at)
      if (((filter[bit >>> 3] ?? 0) & (1 << (bit & 7))) === 0) continue
      for (const one of byBeginning.get(content.toString('latin1', at, at + WINDOW)) ?? []) {
        if (content.subarray(at, at + one.length).equals(one)) found.add(one)
      }
    }
  }
  return [...found]
}

function bitOf(bytes: Buffer, at: number): number {
  const mixed =
    Math.imul(bytes.readUInt32LE(at), 0x9e3779b1) ^
    Math.imul(bytes.readUInt32LE(at + 4), 0x85ebca6b)
  return (mixed ^ (mixed >>> 15)) >>> (32 - FILTER_BITS)
}

/** What a person may stand as, or be hashed as, where nobody has a key. */
export function* formsOf({ name, email, externalId }: Learner): Generator<Uint8Array> {
  const values = [name, email, externalId].filter((one) => one !== undefined)
  for (const value of values) {
    for (const text of new Set([value, comparable(value)])) {
      const bytes = Buffer.from(text)
      if (bytes.length >= WINDOW) yield bytes
      yield* spelt(createHash('sha256').update(bytes).digest())
      yield* spelt(Buffer.from(keccak256(bytes).slice(2), 'hex'))
    }
  }
}

/** What the master key makes of a person: the tags of the index, cut and whole. */
export function* tagsOf(vault: Vault, learner: Learner, template: Template): Generator<Uint8Array> {
  const ofAchievement = achievementTags(vault, learner, template)
  for (const tag of [...tagsOfLearner(vault, learner), ...ofAchievement]) {
    const bytes = Buffer.alloc(WINDOW)
    bytes.writeBigInt64BE(tag)
    yield bytes
    yield Buffer.from(bytes).reverse()
    yield Buffer.from(bytes.toString('hex'))
  }
}

/** What the master key makes of the whole file, where only one row is to be guessed. */
export async function* requestTagsOf(
  vault: Vault,
  request: IssueRequest,
): AsyncGenerator<Uint8Array> {
  const intake = { ...request, rows: fileSource(request.rows) }
  yield* spelt(Buffer.from(vault.tag(await digestOf(intake), 'request-digest')))
  const key = request.idempotencyKey ?? ''
  yield* spelt(Buffer.from(vault.tag(key, 'idempotency-key')))
}

function* spelt(bytes: Buffer): Generator<Uint8Array> {
  yield bytes
  yield Buffer.from(bytes.toString('hex'))
  yield Buffer.from(bytes.toString('base64url'))
}

/** Ten thousand people, one of whom it was. */
export function dictionaryWith(victim: Learner): Learner[] {
  const given = [
    'Alma',
    'Bruno',
    'Chloé',
    'David',
    'Élise',
    'Farid',
    'Gaël',
    'Hélène',
    'Inès',
    'Jonas',
  ]
  const people = Array.from({ length: 9_999 }, (_, i): Learner => {
    const first = given[i % given.length] ?? ''
    return {
      name: `${first} Candidat${i}`,
      email: `${first}.candidat${i}@courriel.example`.toLowerCase(),
      externalId: `A-2026-${1000 + i}`,
    }
  })
  return [...people.slice(0, 7000), victim, ...people.slice(7000)]
}
