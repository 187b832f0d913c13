/** One change of many certificates: each is asked for by itself, no faster than the server takes them. */
import type { ReasonCode } from '../../../src/index.ts'
import type { Api } from '../api.ts'
import { asProblem } from '../problem.ts'
import { OPERATION } from './answers.ts'
import type { StatusAct } from './acts.ts'
import { pause } from './following.ts'

export type ManyProgress = {
  readonly done: number
  /** Seconds for which the server asked to wait; undefined while it takes them. */
  readonly waits: number | undefined
}

const WHILE_UNTOLD_S = 10

/**
 * Rejects with the problem of the first that is refused; what was asked for before it stays asked for. `keys` are one
 * idempotency key for each, so that the same once more asks for nothing twice.
 */
export async function changeMany(
  api: Api,
  request: {
    readonly act: StatusAct
    readonly reason: ReasonCode
    readonly cids: readonly string[]
    readonly key: string
  },
  tell: (progress: ManyProgress) => void,
): Promise<void> {
  const { act, reason, cids, key } = request
  for (const [i, cid] of cids.entries()) {
    const path = `/api/v1/certificates/${cid}/${act}`
    for (;;) {
      tell({ done: i, waits: undefined })
      const sending = { json: { reason }, idempotencyKey: `${key}-${i}` }
      const refused = await api.send('POST', path, OPERATION, sending).then(
        () => undefined,
        (error: unknown) => asProblem(error),
      )
      if (refused === undefined) break
      if (refused.code !== 'rate-limited') throw refused
      const seconds = refused.retryAfter ?? WHILE_UNTOLD_S
      tell({ done: i, waits: seconds })
      await pause(seconds * 1000)
    }
  }
  tell({ done: cids.length, waits: undefined })
}
