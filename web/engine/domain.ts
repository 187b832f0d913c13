/** What a domain says of accounts (SPEC section 16), as far as a browser may ask: where the domain lets pages read it. */
import {
  accountsOfDidDocument,
  accountsOfTxtAnswer,
  base64urlOf,
  didDocumentUrl,
  domainAnswerOf,
  MAX_DID_DOCUMENT_BYTES,
  MAX_DNS_BYTES,
  txtQueryOf,
} from '../../src/index.ts'
import type { GatherPorts, Policy } from '../../src/index.ts'
import { fetchBytes } from './http.ts'

const DNS_MESSAGE = 'application/dns-message'
/** The part of the policy's time that a domain gets, so that what one of its two sources answered is told in time. */
const SHARE = 7 / 8

/** The `domain` port of `gather`. It never rejects: a domain that could not be asked names `null`. */
export function domainPortOf(
  { resolver, timeoutMs }: Pick<Policy, 'resolver' | 'timeoutMs'>,
  ended: AbortSignal,
): NonNullable<GatherPorts['domain']> {
  const limits = { timeoutMs: timeoutMs * SHARE, ended }
  return async (domain) => {
    const sources = await Promise.all([
      orNull(served(domain, limits)),
      resolver === undefined ? null : orNull(inDns(domain, resolver, limits)),
    ])
    return domainAnswerOf(domain, ...sources)
  }
}

type Limits = { readonly timeoutMs: number; readonly ended: AbortSignal }

async function served(domain: string, limits: Limits): Promise<readonly string[]> {
  const url = didDocumentUrl(domain)
  const { status, bytes } = await fetchBytes(url, { ...limits, maxBytes: MAX_DID_DOCUMENT_BYTES })
  if (status === 404 || status === 410) return []
  if (status !== 200) throw new Error(`${domain} answers with status ${status}`)
  return accountsOfDidDocument(bytes)
}

async function inDns(domain: string, resolver: string, limits: Limits): Promise<readonly string[]> {
  const url = new URL(resolver)
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '') {
    throw new Error('a resolver is asked over https, and without credentials')
  }
  url.searchParams.set('dns', base64urlOf(txtQueryOf(domain)))
  const headers = { accept: DNS_MESSAGE }
  const answer = await fetchBytes(url.href, { ...limits, headers, maxBytes: MAX_DNS_BYTES })
  if (answer.status !== 200 || answer.type !== DNS_MESSAGE) throw new Error('no answer')
  return accountsOfTxtAnswer(answer.bytes, domain)
}

async function orNull<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work
  } catch {
    // Whatever the reason, this source could not be asked, and that is all that a verdict makes of it.
    return null
  }
}
