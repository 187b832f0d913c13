/** Holds the house rules: who may import whom, how long things grow, and that nothing lies about unused. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import * as codes from '../src/primitives/codes.ts'
import { catalogueOf, LANGUAGES } from '../src/texts.ts'
import {
  budgetBreaches,
  cyclesIn,
  graphOf,
  importBreaches,
  MAX_FILE,
  MAX_FUNCTION,
  oddityBreaches,
  wordBreaches,
} from './support/rules.ts'
import { filesBelow, parseSource, readSource, ROOT } from './support/source.ts'
import type { Source } from './support/source.ts'

const FOLDERS = ['src', 'node', 'server', 'cli', 'web', 'scripts', 'bench', 'test']
const sources = FOLDERS.flatMap((folder) =>
  ['.ts', '.tsx'].flatMap((ending) => filesBelow(folder, ending)),
).map(readSource)
const known = new Set(sources.map(({ path }) => path))

/** Where programs, pages and tests begin: nobody imports these. */
const ENTRIES = [
  /^src\/(index|ambient\.d)\.ts$/,
  /^server\/main\.ts$/,
  /^server\/issuance\/thread\.ts$/,
  /^cli\/(main|verifier)\.ts$/,
  /^web\/[^/]+\.tsx?$/,
  /^web\/verifier\/file\.tsx$/,
  /^bench\/[^/]+\.ts$/,
  /^test\/.*\.test\.ts$/,
  /^test\/contracts\/[^/]+\.ts$/,
  /^test\/support\/(setup|reporter)\.ts$/,
]

const MAX_CONTRACT = 350

/** Scripts are started by name, from `scripts/run.sh` and from each other. */
function startedScripts(): Set<string> {
  const starters = [...filesBelow('scripts', '.ts'), ...filesBelow('scripts', '.sh'), '.ci/run']
  const texts = starters.map((path) => readFileSync(join(ROOT, path), 'utf8')).join('\n')
  return new Set([...texts.matchAll(/\bscripts\/[\w/-]+\.ts\b/g)].map(([path]) => path))
}

function orphans(): string[] {
  const imported = new Set(
    sources
      .filter(({ path }) => !path.startsWith('test/'))
      .flatMap(({ imports }) => imports.map(({ target }) => target)),
  )
  const used = sources.flatMap(({ imports }) => imports.map(({ target }) => target))
  const usedByTests = new Set(used.filter((target) => target.startsWith('test/')))
  const started = startedScripts()
  return [...known]
    .filter((path) => !ENTRIES.some((entry) => entry.test(path)))
    .filter((path) => !imported.has(path) && !usedByTests.has(path) && !started.has(path))
}

/** Lines that hold code, for a contract whose documentation stands beside it. */
function codeLines(solidity: string): number {
  const bare = solidity.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/\/\/.*$/gm, '')
  return bare.split('\n').filter((line) => line.trim() !== '').length
}

describe('architecture', () => {
  it('finds the sources that it judges', () => {
    expect(sources.length).to.be.greaterThan(20)
    const named = sources.flatMap(({ path, imports }) =>
      imports.filter(({ isRelative }) => isRelative).map(({ target }) => ({ path, target })),
    )
    const lost = named.filter(
      ({ target }) => /\.tsx?$/.test(target) && !existsSync(join(ROOT, target)),
    )
    expect(lost).to.deep.equal([])
  })

  it('imports run one way', () => {
    expect(sources.flatMap(importBreaches)).to.deep.equal([])
  })

  it('there is no import cycle', () => {
    expect(cyclesIn(graphOf(sources))).to.deep.equal([])
  })

  it('somebody imports every file', () => {
    expect(orphans()).to.deep.equal([])
  })

  it(`files keep to ${MAX_FILE} lines and functions to ${MAX_FUNCTION}`, () => {
    expect(sources.flatMap(budgetBreaches)).to.deep.equal([])
  })

  it(`contracts keep to ${MAX_CONTRACT} lines of code`, () => {
    const contracts = filesBelow('contracts', '.sol')
    expect(contracts).to.include('contracts/CertificateRegistry.sol')
    const long = contracts.filter(
      (path) => codeLines(readFileSync(join(ROOT, path), 'utf8')) > MAX_CONTRACT,
    )
    expect(long).to.deep.equal([])
  })

  it('no default export, `export *`, `any`, namespace, or `console` outside cli and scripts', () => {
    expect(sources.flatMap(oddityBreaches)).to.deep.equal([])
  })

  it('no promise without an issue number, no name that says nothing', () => {
    expect(sources.flatMap(wordBreaches)).to.deep.equal([])
  })
})

