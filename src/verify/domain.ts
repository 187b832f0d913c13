import { parseAccount } from '../primitives/account.ts'
import { concat, utf8 } from '../primitives/bytes.ts'
import { FormatError } from '../primitives/errors.ts'
import { parseJson } from '../primitives/json.ts'
import type { DomainAnswer } from './evidence.ts'

/** What a domain says of accounts (SPEC section 16): pure readers of what was fetched; fetching safely is the caller's. */

export const MAX_DID_DOCUMENT_BYTES = 256 * 1024
/** Longest DNS message (RFC 1035 section 4.2.2). */
export const MAX_DNS_BYTES = 65_535

const DID_PKH = 'did:pkh:'
const TXT_PREFIX = 'inaltera='
const TXT = 16
const IN = 1
const HEADER_BYTES = 12
const NO_SUCH_NAME = 3
/** More records than any resolver sends for one name. */
const MAX_RECORDS = 1_000

/** Where a domain's own document stands. */
export function didDocumentUrl(domain: string): string {
  return `https://${domain}/.well-known/did.json`
}

/** The name whose TXT records speak of accounts. */
export function txtNameOf(domain: string): string {
  return `_inaltera.${domain}`
}

/** The accounts that a DID document names in `alsoKnownAs`. @throws FormatError where it is no JSON object */
export function accountsOfDidDocument(bytes: Uint8Array): string[] {
  if (bytes.length > MAX_DID_DOCUMENT_BYTES) {
    throw new FormatError('too-large', '', 'a DID document has at most 256 KiB')
  }
  const json = parseJson(bytes)
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new FormatError('wrong-type', '', 'a DID document is a JSON object')
  }
  const names = (json as Readonly<Record<string, unknown>>)['alsoKnownAs']
  const texts = Array.isArray(names) ? (names as unknown[]) : []
  return texts.flatMap((text) =>
    typeof text === 'string' && text.startsWith(DID_PKH)
      ? accountIn(text.slice(DID_PKH.length))
      : [],
  )
}

/** A DNS query for the TXT records of a domain, as RFC 8484 sends it: id 0, recursion desired. */
export function txtQueryOf(domain: string): Uint8Array<ArrayBuffer> {
  const header = Uint8Array.of(0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0)
  const labels = txtNameOf(domain)
    .split('.')
    .map((label) => concat(Uint8Array.of(label.length), utf8(label)))
  return concat(header, ...labels, Uint8Array.of(0, 0, TXT, 0, IN))
}

/** The accounts that a DNS answer names for a domain. @throws FormatError where it is no answer to that query */
export function accountsOfTxtAnswer(bytes: Uint8Array, domain: string): string[] {
  const reader = new DnsReader(bytes)
  const { responseCode, answers } = reader.header()
  if (responseCode === NO_SUCH_NAME) return []
  if (responseCode !== 0) throw malformed(`the resolver answers with code ${responseCode}`)
  const name = txtNameOf(domain)
  if (reader.question() !== name) throw malformed('the answer is to another question')
  const texts: string[] = []
  for (let record = 0; record < answers; record++) {
    const { owner, type, recordClass, data } = reader.record()
    if (owner === name && type === TXT && recordClass === IN) texts.push(textOf(data))
  }
  return texts.flatMap((text) =>
    text.startsWith(TXT_PREFIX) ? accountIn(text.slice(TXT_PREFIX.length)) : [],
  )
}

/** Both answers as one; `null` stands for a source that could not be asked. */
export function domainAnswerOf(
  domain: string,
  ...sources: readonly (readonly string[] | null)[]
): DomainAnswer {
  const given = sources.filter((source) => source !== null)
  return { domain, accounts: given.length === 0 ? null : [...new Set(given.flat())] }
}

/** Reads a DNS message (RFC 1035 section 4) from its start; every read is within its bytes. */
class DnsReader {
  readonly #bytes: Uint8Array
  #at = HEADER_BYTES

  constructor(bytes: Uint8Array) {
    if (bytes.length < HEADER_BYTES || bytes.length > MAX_DNS_BYTES) throw malformed('no message')
    this.#bytes = bytes
  }

  header(): { responseCode: number; answers: number } {
    const isResponse = ((this.#bytes[2] ?? 0) & 0x80) !== 0
    const isTruncated = ((this.#bytes[2] ?? 0) & 0x02) !== 0
    const [questions, answers] = [this.#uint16(4), this.#uint16(6)]
    if (!isResponse || isTruncated || questions !== 1 || answers > MAX_RECORDS) {
      throw malformed('not a whole answer to one question')
    }
    return { responseCode: (this.#bytes[3] ?? 0) & 0x0f, answers }
  }

  /** The name asked for, where it was asked for TXT records. */
  question(): string {
    const name = this.#name()
    const [type, recordClass] = [this.#uint16(this.#at), this.#uint16(this.#at + 2)]
    this.#at += 4
    if (type !== TXT || recordClass !== IN) throw malformed('the answer is to another question')
    return name
  }

  record(): { owner: string; type: number; recordClass: number; data: Uint8Array } {
    const owner = this.#name()
    const [type, recordClass] = [this.#uint16(this.#at), this.#uint16(this.#at + 2)]
    const start = this.#at + 10
    const end = start + this.#uint16(this.#at + 8)
    if (end > this.#bytes.length) throw malformed('a record ends beyond the message')
    this.#at = end
    return { owner, type, recordClass, data: this.#bytes.subarray(start, end) }
  }

  /** A name in lower case; its tail may be a pointer to an earlier place, which only ever leads back. */
  #name(): string {
    const labels: string[] = []
    let at = this.#at
    let end: number | undefined
    for (;;) {
      const length = this.#byte(at)
      if (length === 0) break
      if (length >= 0xc0) {
        const target = this.#uint16(at) & 0x3fff
        if (target >= at) throw malformed('a name points forward')
        end ??= at + 2
        at = target
        continue
      }
      if (length > 63) throw malformed('a label is too long')
      const label = this.#bytes.subarray(at + 1, at + 1 + length)
      if (label.length !== length) throw malformed('a name ends beyond the message')
      labels.push(latin(label).toLowerCase())
      at += 1 + length
      if (labels.length > 127) throw malformed('a name has too many labels')
    }
    this.#at = end ?? at + 1
    return labels.join('.')
  }

  #byte(at: number): number {
    const byte = this.#bytes[at]
    if (byte === undefined) throw malformed('the message ends early')
    return byte
  }

  #uint16(at: number): number {
    return this.#byte(at) * 256 + this.#byte(at + 1)
  }
}

/** The strings of a TXT record, joined. */
function textOf(data: Uint8Array): string {
  let text = ''
  let at = 0
  while (at < data.length) {
    const length = data[at] ?? 0
    if (at + 1 + length > data.length) throw malformed('a text ends beyond its record')
    text += latin(data.subarray(at + 1, at + 1 + length))
    at += 1 + length
  }
  return text
}

function latin(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes)
}

/** The account, or nothing where the text is none in its one spelling. */
function accountIn(text: string): string[] {
  try {
    return [parseAccount(text, '').text]
  } catch (error) {
    if (error instanceof FormatError) return []
    throw error
  }
}

function malformed(why: string): FormatError {
  return new FormatError('wrong-value', 'dns', why)
}
