/**
 * Names that look like another: letters of several scripts within one word, and words that read like a name that a policy
 * trusts. What is compared is a skeleton in the manner of Unicode TS 39, for the letters of Latin, Greek and Cyrillic that
 * are confused in practice.
 */
import { withoutInvisible } from '../../src/index.ts'

export type LookAlike =
  /** Letters of other scripts stand within a word, for instance a Cyrillic а in a Latin word. */
  | { readonly kind: 'mixed'; readonly letters: readonly string[] }
  /** It reads like this trusted name, and is not that issuer's. */
  | { readonly kind: 'resembles'; readonly name: string }

const SCRIPTS = [
  ['Latin', /\p{Script=Latin}/u],
  ['Cyrillic', /\p{Script=Cyrillic}/u],
  ['Greek', /\p{Script=Greek}/u],
  ['Armenian', /\p{Script=Armenian}/u],
  ['Cherokee', /\p{Script=Cherokee}/u],
] as const

/** Letter by letter: what is drawn on the left is read as what stands on the right. */
const READ_AS = new Map(
  [
    ['аɑα', 'a'],
    ['вβʙ', 'b'],
    ['сϲ', 'c'],
    ['ԁ', 'd'],
    ['еєε', 'e'],
    ['ɡ', 'g'],
    ['һнʜη', 'h'],
    ['іιıⅼ1l|!', 'i'],
    ['јϳ', 'j'],
    ['кκᴋ', 'k'],
    ['мᴍ', 'm'],
    ['пո', 'n'],
    ['оοօ0σ', 'o'],
    ['рρ', 'p'],
    ['ԛ', 'q'],
    ['г', 'r'],
    ['ѕ', 's'],
    ['тτ', 't'],
    ['υսμ', 'u'],
    ['νѵ', 'v'],
    ['ԝωшѡ', 'w'],
    ['хχ', 'x'],
    ['уγү', 'y'],
    ['ᴢ', 'z'],
  ].flatMap(([letters = '', read = '']) => Array.from(letters).map((one) => [one, read] as const)),
)

/** What a name is read as: no case, no accents, no spaces, no signs. */
export function skeletonOf(name: string): string {
  const plain = withoutInvisible(name).normalize('NFKD').toLowerCase().replaceAll(/\p{M}/gu, '')
  const read = Array.from(plain).map((letter) => READ_AS.get(letter) ?? letter)
  return read
    .join('')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w')
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
}

/**
 * What is odd about a name that a document states.
 * @param trusted names that are trusted, none of them this issuer's
 */
export function lookAlikeOf(name: string, trusted: readonly string[]): LookAlike | undefined {
  const letters = strangersIn(name)
  if (letters.length > 0) return { kind: 'mixed', letters }
  const skeleton = skeletonOf(name)
  const found = trusted.find((one) => skeleton !== '' && skeletonOf(one) === skeleton)
  return found === undefined ? undefined : { kind: 'resembles', name: found }
}

/** The letters of a word that are not of the script of most of its letters. */
function strangersIn(name: string): string[] {
  const words = name.normalize('NFC').match(/[\p{L}\p{M}]+/gu) ?? []
  return [...new Set(words.flatMap(strangersOf))]
}

function strangersOf(word: string): string[] {
  const letters = Array.from(word)
  const counts = SCRIPTS.map(([, script]) => letters.filter((one) => script.test(one)).length)
  if (counts.filter((count) => count > 0).length < 2) return []
  const most = SCRIPTS[counts.indexOf(Math.max(...counts))]?.[1]
  return letters.filter((one) => SCRIPTS.some(([, s]) => s.test(one)) && !most?.test(one))
}
