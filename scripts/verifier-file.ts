/** Writes the verifier that stands in one file, and its hash. */
import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { buildVerifierFile } from '../web/verifier.config.ts'

export type Written = {
  readonly path: string
  /** SHA-256, hex. */
  readonly hash: string
  /** Bytes of it once gzip had it. */
  readonly packed: number
}

export async function writeVerifierFile(...folders: readonly string[]): Promise<Written> {
  const { html } = await buildVerifierFile()
  const hash = createHash('sha256').update(html).digest('hex')
  for (const folder of folders) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'verifier.html'), html)
    writeFileSync(join(folder, 'verifier.html.sha256'), `${hash}  verifier.html\n`)
  }
  const path = join(folders[0] ?? '', 'verifier.html')
  return { path, hash, packed: gzipSync(html, { level: 9 }).length }
}
