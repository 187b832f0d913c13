/** JSON values and texts for laws. */
import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import type { Json } from '../../src/primitives/json.ts'

/** A vector file's JSON, read by Node's own parser. */
export function readVectors(path: string): unknown {
  return JSON.parse(readVectorBytes(path).toString('utf8'))
}

export function readVectorBytes(path: string): Buffer {
  return readFileSync(new URL(`../vectors/${path}`, import.meta.url))
}

/** Well-formed text of any characters, control characters and those beyond 16 bits among them. */
export const texts = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.constantFrom('a', 'b', 'é', 'e\u0301', '\ufb33', '\u{1f602}', '\u2028', '"', '\\', '/', ''),
)

/** Numbers that the strict reader accepts. */
export const numbers = fc.oneof(
  fc.maxSafeInteger(),
  fc.integer({ min: -100, max: 100 }),
  fc
    .double({ noNaN: true, noDefaultInfinity: true })
    .filter((n) => !Object.is(n, -0) && (!Number.isInteger(n) || Number.isSafeInteger(n))),
)

/**
 * Member names. The name `\\` is left out where `JSON.parse` is asked too: once it has met that name, V8 reads other
 * names of one escaped character as it (https://github.com/nodejs/node/issues/63785); ours has a test of its own.
 */
const names = texts.filter((name) => name !== '__proto__' && name !== '\\')

/** Any JSON that the strict reader accepts, a few levels deep. */
export const jsons: fc.Arbitrary<Json> = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 5, depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(null, true, false),
    numbers,
    texts,
    fc.array(tie('json'), { maxLength: 5 }),
    fc.dictionary(names, tie('json'), { maxKeys: 5 }),
  ),
})).json

/** Texts near JSON: printed values of which a few characters are dropped, doubled or replaced. */
export const nearlyJson = fc
  .tuple(
    jsons,
    fc.constantFrom(0, 1, '\t'),
    fc.array(
      fc.record({
        at: fc.nat(),
        drop: fc.nat({ max: 2 }),
        put: fc.constantFrom(
          '',
          '',
          '{',
          '}',
          '[',
          ']',
          ',',
          ':',
          '"',
          '\\',
          'u',
          '0',
          '-',
          'e',
          '.',
          ' ',
          '\n',
        ),
      }),
      { maxLength: 3 },
    ),
  )
  .map(([json, indent, changes]) =>
    changes.reduce(
      (text, { at, drop, put }) => {
        const place = at % (text.length + 1)
        return text.slice(0, place) + put + text.slice(place + drop)
      },
      JSON.stringify(json, null, indent),
    ),
  )
