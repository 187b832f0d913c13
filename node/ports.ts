/** What `gather` needs of the world, as Node has it: one set of ports for terminal and server. */

import { setTimeout as sleep } from 'node:timers/promises'
import type { GatherPorts, Pins, Policy } from '../src/index.ts'
import { domainPortOf, INTERNET } from './domain.ts'
import type { Internet } from './domain.ts'
import { requestOf } from './rpc.ts'

/**
 * Network and clock of this machine, within the policy's time.
 * @param ended aborted when the verdict stands: what is still under way is given up
 * @param pins which providers have shown the pinned chain before: the caller's, for as long as its process lives
 */
export function portsOf(
  policy: Policy,
  pins: Pins,
  internet: Internet = INTERNET,
  ended?: AbortSignal,
): GatherPorts {
  return {
    connect: (url) => requestOf(url, policy.timeoutMs, ended),
    // What is still under way when a verdict stands keeps no process alive.
    delay: (milliseconds) => sleep(milliseconds, undefined, { ref: false }),
    pins,
    domain: domainPortOf(policy, internet),
  }
}
