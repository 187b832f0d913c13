/** Defends the papers: links lead somewhere, and what they say of files, tests and rules is so. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { expect } from 'chai'
import { ZONES } from './support/rules.ts'
import { filesBelow, ROOT } from './support/source.ts'

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8')

const PAPERS = [
  ...readdirSync(ROOT).filter((name) => name.endsWith('.md')),
  ...['docs', 'contexts', 'examples', 'test'].flatMap((folder) => filesBelow(folder, '.md')),
]

/** The text outside fenced blocks. */
function proseOf(markdown: string): string {
  return markdown.replaceAll(/^ *```[\s\S]*?^ *```$/gm, '')
}

/** Names of the headings as GitHub makes anchors of them. */
function anchorsOf(markdown: string): Set<string> {
  const headings = [...proseOf(markdown).matchAll(/^#+ (.+)$/gm)].map(([, text = '']) => text)
  const names = headings.map((text) =>
    text
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
  return new Set(names)
}

/** What is wrong with the relative links of a paper, each as a line to read. */
function brokenLinks(paper: string, markdown: string): string[] {
  const links = [...proseOf(markdown).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target)
  return links
    .filter((target) => !/^[a-z]+:/.test(target))
    .flatMap((target) => {
      const [path = '', anchor] = target.split('#')
      const file = path === '' ? paper : posix.join(dirname(paper), path)
      if (file !== paper && !existsSync(join(ROOT, file))) return [`${paper}: no file ${target}`]
      if (anchor === undefined || !file.endsWith('.md')) return []
      const there = file === paper ? markdown : read(file)
      return anchorsOf(there).has(anchor) ? [] : [`${paper}: no heading ${target}`]
    })
}

/** Files of this repository that a paper names in code spans. */
function filesNamed(markdown: string): string[] {
  const spans = [...proseOf(markdown).matchAll(/`([^`\s]+)`/g)].map(([, span = '']) => span)
  return spans.filter((span) => FILE.test(span))
}

const FILE =
  /^(src|server|cli|contracts|scripts|test|docs|contexts|examples|tools)\/[\w./-]+\.[a-z]+$/

interface Citation {
  readonly file: string
  readonly titles: readonly string[]
}

/** `test/x.test.ts` "title", "another title": tests that a sentence rests on. */
function citationsIn(text: string): Citation[] {
  const matches = text.matchAll(/`(test\/[^`]+\.(?:ts|sol|json))`((?:[\s,]*"[^"]+")*)/g)
  return [...matches].map(([, file = '', titles = '']) => ({
    file,
    titles: [...titles.matchAll(/"([^"]+)"/g)].map(([, title = '']) => title.replace(/\s+/g, ' ')),
  }))
}

/** The titles of a test file as they stand in its source. */
function titlesIn(file: string): Set<string> {
  const text = read(file)
  if (file.endsWith('.sol')) {
    return new Set([...text.matchAll(/\bfunction (\w+)\(/g)].map(([, name = '']) => name))
  }
  const literals = text.matchAll(/\b(?:it|describe)\(\s*(['"`])((?:\\.|(?!\1).)*)\1/gs)
  return new Set([...literals].map(([, , title = '']) => title.replaceAll(/\\(.)/g, '$1')))
}

/** Tests cited that are not there, or do not say so. */
function brokenCitations(text: string): string[] {
  return citationsIn(text).flatMap(({ file, titles }) => {
    if (!existsSync(join(ROOT, file))) return [`no file ${file}`]
    if (file.endsWith('.json')) return []
    if (titles.length === 0) return [`${file}: no title named`]
    const there = titlesIn(file)
    return titles.filter((title) => !there.has(title)).map((title) => `${file}: no test "${title}"`)
  })
}

/** The items of a paper's lists, each in one line. */
function itemsOf(markdown: string): string[] {
  const items = markdown.matchAll(/^- [\s\S]*?(?=\n(?:- |\n|#|\||$))/gm)
  return [...items].map(([item]) => item.replaceAll(/\s+/g, ' '))
}

describe('the papers', () => {
  it('are found', () => {
    const expected = ['CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', 'docs/SPEC.md']
    expect(PAPERS).to.include.members([...expected, 'docs/TRUST.md', 'docs/ARCHITECTURE.md'])
  })

  it('have links that lead to a file, and to a heading in it', () => {
    expect(PAPERS.flatMap((paper) => brokenLinks(paper, read(paper)))).to.deep.equal([])
  })

  it('name files that are there', () => {
    const lost = PAPERS.flatMap((paper) =>
      filesNamed(read(paper))
        .filter((path) => !existsSync(join(ROOT, path)))
        .map((path) => `${paper}: no ${path}`),
    )
    expect(lost).to.deep.equal([])
  })
})

describe('docs/TRUST.md', () => {
  it('names tests that are there and say so', () => {
    expect(brokenCitations(read('docs/TRUST.md'))).to.deep.equal([])
  })

  it('claims no "cannot" without a test', () => {
    const claims = itemsOf(read('docs/TRUST.md')).filter((item) => /^- (\*\*)?cannot/.test(item))
    expect(claims.length).to.be.greaterThan(30)
    expect(claims.filter((claim) => citationsIn(claim).length === 0)).to.deep.equal([])
  })
})

describe('docs/SPEC.md', () => {
  it('names every attack, and none that there is not', () => {
    const named = [...read('docs/SPEC.md').matchAll(/attacks\/([\w-]+)\.json/g)].map(([, id]) => id)
    const files = filesBelow('test/vectors/attacks', '.json').map((path) =>
      posix.basename(path, '.json'),
    )
    expect([...new Set(named)].sort()).to.deep.equal(files.filter((id) => id !== 'world').sort())
  })

  it('names every file of vectors', () => {
    const readme = read('test/vectors/README.md')
    const spec = read('docs/SPEC.md')
    for (const entry of readdirSync(join(ROOT, 'test/vectors'))) {
      if (entry === 'README.md') continue
      expect(readme, `the README of vectors: ${entry}`).to.include(`\`${entry}`)
      expect(spec, `SPEC: ${entry}`).to.include(`test/vectors/${entry}`)
    }
  })
})

describe('test/vectors/README.md', () => {
  it('names tests that are there and say so', () => {
    const paper = read('test/vectors/README.md')
    const rows = paper.slice(paper.indexOf('| row |'))
    expect(citationsIn(rows).length).to.be.greaterThan(10)
    expect(brokenCitations(rows)).to.deep.equal([])
  })
})

describe('docs/ARCHITECTURE.md', () => {
  it('has the import table that is enforced', () => {
    const rows = read('docs/ARCHITECTURE.md').matchAll(/^\| `([^`]+)` \| (nothing|`.*`) \|$/gm)
    const places = (cell: string): string[] =>
      cell === 'nothing' ? [] : cell.split(' · ').map((place) => place.slice(1, -1))
    const known = new Set(ZONES.map(([zone]) => zone))
    const table = [...rows].map(([, zone = '', cell = '']) => [zone, places(cell)] as const)
    expect(table.filter(([zone]) => known.has(zone))).to.deep.equal(ZONES)
  })
})

describe('the test of the papers', () => {
  it('finds a link, a heading and a test that are not there', () => {
    const text =
      '# A b, `c`\n[1](#a-b-c) [2](#a) [3](nowhere.md) [4](../README.md#no) [5](https://x)'
    expect(brokenLinks('docs/x.md', text.replace('../README.md', 'SPEC.md'))).to.deep.equal([
      'docs/x.md: no heading #a',
      'docs/x.md: no file nowhere.md',
      'docs/x.md: no heading SPEC.md#no',
    ])
    const citation =
      '- cannot (`test/docs.test.ts` "are found",\n  "are\n  lost", `test/none.test.ts`)'
    expect(brokenCitations(citation)).to.deep.equal([
      'test/docs.test.ts: no test "are lost"',
      'no file test/none.test.ts',
    ])
    expect(itemsOf('- cannot a\n  b\n- c\n\nd')).to.deep.equal(['- cannot a b', '- c'])
    expect(filesNamed('`src/a.ts` `npm test` `test/<x>.ts`')).to.deep.equal(['src/a.ts'])
  })
})
