import { FormatError } from '../../src/primitives/errors.ts'

/** The code and field with which a call is refused: `wrong-value at commitments/1`; `accepted` if it is not. */
export function refusalOf(call: () => unknown): string {
  try {
    call()
  } catch (error) {
    if (error instanceof FormatError) return `${error.code} at ${error.field}`
    throw error
  }
  return 'accepted'
}

/** The same of a promise. */
export async function refusalOfPromise(promise: Promise<unknown>): Promise<string> {
  try {
    await promise
  } catch (error) {
    return refusalOf(() => {
      throw error
    })
  }
  return 'accepted'
}

/** What a promise is rejected with; undefined where it is not. */
export async function thrown(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  )
}
