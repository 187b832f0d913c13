/** Addresses of names, asked of the DNS. */

import { Resolver } from 'node:dns/promises'

/** The addresses that a name has at one moment; none where it has none. */
export type NameLookup = (name: string, signal: AbortSignal) => Promise<readonly string[]>

const TRY_MS = 2_000
const TRIES = 2

/**
 * Asks the machine's name servers, or `servers` (address and port), for A and AAAA records. Neither the machine's file of
 * hosts nor its search domains have a say in what a public name means, and no thread of the file system waits.
 */
export function nameLookup(servers?: readonly string[]): NameLookup {
  return async (name, signal) => {
    const resolver = new Resolver({ timeout: TRY_MS, tries: TRIES })
    if (servers !== undefined) resolver.setServers(servers)
    const cancel = (): void => {
      resolver.cancel()
    }
    signal.addEventListener('abort', cancel, { once: true })
    try {
      const found = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)])
      return found.flatMap((one) => (one.status === 'fulfilled' ? one.value : []))
    } finally {
      signal.removeEventListener('abort', cancel)
    }
  }
}
