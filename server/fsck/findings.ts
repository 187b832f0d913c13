/** Findings as they come, bounded, and what they come to. */

import { UNDETERMINED_CODES } from './types.ts'
import type { Finding, FsckCode, FsckOutcome } from './types.ts'

/** More name nothing that these do not. */
const MAX_FINDINGS = 1000

export type Findings = {
  add(code: FsckCode, subject: string, detail: string): void
  readonly list: readonly Finding[]
  more(): number
  outcome(): FsckOutcome
}

export function newFindings(): Findings {
  const list: Finding[] = []
  let more = 0
  let isUnsound = false
  let isOpen = false
  return {
    list,
    add: (code, subject, detail) => {
      if (UNDETERMINED_CODES.some((one) => one === code)) isOpen = true
      else isUnsound = true
      if (list.length < MAX_FINDINGS) list.push({ code, subject, detail })
      else more += 1
    },
    more: () => more,
    outcome: () => {
      if (isUnsound) return 'unsound'
      return isOpen ? 'undetermined' : 'sound'
    },
  }
}

/** What an error says, for a detail. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
