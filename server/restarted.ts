/** A folder's own chain that was killed comes back: whoever asks it meanwhile waits. */

import { UnavailableError } from '../src/index.ts'
import type { Engines } from './engines.ts'

/** How long the folder's own chain may take to be started again where it was killed, milliseconds. */
const RESTART_MS = 60_000
const RESTART_POLL_MS = 250

/** What the chain answers; one of the folder's own is waited for, since whoever uses it starts it again. */
export async function answered<T>(
  { config, rpc, sleep }: Pick<Engines, 'config' | 'rpc' | 'sleep'>,
  ask: () => Promise<T>,
): Promise<T> {
  const deadline = Date.now() + (config.chain.kind === 'embedded' ? RESTART_MS : 0)
  let isSecond = false
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      const isPassing = error instanceof UnavailableError && error.code === 'unreachable'
      if (!isPassing || Date.now() > deadline) throw error
      const isUp = await rpc('eth_chainId').then(
        () => true,
        () => false,
      )
      // Where the chain is there, or is there again, something else may be away.
      if (isUp && isSecond) throw error
      isSecond = isUp
      await sleep(RESTART_POLL_MS)
    }
  }
}
