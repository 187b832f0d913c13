/** Copies of what the contract's tests need, in which a script may change the contract and run its tests. */
import { spawn } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
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

  /** With `model`, what that sandbox compiled need not be compiled again. */
  constructor(model?: Sandbox) {
    for (const part of [...PARTS, ...PROJECT]) {
      cpSync(join(ROOT, part), join(this.folder, part), { recursive: true })
    }
    for (const part of ['artifacts', 'cache']) {
      if (model === undefined) break
      cpSync(join(model.folder, part), join(this.folder, part), { recursive: true })
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
