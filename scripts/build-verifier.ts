/**
 * Builds the verifier as one file: `dist/verifier.html`, and its hash beside it as `sha256sum` prints it. With
 * `--out <folder>` elsewhere.
 */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { writeVerifierFile } from './verifier-file.ts'

const { values } = parseArgs({ options: { out: { type: 'string' } } })
const out = values.out ?? join(import.meta.dirname, '..', 'dist')
const { path, hash, packed } = await writeVerifierFile(out)
console.log(`built ${path}: ${packed} bytes compressed\nsha256 ${hash}`)
