/** Which addresses a name that somebody else chose may lead to. */

import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

/** All of IPv6 that is given out for use on the internet (RFC 4291 section 2.4 and IANA's registry). */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3')

/**
 * An address of one machine on the public internet, in a spelling that the system itself takes for an address. All that
 * leads elsewhere is none: loopback, private, link-local, shared (CGNAT), documentation, multicast, and what carries an
 * IPv4 address inside it (mapped, 6to4, NAT64, Teredo).
 */
export function isPublicAddress(address: string): boolean {
  // `127.1` is an address to the library and a name to the system; a zone names an interface of this machine.
  if (isIP(address) === 0 || address.includes('%')) return false
  const parsed = ipaddr.parse(address)
  if (parsed.range() !== 'unicast') return false
  return parsed instanceof ipaddr.IPv4 || parsed.match(GLOBAL_IPV6)
}

/** The one spelling by which two addresses are compared; `undefined` for what is none. */
export function spellingOf(address: string | undefined): string | undefined {
  return address === undefined || isIP(address) === 0 ? undefined : ipaddr.parse(address).toString()
}
