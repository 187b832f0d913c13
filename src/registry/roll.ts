import type { UndeterminedCode } from '../primitives/codes.ts'
import { UnavailableError } from '../primitives/errors.ts'
import type { ProviderAnswer } from './ports.ts'
import type { Collected } from './patience.ts'

/** Longest text about a provider; some of it is the provider's own. */
const MAX_DETAIL = 300

/** A provider's answers do not add up to what the policy pins, or to what the others say. */
export class Refusal extends Error {
  readonly code: UndeterminedCode

  constructor(code: UndeterminedCode, detail: string) {
    super(detail)
    this.code = code
  }
}

/** Who was asked, and what each of them did: the part of the evidence that names disagreement, delay and error. */
export class Roll {
  readonly #names: readonly string[]
  readonly #faults: (UndeterminedCode | undefined)[]
  readonly #details: string[][]

  constructor(names: readonly string[]) {
    this.#names = names
    this.#faults = names.map(() => undefined)
    this.#details = names.map(() => [])
  }

  /** The first fault of a provider is its outcome; what else is said of it stands in the detail. */
  blame(at: number, code: UndeterminedCode, detail: string): void {
    this.#faults[at] ??= code
    this.remark(at, detail)
  }

  /** Something to know of a provider that answered all the same. */
  remark(at: number, detail: string): void {
    const details = this.#details[at]
    if (details?.includes(detail) === false) details.push(detail)
  }

  /** Blames everyone whose work failed or was late, and gives what the others answered, by position. */
  heard<T>(collected: Collected<T>, places: readonly number[], what: string): (T | undefined)[] {
    const heard: (T | undefined)[] = this.#names.map(() => undefined)
    collected.forEach((settled, position) => {
      const at = places[position] ?? 0
      if (settled === undefined) this.blame(at, 'timeout', `${what} did not come in time`)
      else if (settled.ok) heard[at] = settled.value
      else this.blame(at, codeOf(settled.error), detailOf(settled.error))
    })
    return heard
  }

  /** Whether a provider gave a proof that does not hold: it is then believed without one neither. */
  gaveFalseProof(at: number): boolean {
    return this.#faults[at] === 'proof-invalid'
  }

  /** The fault of the first provider that has one. */
  firstFault(): UndeterminedCode {
    return this.#faults.find((fault) => fault !== undefined) ?? 'unreachable'
  }

  answers(): ProviderAnswer[] {
    return this.#names.map((provider, at) => {
      const detail = (this.#details[at] ?? []).join('; ').slice(0, MAX_DETAIL)
      const outcome = this.#faults[at] ?? 'answered'
      return detail === '' ? { provider, outcome } : { provider, outcome, detail }
    })
  }
}

export function codeOf(error: unknown): UndeterminedCode {
  if (error instanceof Refusal) return error.code
  return error instanceof UnavailableError && error.code === 'timeout' ? 'timeout' : 'unreachable'
}

export function detailOf(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown error'
}
