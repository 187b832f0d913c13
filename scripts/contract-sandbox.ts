/** Copies of what the contract's tests need, in which a script may change the contract and run its tests. */
import { spawn } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import type { Ended } from './child.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const PARTS = ['contracts', 'src', 'server', 'snapshots', 'test', 'hardhat.config.ts']
const PROJECT = ['package.json', 'tsconfig.json']
const COMPILED = ['artifacts', 'cache']

/** Tests that notice any change of the byte code, whatever it does: no use where the question is what tests understand. */
const PINNING = ['deployment.test.ts', 'gas.test.ts', 'geth.test.ts']

/** The files with code in them: the interface has none. */
export function contractFiles(): string[] {
  return readdirSync(join(ROOT, 'contracts'))
    .filter((name) => name.endsWith('.sol') && !/^I[A-Z]/.test(name))
    .map((name) => `contracts/${name}`)
}

/** The TypeScript tests of what the contract does. */
export function behaviourTests(): string[] {
  return readdirSync(join(ROOT, 'test/contracts'))
    .filter((name) => name.endsWith('.test.ts') && !PINNING.includes(name))
    .map((name) => `test/contracts/${name}`)
}

export function solidityTests(): string[] {
  return readdirSync(join(ROOT, 'test/solidity'))
    .filter((name) => name.endsWith('.t.sol'))
    .map((name) => `test/solidity/${name}`)
}

export class Sandbox {
  readonly folder: string = mkdtempSync(join(tmpdir(), 'inaltera-contract-'))

  /**
   * What was compiled in `model`, or else in the repository, need not be compiled again: Hardhat knows its work by the
   * hash of what went in.
   */
  constructor(model?: Sandbox) {
    const from = model?.folder ?? ROOT
    for (const part of [...PARTS, ...PROJECT]) {
      cpSync(join(ROOT, part), join(this.folder, part), { recursive: true })
    }
    for (const part of COMPILED.filter((name) => existsSync(join(from, name)))) {
      cpSync(join(from, part), join(this.folder, part), { recursive: true })
    }
    const index = join(this.folder, 'cache/compile-cache.json')
    if (existsSync(index)) {
      const text = readFileSync(index, 'utf8')
      writeFileSync(index, text.replaceAll(join(from, '/'), join(this.folder, '/')))
    }
    symlinkSync(join(ROOT, 'node_modules'), join(this.folder, 'node_modules'))
  }

  write(path: string, text: string): void {
    if (!existsSync(join(this.folder, path))) throw new Error(`no such file: ${path}`)
    writeFileSync(join(this.folder, path), text)
  }

  /** Runs Hardhat here, silently. */
  async hardhat(
    args: readonly string[],
    environment: Readonly<Record<string, string>>,
  ): Promise<Ended> {
    const child = spawn(process.execPath, ['node_modules/hardhat/dist/src/cli.js', ...args], {
      cwd: this.folder,
      env: { ...process.env, CI: '', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const chunks: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
    const code = await new Promise<number>((resolve, reject) => {
      child.on('error', reject)
      child.on('close', (exitCode) => {
        resolve(exitCode ?? 1)
      })
    })
    return { code, output: stripVTControlCharacters(Buffer.concat(chunks).toString('utf8')) }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}
