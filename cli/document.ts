/** A certificate's bytes, or those of an evidence bundle, from a file or behind a holder link. */

import { nodeAes256Gcm } from '../node/cipher.ts'
import {
  fetchBlock,
  fetchServerKey,
  FormatError,
  isPermanent,
  MAX_BUNDLE_BYTES,
  openDocument,
  parseHolderLink,
  serverKeyAuthOf,
} from '../src/index.ts'
import type { FetchLike, HolderLink } from '../src/index.ts'
import { EXIT, Failure, usage } from './failure.ts'
import { readBytes } from './files.ts'
import type { Words } from './texts/words.ts'

const FETCH_TIMEOUT_MS = 15_000

/** A holder link, as opposed to the path of a file. */
export function isLink(target: string): boolean {
  return /^https?:\/\//i.test(target)
}

/** Throws `Failure` `bad-link`, without the link: its fragment is a secret. */
export function readLink(target: string, words: Words): HolderLink {
  try {
    return parseHolderLink(target, 'link')
  } catch (error) {
    if (error instanceof FormatError) throw usage(error.code, words.badLink)
    throw error
  }
}

/**
 * The bytes of the certificate that `target` names. Throws `Failure`; `UnavailableError` where the host of a link does
 * not answer; `FormatError` `sealed-document-damaged` where what the issuer sealed is no document.
 */
export async function loadDocument(target: string, words: Words): Promise<Uint8Array> {
  if (!isLink(target)) return readBytes(target, words, MAX_BUNDLE_BYTES)
  const link = readLink(target, words)
  try {
    return await openLink(link)
  } catch (error) {
    // Other bytes or another key tell of the host, and nothing of the certificate.
    const isHost = error instanceof FormatError && error.code !== 'sealed-document-damaged'
    if (!isHost) throw error
    const message = `${words.linkDoesNotOpen} [${error.code}]`
    throw new Failure(EXIT.undetermined, error.code, message)
  }
}

async function openLink({ origin, cid, linkSecret }: HolderLink): Promise<Uint8Array> {
  const block = await fetchBlock(fetchInTime, origin, cid)
  const serverKey = isPermanent(block, linkSecret)
    ? undefined
    : await fetchServerKey(fetchInTime, origin, cid, serverKeyAuthOf(linkSecret))
  return openDocument(block, { linkSecret, serverKey }, nodeAes256Gcm)
}

const fetchInTime: FetchLike = (url, init) =>
  fetch(url, { ...init, signal: AbortSignal.timeout(FETCH_TIMEOUT_MS) })
