/**
 * Plain loops over what issuing is made of, with nothing around them: how long each takes on this machine, microseconds.
 * Together they are what a stage cannot go below while it does these things, by these engines.
 */
import { createCipheriv, createSecretKey, hash, randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { parse } from 'csv-parse/sync'
import { canonicalText, hashKernel } from '../src/index.ts'
import { sampleBatch, sampleCredential, sampleRow, sampleTemplate } from './sample.ts'

const EACH = 4_000
const ROUNDS = 3
const CHUNK = 1 << 20
/** Where a shuffled batch lies; a row's own index and three hashes beside it. */
const ROW_BYTES = { seed: 60, learner: 180, hashes: 32 } as const
const TAGS = 6
const PATH_BYTES = 640

/** `sealedBytes`: of a sealed document on disk. */
export function primitivesOf(folder: string, sealedBytes: number): Record<string, number> {
  const template = sampleTemplate()
  const credential = sampleCredential(template, sampleRow(1))
  const text = canonicalText(credential)
  const [document = new Uint8Array()] = sampleBatch(1, 4096).documents
  const sealed = randomBytes(Math.round(sealedBytes))
  const own = Buffer.from(text)
  const printed = Buffer.from(document).toString()
  return {
    'CSV row': csv(),
    'JSON printed, credential': micros(() => Buffer.from(JSON.stringify(credential))),
    'JSON printed, certificate': printing(printed),
    'JSON read, certificate': micros(() => JSON.parse(printed)),
    'SHA-256, credential': micros(() => hash('sha256', own, 'buffer')),
    'SHA-256, sealed': micros(() => hash('sha256', sealed, 'buffer')),
    'AES-256-GCM, credential': micros(() => encrypt(own)),
    'AES-256-GCM, sealed': micros(() => encrypt(sealed)),
    'Keccak-256 of a pair': keccak(),
    'path copied': copying(),
    ...disk(folder, sealed),
    ...rows(folder),
  }
}

/** Of one call, the fastest of some rounds. */
function micros(work: (n: number) => unknown, count = EACH): number {
  let least = Infinity
  for (let round = 0; round < ROUNDS; round += 1) {
    const since = performance.now()
    for (let n = 0; n < count; n += 1) work(n)
    least = Math.min(least, (1000 * (performance.now() - since)) / count)
  }
  return least
}

function csv(): number {
  const lines = Array.from({ length: EACH }, (_, at) => [...sampleRow(at).values()].join(';'))
  const text = lines.join('\n')
  return micros(() => parse(text, { delimiter: ';' }), 1) / EACH
}

function printing(document: string): number {
  const value: unknown = JSON.parse(document)
  return micros(() => Buffer.from(JSON.stringify(value)))
}

function encrypt(bytes: Uint8Array): Buffer {
  const key = createSecretKey(KEY)
  const cipher = createCipheriv('aes-256-gcm', key, IV)
  const sealed = cipher.update(bytes)
  cipher.final()
  cipher.getAuthTag()
  return sealed
}
const [KEY, IV] = [randomBytes(32), randomBytes(12)]

function keccak(): number {
  const pairs = randomBytes(64 * EACH)
  const into = new Uint8Array(32 * EACH)
  const work = (): void => {
    hashKernel().parents(pairs, into)
  }
  return micros(work, 50) / EACH
}

function copying(): number {
  const [from, to] = [randomBytes(PATH_BYTES * EACH), new Uint8Array(PATH_BYTES * EACH)]
  const work = (): void => {
    to.set(from)
  }
  return micros(work, 50) / EACH
}

/** In one file, in chunks, forced to disk once. */
function disk(folder: string, sealed: Uint8Array): Record<string, number> {
  const path = join(folder, 'plain')
  const chunk = randomBytes(CHUNK)
  const chunks = Math.ceil((sealed.length * EACH) / CHUNK)
  const file = openSync(path, 'w+')
  const written = micros(() => {
    for (let n = 0; n < chunks; n += 1) writeSync(file, chunk, 0, CHUNK, n * CHUNK)
    fsyncSync(file)
  }, 1)
  const read = micros(() => {
    for (let n = 0; n < chunks; n += 1) readSync(file, chunk, 0, CHUNK, n * CHUNK)
  }, 1)
  closeSync(file)
  rmSync(path)
  return { 'sealed written': written / EACH, 'sealed read': read / EACH }
}

/** A certificate's row with what is unique in it, and its search tags, all in one transaction. */
function rows(folder: string): Record<string, number> {
  const path = join(folder, 'plain.sqlite')
  const db = new DatabaseSync(path)
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
    CREATE TABLE plain (id INTEGER PRIMARY KEY, idx INTEGER UNIQUE, cid TEXT UNIQUE, seed BLOB, learner BLOB,
      a BLOB, b BLOB, c BLOB) STRICT;
    CREATE TABLE tags (tag INTEGER, no INTEGER, PRIMARY KEY (tag, no)) STRICT, WITHOUT ROWID`)
  const row = db.prepare('INSERT INTO plain VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
  const tag = db.prepare('INSERT INTO tags VALUES (?, ?)')
  const seed = randomBytes(ROW_BYTES.seed)
  const learner = randomBytes(ROW_BYTES.learner)
  const bytes = randomBytes(ROW_BYTES.hashes)
  const names = Array.from({ length: EACH * ROUNDS }, () => randomBytes(30).toString('hex'))
  const words = Array.from({ length: EACH * ROUNDS * TAGS }, () => randomBytes(8).readBigInt64BE())
  let at = 0
  const inserted = inOneTransaction(db, () => {
    row.run(at, at, names[at] ?? '', seed, learner, bytes, bytes, bytes)
    at += 1
  })
  let word = 0
  const tags = inOneTransaction(db, () => {
    for (let n = 0; n < TAGS; n += 1, word += 1) tag.run(words[word] ?? 0n, word)
  })
  db.close()
  return { 'row inserted': inserted, 'search tags inserted': tags }
}

function inOneTransaction(db: DatabaseSync, work: () => void): number {
  const once = (): void => {
    db.exec('BEGIN')
    for (let n = 0; n < EACH; n += 1) work()
    db.exec('COMMIT')
  }
  return micros(once, 1) / EACH
}
