/**
 * Writes the generated files anew; with `--check` compares them with what they should be, and names those that differ.
 * Generators give texts and write nothing themselves; code among them is put into the one format here.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { format, resolveConfig } from 'prettier'
import { runNode } from './child.ts'
import { contractFiles } from './generate-abi.ts'
import { withCodes } from './generate-codes.ts'
import { kernelFiles } from './generate-kernel.ts'

const SPEC = 'docs/SPEC.md'

function read(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : ''
}

async function wantedFiles(): Promise<Map<string, string>> {
  const { code } = await runNode(['node_modules/hardhat/dist/src/cli.js', 'build'])
  if (code !== 0) throw new Error('the contract does not compile')
  return new Map([...contractFiles(), ...(await kernelFiles()), [SPEC, withCodes(read(SPEC))]])
}

async function formatted(path: string, text: string): Promise<string> {
  if (!path.endsWith('.ts')) return text
  return await format(text, { ...(await resolveConfig(path)), filepath: path })
}

const isCheck = process.argv.includes('--check')
let stale = 0
for (const [path, text] of await wantedFiles()) {
  const wanted = await formatted(path, text)
  if (wanted === read(path)) {
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
