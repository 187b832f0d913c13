/** What a command ends with when it does not end well: one exit code, one code for machines, one text for people. */

import { FormatError, UnavailableError } from '../src/index.ts'
import type { Outcome } from '../src/index.ts'
import { printable } from './printable.ts'
import type { Words } from './texts/words.ts'

/** The exit codes of every command; `verify` gives the first three to its verdict (DESIGN section 6). */
export const EXIT = { done: 0, refused: 1, undetermined: 2, usage: 64, bug: 70 } as const
export type Exit = (typeof EXIT)[keyof typeof EXIT]

/** The exit code of a verdict. */
export function exitOf(outcome: Outcome): Exit {
  switch (outcome) {
    case 'valid':
      return EXIT.done
    case 'invalid':
      return EXIT.refused
    case 'undetermined':
      return EXIT.undetermined
  }
}

/** The command stops here; everything that a person or a machine is told stands in it already. */
export class Failure extends Error {
  override readonly name = 'Failure'
  readonly exit: Exit
  readonly code: string
  /** More for machines: where it is, what the alternatives are. */
  readonly details: Readonly<Record<string, unknown>>

  constructor(
    exit: Exit,
    code: string,
    message: string,
    details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message)
    this.exit = exit
    this.code = code
    this.details = details
  }
}

/** The command was called in a way that cannot work. */
export function usage(code: string, message: string): Failure {
  return new Failure(EXIT.usage, code, message)
}

/** A file, or an option's value, that is not what it should be: says which, where in it, and what is wrong. */
export function badInput(
  error: FormatError,
  source: string,
  words: Words,
  exit: Exit = EXIT.refused,
): Failure {
  const { code, field } = error
  const text = words.badInput(printable(source), words.catalogue.format[code], printable(field))
  const message = `${text} [${code}]\n  ${printable(error.message)}`
  return new Failure(exit, code, message, { source, field })
}

/** Any error as a failure; undefined for one that is nobody's fault but ours. */
export function failureOf(error: unknown, words: Words): Failure | undefined {
  if (error instanceof Failure) return error
  if (error instanceof FormatError) return badInput(error, '', words)
  if (error instanceof UnavailableError) {
    const message = `${words.unavailable[error.code]} [${error.code}]\n  ${printable(error.message)}`
    return new Failure(EXIT.undetermined, error.code, message)
  }
  return undefined
}

/** Does `work`; input that it finds wrong is told with the name of what was read. */
export async function reading<T>(
  source: string,
  words: Words,
  work: () => T | Promise<T>,
  exit: Exit = EXIT.refused,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof FormatError) throw badInput(error, source, words, exit)
    throw error
  }
}
