import { readFileSync } from 'node:fs'
import { contractFiles } from './contract-sandbox.ts'

/** A known way to break the contract: a text that stands exactly once in its files, and what takes its place. */
export interface Mutant {
  readonly name: string
  /** A file that is not the contract's. */
  readonly file?: string
  readonly search: string
  readonly replace: string
}

export interface Mutation {
  readonly path: string
  readonly original: string
  readonly text: string
}

/** The one file that the mutant changes, before and after. */
export function mutationOf(mutant: Mutant): Mutation {
  const paths = mutant.file === undefined ? contractFiles() : [mutant.file]
  const found = paths.flatMap((path) => {
    const original = readFileSync(path, 'utf8')
    const pieces = original.split(mutant.search)
    const text = pieces.join(mutant.replace)
    return Array.from({ length: pieces.length - 1 }, () => ({ path, original, text }))
  })
  const [first, ...more] = found
  if (first === undefined || more.length > 0) {
    throw new Error(`${mutant.name}: its search stands there ${found.length} times, not once`)
  }
  return first
}
