/** Hands of both kinds, for tests of what they do alike. */

import { ownHands, threadHands } from '../../../server/issuance/hands.ts'
import type { Hands } from '../../../server/issuance/hands.ts'
import { openThreads } from '../../../server/issuance/threads.ts'
import type { Threads } from '../../../server/issuance/threads.ts'

export const KINDS_OF_HANDS = ['threads', 'the process'] as const

/** Hands while the tests of a suite run; its threads start before them and end behind them. */
export function lentHands(): (kind: (typeof KINDS_OF_HANDS)[number]) => Hands {
  let threads: Threads | undefined
  let lent: Hands | undefined
  const own = ownHands()
  before(() => {
    threads = openThreads(2)
    lent = threadHands(threads, 2)
  })
  after(() => threads?.close())
  return (kind) => {
    if (lent === undefined) throw new Error('hands are lent to tests that run')
    return kind === 'threads' ? lent : own
  }
}