describe('every code that a verdict, an error or a note can carry', () => {
  const all = [
    ...codes.FORMAT_CODES,
    ...codes.FAILURE_CODES,
    ...codes.UNDETERMINED_CODES,
    ...codes.NOTE_CODES,
    ...codes.LEVELS,
    ...codes.REASON_CODES,
  ]

  for (const language of LANGUAGES) {
    it(`has its words in the catalogue (${language})`, () => {
      const words = catalogueOf(language)
      const sections: [Readonly<Record<string, string>>, readonly string[]][] = [
        [words.format, codes.FORMAT_CODES],
        [words.failures, codes.FAILURE_CODES],
        [words.undetermined, codes.UNDETERMINED_CODES],
        [words.notes, codes.NOTE_CODES],
        [words.levels, codes.LEVELS],
        [words.reasons, codes.REASON_CODES],
      ]
      for (const [section, list] of sections) {
        expect(Object.keys(section)).to.have.members(list)
        expect(Object.values(section).filter((text) => text.trim() === '')).to.deep.equal([])
      }
    })
  }

  it('stands in docs/SPEC.md', () => {
    const text = readFileSync(join(ROOT, 'docs/SPEC.md'), 'utf8')
    expect(all.filter((code) => !text.includes(`\`${code}\``))).to.deep.equal([])
  })
})

describe('the architecture test catches what it is there to catch', () => {
  const planted = (path: string, text: string): Source => parseSource(path, text)

  it('a breach of the import table', () => {
    const breaches: [string, string][] = [
      ['src/merkle/tree.ts', `import { x } from '../verify/verify.ts'`],
      ['src/primitives/hash.ts', `import { createHash } from 'node:crypto'`],
      ['src/primitives/hash.ts', `import type { Provider } from 'ethers'`],
      ['src/credential/model.ts', `export { x } from '../merkle/tree.ts'`],
      ['server/app.ts', `import { treeOf } from '../src/merkle/tree.ts'`],
      ['cli/main.ts', `const store = await import('../server/storage/sqlite.ts')`],
      ['server/main.ts', `import { run } from '../scripts/child.ts'`],
      ['node/rpc.ts', `import { failure } from '../cli/failure.ts'`],
      ['node/rpc.ts', `import { sha256 } from '../src/primitives/hash.ts'`],
      ['web/page.ts', `let x: import('../test/support/source.ts').Source`],
      ['elsewhere/x.ts', ``],
    ]
    for (const [path, text] of breaches) {
      expect(importBreaches(planted(path, text)), `${path}: ${text}`).to.have.length(1)
    }
    const fine = planted('src/merkle/tree.ts', `import { hexOf } from '../primitives/bytes.ts'`)
    expect(importBreaches(fine)).to.deep.equal([])
  })

  it('a cycle', () => {
    const graph = new Map([
      ['a', ['b']],
      ['b', ['c', 'd']],
      ['c', ['a']],
    ])
    expect(cyclesIn(graph)).to.deep.equal(['a → b → c → a'])
  })

  it('too much at once', () => {
    const long = planted('src/x.ts', `export function f() {\n${'g()\n'.repeat(300)}}\n`)
    expect(budgetBreaches(long)).to.have.length(2)
    const inner = `it('y', () => {\n${'g()\n'.repeat(40)}})\n`
    const group = planted('test/x.test.ts', `describe('x', () => {\n${inner.repeat(3)}})\n`)
    expect(budgetBreaches(group)).to.deep.equal([])
  })

  it('what this repository does not write', () => {
    const odd = [
      'export default 1',
      'export * from "./x.ts"',
      'const x: any = 1',
      'console.log(1)',
      'export { x as default }',
      'export default function f() {}',
    ]
    for (const text of odd) {
      expect(oddityBreaches(planted('src/x.ts', text)), text).to.have.length(1)
    }
    expect(oddityBreaches(planted('cli/x.ts', 'console.log(1)'))).to.deep.equal([])
    expect(wordBreaches(planted('src/utils/x.ts', `// ${'TO' + 'DO'}: later`))).to.have.length(2)
    expect(wordBreaches(planted('src/x.ts', `// ${'TO' + 'DO'}(#7): later`))).to.deep.equal([])
  })
})
