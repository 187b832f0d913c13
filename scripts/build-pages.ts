/**
 * Builds the pages into `dist/web/`: by Vite, then the verifier that stands in one file, then each text compressed once,
 * as a server hands it out. Does nothing where what is there was made of the same sources.
 */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { build } from 'vite'
import { writeVerifierFile } from './verifier-file.ts'

const ROOT = join(import.meta.dirname, '..')
const OUT = join(ROOT, 'dist', 'web')
const NOTE = join(OUT, '.sources')
/** What gets smaller, fonts of papers among it; a page's own fonts are compressed as they are. */
const TEXTS = /\.(html|js|css|svg|json|wasm|ttf)$/

/** Files below a folder, from the root, sorted. */
function below(folder: string): string[] {
  const entries = readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

function digestOfSources(): string {
  const hash = createHash('sha256')
  const files = [...below('web'), ...below('src'), join(ROOT, 'package-lock.json')]
  for (const file of files) hash.update(file.slice(ROOT.length)).update(readFileSync(file))
  return hash.update(readFileSync(import.meta.filename)).digest('hex')
}

function compress(file: string): void {
  const bytes = readFileSync(file)
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11 }
  writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params }))
  writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }))
}

const digest = digestOfSources()
if (!existsSync(NOTE) || readFileSync(NOTE, 'utf8') !== digest) {
  console.error('set-up: building the pages (once after each change; some seconds)')
  await build({ configFile: join(ROOT, 'web', 'vite.config.ts') })
  // The pages offer it, and the folder above is where its builder looks for it.
  await writeVerifierFile(join(ROOT, 'dist'), OUT)
  for (const file of below('dist/web').filter((one) => TEXTS.test(one))) compress(file)
  writeFileSync(NOTE, digest)
}
