/** What may be meant by what somebody typed: the API looks for a name, an e-mail address or an external id, each apart. */
import type { Learner } from './answers.ts'

const SHORTEST = 2

/**
 * The searches to make, one after the other; none for less than two characters. What has an @ is an address, or an id
 * that has one; everything else an id or words of a name.
 */
export function queriesOf(typed: string): readonly Learner[] {
  const text = typed.trim()
  if (text.length < SHORTEST) return []
  return text.includes('@') && !/\s/.test(text)
    ? [{ email: text }, { externalId: text }]
    : [{ externalId: text }, { name: text }]
}
