/** What a domain says of accounts, asked safely (SPEC section 16): the names are the policy's, what they lead to is not. */

import { isIP } from 'node:net'
import {
  accountsOfDidDocument,
  accountsOfTxtAnswer,
  base64urlOf,
  didDocumentUrl,
  domainAnswerOf,
  MAX_DID_DOCUMENT_BYTES,
  MAX_DNS_BYTES,
  txtQueryOf,
} from '../src/index.ts'
import type { DomainAnswer, Policy } from '../src/index.ts'
import { isPublicAddress } from './addresses.ts'
import { nameLookup } from './names.ts'
import type { NameLookup } from './names.ts'
import { getSecurely } from './secure-get.ts'

/** What lies behind names, for tests to put another in its place. */
export interface Internet {
  readonly addressesOf: NameLookup
  /** Whether a domain may lead to an address. */
  readonly isPublic: (address: string) => boolean
  /** Where domains serve HTTPS. */
  readonly port: number
  /** Roots of trust in PEM; by default those of Node. */
  readonly ca?: string
}

/** The one that everybody means. */
export const INTERNET: Internet = {
  addressesOf: nameLookup(),
  isPublic: isPublicAddress,
  port: 443,
}

/** The part of the policy's time that a domain gets: what one of its two sources answered is told before all is over. */
const SHARE = 7 / 8
/** Connections at a time, however many domains a policy lists. */
const MAX_AT_ONCE = 32
const DNS_MESSAGE = 'application/dns-message'

/**
 * The `domain` port of `gather`. It never rejects: a domain that could not be asked names `null`. Who asks while the same
 * question is under way gets the answer to that.
 */
export function domainPortOf(
  { resolver, timeoutMs }: Pick<Policy, 'resolver' | 'timeoutMs'>,
  internet: Internet,
): (domain: string) => Promise<DomainAnswer> {
  const underWay = new Map<string, Promise<DomainAnswer>>()
  const inTurn = turnstile(MAX_AT_ONCE)
  const ask = async (domain: string): Promise<DomainAnswer> => {
    const signal = AbortSignal.timeout(timeoutMs * SHARE)
    if (!isName(domain)) return domainAnswerOf(domain, null)
    const sources = await Promise.all([
      orNull(inTurn(() => accountsServed(domain, internet, signal))),
      resolver === undefined
        ? null
        : orNull(inTurn(() => accountsInDns(domain, resolver, internet, signal))),
    ])
    return domainAnswerOf(domain, ...sources)
  }
  return (domain) => {
    const earlier = underWay.get(domain)
    if (earlier !== undefined) return earlier
    const answer = ask(domain).finally(() => underWay.delete(domain))
    underWay.set(domain, answer)
    return answer
  }
}

/** A name and nothing else, in particular no address in any of the spellings that a URL takes for one. */
function isName(domain: string): boolean {
  const isPlain = /^[a-z0-9.-]+$/.test(domain) && isIP(domain) === 0
  return isPlain && URL.parse(didDocumentUrl(domain))?.host === domain
}

/** The accounts in the domain's own document. Rejects where the domain gives neither one nor a clear no. */
async function accountsServed(
  domain: string,
  { addressesOf, isPublic, port, ca }: Internet,
  signal: AbortSignal,
): Promise<readonly string[]> {
  signal.throwIfAborted()
  const addresses = await addressesOf(domain, signal)
  // One that is not is reason enough to distrust the rest.
  if (!addresses.every(isPublic))
    throw new Error(`${domain} leads to an address that is not public`)
  const url = new URL(didDocumentUrl(domain))
  url.port = `${port}`
  const accept = 'application/did+json, application/json'
  const limits = { maxBytes: MAX_DID_DOCUMENT_BYTES, signal }
  const { status, bytes } = await getSecurely(url, { accept, addresses, ca, ...limits })
  if (status === 404 || status === 410) return []
  if (status !== 200) throw new Error(`${domain} answers with status ${status}`)
  return accountsOfDidDocument(bytes)
}

/** The accounts in the domain's TXT records, by RFC 8484. The resolver is the policy's own: it may stand anywhere. */
async function accountsInDns(
  domain: string,
  resolver: string,
  { ca }: Internet,
  signal: AbortSignal,
): Promise<readonly string[]> {
  signal.throwIfAborted()
  const url = new URL(resolver)
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '') {
    throw new Error('a resolver is asked over https, and without credentials')
  }
  url.searchParams.set('dns', base64urlOf(txtQueryOf(domain)))
  const limits = { maxBytes: MAX_DNS_BYTES, signal }
  const { status, mediaType, bytes } = await getSecurely(url, {
    accept: DNS_MESSAGE,
    ca,
    ...limits,
  })
  if (status !== 200 || mediaType !== DNS_MESSAGE) throw new Error('the resolver gives no answer')
  return accountsOfTxtAnswer(bytes, domain)
}

async function orNull<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work
  } catch {
    // Whatever the reason, this source could not be asked, and that is all that a verdict makes of it.
    return null
  }
}

/** Lets so many pieces of work run at a time, in the order in which they came. */
function turnstile(width: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let free = width
  return async (work) => {
    if (free > 0) free -= 1
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next === undefined) free += 1
      else next()
    }
  }
}
