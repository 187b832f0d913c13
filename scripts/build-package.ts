/**
 * Builds the published package `inaltera` into `dist/npm` (or `--out <folder>`): the library compiled with its
 * declarations, and the command `inaltera` made of `cli/verifier.ts`, which needs no chain library and no server.
 */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { chmodSync, copyFileSync, mkdirSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { runNode } from './child.ts'

/** All that the package may bring along: a library that others bundle stays small. */
const ALLOWED = ['@ethereumjs/rlp', '@noble/hashes', 'commander', 'ipaddr.js', 'zod']

const Manifest = z.object({
  version: z.string(),
  description: z.string(),
  license: z.string(),
  dependencies: z.record(z.string(), z.string()),
})

async function compile(out: string): Promise<void> {
  const project = join(out, 'tsconfig.json')
  const root = relative(out, process.cwd())
  writeFileSync(
    project,
    JSON.stringify({
      extends: join(root, 'tsconfig.json'),
      compilerOptions: {
        noEmit: false,
        declaration: true,
        rootDir: root,
        outDir: '.',
        types: ['node'],
        typeRoots: [join(root, 'node_modules/@types')],
      },
      include: [],
      files: [join(root, 'src/index.ts'), join(root, 'cli/verifier.ts')],
    }),
  )
  const { code } = await runNode(['node_modules/typescript/bin/tsc', '-p', project])
  rmSync(project)
  if (code !== 0) throw new Error('the package does not compile')
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
}

/** As the compiler prints them: a text that ends in `from` is none. */
const IMPORTS = /(?:\bfrom |\bimport\(|^import )['"]([^'"\n]+)['"]/gm

/** The packages that the compiled files import, `@scope/name` or `name`; a file from elsewhere is refused. */
function packagesUsed(out: string): Set<string> {
  const used = new Set<string>()
  for (const file of filesIn(out).filter((name) => name.endsWith('.js'))) {
    if (!/^(src|node|cli)\//.test(file)) throw new Error(`${file} has no place in the package`)
    const text = readFileSync(join(out, file), 'utf8')
    for (const [, specifier = ''] of text.matchAll(IMPORTS)) {
      const name = /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier
      if (!specifier.startsWith('.') && !specifier.startsWith('node:')) used.add(name)
      if (specifier.startsWith('node:') && file.startsWith('src/')) {
        throw new Error(`${file} imports ${specifier}: the library runs in browsers too`)
      }
    }
  }
  return used
}

function dependenciesOf(out: string, versions: Record<string, string>): Record<string, string> {
  const used = [...packagesUsed(out)].sort()
  const foreign = used.filter((name) => !ALLOWED.includes(name))
  if (foreign.length > 0) throw new Error(`the package would bring along ${foreign.join(', ')}`)
  return Object.fromEntries(used.map((name) => [name, versionOf(name, versions)]))
}

function versionOf(name: string, versions: Record<string, string>): string {
  const version = versions[name]
  if (version === undefined) throw new Error(`package.json gives no version of ${name}`)
  return version
}

function writeManifest(out: string): void {
  const root = Manifest.parse(JSON.parse(readFileSync('package.json', 'utf8')))
  const manifest = {
    name: 'inaltera',
    version: root.version,
    description: root.description,
    license: root.license,
    type: 'module',
    engines: { node: '>=22' },
    sideEffects: false,
    exports: { '.': { types: './src/index.d.ts', default: './src/index.js' } },
    types: './src/index.d.ts',
    bin: { inaltera: 'cli/verifier.js' },
    dependencies: dependenciesOf(out, root.dependencies),
  }
  writeFileSync(join(out, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
}

function makeRunnable(out: string): void {
  const path = join(out, 'cli/verifier.js')
  const text = readFileSync(path, 'utf8')
  if (!text.startsWith('#!')) writeFileSync(path, `#!/usr/bin/env node\n${text}`)
  chmodSync(path, 0o755)
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { out: { type: 'string', default: 'dist/npm' } } })
  const out = resolve(values.out)
  rmSync(out, { recursive: true, force: true })
  mkdirSync(out, { recursive: true })
  await compile(out)
  writeManifest(out)
  makeRunnable(out)
  const papers = { LICENSE: 'LICENSE', 'README.md': 'docs/INTEGRATE.md' }
  for (const [name, from] of Object.entries(papers)) {
    if (existsSync(from)) copyFileSync(from, join(out, name))
  }
  console.log(`built the package inaltera in ${out}: ${filesIn(out).length} files`)
}

await main()
