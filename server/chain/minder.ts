/** One process's hold on an embedded chain: joined again where its keeper is gone, its state copied while it runs. */

import { closeSync } from 'node:fs'
import { isKeeper } from './keeper.ts'
import type { Paths } from './keeper.ts'
import { copyState } from './state-file.ts'
import { leave } from './users.ts'
import type { Use } from './users.ts'

/** A use of the chain that `keeper`, a process, keeps on `port`. */
export type Hold = { readonly use: Use; readonly keeper: number; readonly port: number }

const LOOK_MS = 500
/** Looks between two copies of the state. */
const COPY_EVERY = 4

/** Sees to it that the chain runs until it is closed. `again` joins or starts it. */
export function mind(
  paths: Paths,
  first: Hold,
  again: () => Promise<Hold>,
): { close(): Promise<void> } {
  let hold: Hold | undefined = first
  let isClosed = false
  let looks = 0
  let copies = 0
  const look = async (): Promise<void> => {
    if (hold !== undefined && !isKeeper(hold.keeper, paths)) {
      closeSync(hold.use.pipe)
      hold = undefined
    }
    if (hold === undefined) {
      const next = await again()
      hold = next
      return
    }
    looks += 1
    if (looks % COPY_EVERY !== 0) return
    const copied = await copyState(paths.state, paths.copies[copies % 2 === 0 ? 0 : 1])
    if (copied) copies += 1
  }
  let looking: Promise<void> | undefined
  const timer = setInterval(() => {
    // What does not succeed is tried again at the next look; meanwhile whoever calls the chain sees that it is away.
    looking ??= look()
      .catch(() => undefined)
      .finally(() => {
        looking = undefined
      })
  }, LOOK_MS)
  timer.unref()
  return {
    close: async () => {
      if (isClosed) return
      isClosed = true
      clearInterval(timer)
      await looking
      if (hold !== undefined) await leave(hold.use, paths, hold.keeper)
    },
  }
}
