import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import fc from 'fast-check'
import {
  CONTEXT_DIGESTS,
  CONTEXT_LISTS,
  CREDENTIALS_V2,
  INALTERA_CONTEXT,
  INALTERA_V1,
  OPEN_BADGES_EXTENSIONS,
  OPEN_BADGES_V3,
  TEMPLATE_CONTEXTS,
} from '../../src/credential/contexts.ts'
import { credentialOf } from '../../src/credential/rows.ts'
import { canonicalText } from '../../src/primitives/json.ts'
import { IDS, issue } from './arbitraries.ts'

type Terms = Readonly<Record<string, unknown>>

const FILES = {
  [CREDENTIALS_V2]: 'credentials-v2.jsonld',
  [OPEN_BADGES_V3]: 'ob-v3p0-context-3.0.3.json',
  [OPEN_BADGES_EXTENSIONS]: 'ob-v3p0-extensions.json',
  [INALTERA_V1]: 'inaltera-v1.jsonld',
} as const

function fileOf(url: keyof typeof FILES): Buffer {
  return readFileSync(new URL(`../../contexts/${FILES[url]}`, import.meta.url))
}

function termsOf(url: keyof typeof FILES): Terms {
  return (JSON.parse(fileOf(url).toString('utf8')) as { '@context': Terms })['@context']
}

/** The terms in force everywhere, and those that a type brings for the members of its own node only. */
const GLOBAL: Terms = Object.assign({}, ...TEMPLATE_CONTEXTS.map(termsOf)) as Terms

function scopedBy(type: string): Terms {
  const definition = GLOBAL[type]
  const scoped = typeof definition === 'object' && definition !== null ? definition : {}
  return ((scoped as Record<string, unknown>)['@context'] ?? {}) as Terms
}

/** Terms and types of a document that no context defines: JSON-LD would drop them without a word. */
function undefinedIn(value: unknown, at = ''): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item, i) => undefinedIn(item, `${at}/${i}`))
  if (typeof value !== 'object' || value === null) return []
  const node = value as Record<string, unknown>
  const types = [node['type'] ?? []].flat().map(String)
  const known = Object.assign({}, GLOBAL, ...types.map(scopedBy)) as Terms
  const nameless = types.filter((type) => !(type in GLOBAL)).map((type) => `${at}: type ${type}`)
  return [
    ...nameless,
    ...Object.entries(node).flatMap(([name, member]) => {
      if (name === '@context') return []
      return [...(name in known ? [] : [`${at}/${name}`]), ...undefinedIn(member, `${at}/${name}`)]
    }),
  ]
}

describe('contexts', () => {
  it('are the bytes whose digests are pinned', () => {
    for (const url of TEMPLATE_CONTEXTS) {
      const digest = `0x${createHash('sha256').update(fileOf(url)).digest('hex')}`
      expect(digest, url).to.equal(CONTEXT_DIGESTS[url])
    }
  })

  it('have a digest for every URL of every list', () => {
    expect(new Set(CONTEXT_LISTS.flat())).to.deep.equal(new Set(Object.keys(CONTEXT_DIGESTS)))
  })

  it('bundle our own context unchanged', () => {
    expect(INALTERA_CONTEXT.url).to.equal(INALTERA_V1)
    expect(INALTERA_CONTEXT.text).to.equal(fileOf(INALTERA_V1).toString('utf8'))
  })

  it('agree where two of them define one term, since both protect it', () => {
    const scoped = TEMPLATE_CONTEXTS.flatMap((url) =>
      Object.values(termsOf(url)).flatMap((definition) => {
        const inner = (definition as { '@context'?: Terms } | null)?.['@context']
        return inner === undefined ? [] : Object.entries(inner)
      }),
    )
    const idOf = (definition: unknown): unknown =>
      typeof definition === 'string' ? definition : (definition as Terms)['@id']
    const ours = Object.entries(termsOf(INALTERA_V1)).filter(([name]) => !name.startsWith('@'))
    const shared = ours.filter(([name]) => scoped.some(([other]) => other === name))
    expect(shared.map(([name]) => name)).to.include.members(['givenName', 'familyName', 'email'])
    for (const [name, definition] of shared) {
      for (const [other, theirs] of scoped) {
        if (other === name) expect(idOf(theirs), name).to.equal(idOf(definition))
      }
    }
  })

  it('define every term and type that a template can write', () => {
    fc.assert(
      fc.property(issue, ({ template, row }) => {
        const outcome = credentialOf(template, row, IDS)
        if (!('credential' in outcome)) throw new Error('the row is refused')
        expect(undefinedIn(JSON.parse(canonicalText(outcome.credential)))).to.deep.equal([])
      }),
      { numRuns: 100 },
    )
  })

  it('would be found lacking: a term or a type of nobody is named', () => {
    const document = { type: ['Profile', 'Wizard'], name: 'x', address: { ects: 1 }, supervisor: 1 }
    expect(undefinedIn(document)).to.deep.equal([': type Wizard', '/address/ects', '/supervisor'])
  })
})
