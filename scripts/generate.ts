/**
 * Writes the generated files anew; with `--check` compares them with what they should be, and names those that differ.
 * Each generator gives texts and writes nothing itself.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { withCodes } from './generate-codes.ts'

interface Generator {
  readonly path: string
  readonly make: (current: string) => string | Promise<string>
}

const GENERATORS: readonly Generator[] = [{ path: 'docs/SPEC.md', make: withCodes }]

function read(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : ''
}

const isCheck = process.argv.includes('--check')
let stale = 0
for (const { path, make } of GENERATORS) {
  const current = read(path)
  const wanted = await make(current)
  if (wanted === current) {
    console.log(`${path} is fresh`)
  } else if (isCheck) {
    stale += 1
    console.log(`${path} is not what its generator makes: run npm run generate`)
  } else {
    writeFileSync(path, wanted)
    console.log(`${path} written`)
  }
}
process.exitCode = stale === 0 ? 0 : 1
