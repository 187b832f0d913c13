/** Evidence bundles of every fate, and what each must earn: where they are kept. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { judgeOffline } from './judge.ts'
import type { EvidenceVector, StoredVector } from './judge.ts'

const FOLDER = fileURLToPath(new URL('../../vectors/evidence/', import.meta.url))

export function storedVectors(): StoredVector[] {
  if (!existsSync(FOLDER)) return []
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as StoredVector)
}

/** Writes each vector to its file, beside those that are there. */
export function storeVectors(vectors: readonly EvidenceVector[]): void {
  mkdirSync(FOLDER, { recursive: true })
  for (const vector of vectors) {
    const whole: StoredVector = { ...vector, verdict: judgeOffline(vector) }
    writeFileSync(join(FOLDER, `${vector.id}.json`), `${JSON.stringify(whole, null, 1)}\n`)
  }
}
