/** Defends the published package: a stranger's TypeScript project installs it, compiles, bundles it and verifies. */
import { execFile, execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { build } from 'esbuild'
import { patiently } from './support/patience.ts'
import { ROOT } from './support/source.ts'

const DEPENDENCIES = ['@ethereumjs/rlp', '@noble/hashes', 'commander', 'ipaddr.js', 'zod']

const USAGE = `import { parseCertificate, parsePolicy, verify, type Verdict } from 'inaltera'

export type Outcome = Verdict['outcome']
export const isCallable: boolean = [parseCertificate, parsePolicy, verify].every((f) => typeof f === 'function')
// @ts-expect-error the types are really there: a number is no certificate
parseCertificate(7)
`

interface Ended {
  readonly code: number
  readonly output: string
}

async function run(program: string, args: readonly string[], cwd: string): Promise<Ended> {
  return await new Promise((resolve) => {
    const child = execFile(
      program,
      args,
      { cwd, timeout: patiently(120_000) },
      (error, out, err) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1
        resolve({ code, output: `${out}${err}` })
      },
    )
    child.stdin?.end()
  })
}

/** Packs a folder as npm would publish it, without a registry; the name of the file. */
function pack(folder: string, into: string): string {
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', into]
  const stdout = execFileSync('npm', args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' })
  const [packed] = JSON.parse(stdout) as { filename: string }[]
  if (packed === undefined) throw new Error(`npm packed nothing of ${folder}`)
  return join(into, packed.filename)
}

describe('the package inaltera', function () {
  this.timeout(240_000)
  let folder = ''
  let project = ''

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'inaltera-package-'))
    project = join(folder, 'project')
    mkdirSync(project)
    const built = join(folder, 'built')
    const { code, output } = await run('node', ['scripts/build-package.ts', '--out', built], ROOT)
    expect(code, output).to.equal(0)
    const parts = DEPENDENCIES.map((name) => join(ROOT, 'node_modules', name))
    const files = [built, ...parts].map((part) => pack(part, folder))
    writeFileSync(join(project, 'package.json'), JSON.stringify({ private: true, type: 'module' }))
    writeFileSync(join(project, 'use.ts'), USAGE)
    const install = ['install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund']
    const installed = await run('npm', [...install, ...files], project)
    expect(installed.code, installed.output).to.equal(0)
  })

  after(() => {
    rmSync(folder, { recursive: true, force: true })
  })

  it('brings along no more than it needs', () => {
    const path = join(project, 'node_modules/inaltera/package.json')
    const manifest = JSON.parse(readFileSync(path, 'utf8')) as {
      dependencies: Record<string, string>
    }
    expect(DEPENDENCIES).to.include.members(Object.keys(manifest.dependencies))
    expect(existsSync(join(project, 'node_modules/inaltera/server'))).to.equal(false)
    for (const heavy of ['hardhat', 'ethers', 'express', 'fast-check']) {
      expect(existsSync(join(project, 'node_modules', heavy)), heavy).to.equal(false)
    }
  })

  for (const [module, moduleResolution] of [
    ['nodenext', 'nodenext'],
    ['esnext', 'bundler'],
  ] as const) {
    it(`has types under ${moduleResolution}, without Node’s and the browser’s`, async () => {
      const compilerOptions = {
        module,
        moduleResolution,
        target: 'es2023',
        lib: ['es2023'],
        types: [],
        strict: true,
        noEmit: true,
      }
      writeFileSync(
        join(project, 'tsconfig.json'),
        JSON.stringify({ compilerOptions, files: ['use.ts'] }),
      )
      const tsc = join(ROOT, 'node_modules/typescript/bin/tsc')
      const { code, output } = await run('node', [tsc, '-p', '.'], project)
      expect(code, output).to.equal(0)
    })
  }

  it('bundles for a browser, with nothing of Node inside', async () => {
    const bundle = await build({
      absWorkingDir: project,
      stdin: {
        contents: `import { verify } from 'inaltera'; globalThis.verify = verify`,
        resolveDir: project,
      },
      bundle: true,
      platform: 'browser',
      format: 'esm',
      minify: true,
      write: false,
      metafile: true,
      logLevel: 'silent',
    })
    expect(bundle.warnings).to.deep.equal([])
    const [output] = bundle.outputFiles
    const inputs = Object.keys(bundle.metafile.inputs)
    expect(inputs.some((input) => input.includes('inaltera/src/verify/'))).to.equal(true)
    expect(
      inputs.filter((input) => /commander|ipaddr|inaltera\/(cli|node)/.test(input)),
    ).to.deep.equal([])
    expect(output?.text).to.not.match(/\bprocess\.env\b|require\(/)
  })

  it('runs as a command: exit code 0 for help, 64 for a wrong call', async () => {
    const help = await run('npx', ['inaltera', '--help'], project)
    expect(help.code, help.output).to.equal(0)
    expect(help.output)
      .to.match(/verify/)
      .and.match(/disclose/)
      .and.match(/lint/)
    const wrong = await run('npx', ['inaltera', 'verify'], project)
    expect(wrong.code, wrong.output).to.equal(64)
  })

  it('says invalid, with exit code 1, of a file that is no certificate', async () => {
    writeFileSync(join(project, 'torn.json'), '{"@context":')
    const { code, output } = await run(
      'npx',
      ['inaltera', 'verify', 'torn.json', '--json'],
      project,
    )
    expect(code, output).to.equal(1)
    expect(output).to.match(/not-json/)
  })
})
