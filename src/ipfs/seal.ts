import {
  base64urlInto,
  base64urlLength,
  base64urlOf,
  concat,
  equalBytes,
  parseBase64url,
  uint32be,
  utf8,
  utf8Into,
} from '../primitives/bytes.ts'
import { FormatError, invariant } from '../primitives/errors.ts'
import { hkdfExpand, hkdfExtract } from '../primitives/hash.ts'
import { SpareRoom } from '../primitives/spare.ts'
import type { RoomFor } from '../primitives/spare.ts'

/** Largest block that is made or read, in bytes. */
export const MAX_BLOCK_BYTES = 1024 * 1024
/** Link secrets, server keys and batch secrets are this long. */
export const SECRET_BYTES = 32
/** Each sealing takes a fresh random initialisation vector of this length. */
export const IV_BYTES = 12

/** AES-256-GCM with a 12-byte IV and a 16-byte tag, by whatever engine the runtime has. */
export interface Aes256Gcm {
  encrypt(
    key: Uint8Array,
    iv: Uint8Array,
    plaintext: Uint8Array,
    additionalData: Uint8Array,
  ): Promise<{ readonly ciphertext: Uint8Array; readonly tag: Uint8Array }>
  /** Resolves to undefined where the tag does not fit; rejects only where the engine itself fails. */
  decrypt(
    key: Uint8Array,
    iv: Uint8Array,
    ciphertext: Uint8Array,
    tag: Uint8Array,
    additionalData: Uint8Array,
  ): Promise<Uint8Array | undefined>
}

/** What a holder needs: the secret of the link and, unless the link is permanent, the server's half. */
export interface DocumentKeys {
  readonly linkSecret: Uint8Array
  readonly serverKey?: Uint8Array | undefined
}

/** What encrypts, and what stands in the header because GCM does not say which key it was sealed with. */
export interface ContentKeys {
  readonly key: Uint8Array
  readonly commitment: Uint8Array
}

interface Jwe {
  readonly header: string
  readonly keyCommitment: Uint8Array
  readonly iv: Uint8Array
  readonly ciphertext: Uint8Array
  readonly tag: Uint8Array
}

const PADDING = 0x20
const PADDED_TO = 1024
const TAG_BYTES = 16
const FIELD = 'sealed document'
const DOT = 0x2e
const SEAL_LABEL = utf8('inaltera/seal/1')
const LINK_LABEL = utf8('inaltera/link/1')
const KEY_LABEL = utf8('key/1')
const COMMIT_LABEL = utf8('commit/1')
const AUTH_LABEL = utf8('inaltera/server-key-auth/1')
const OWNER_LABEL = utf8('inaltera/owner/1')
/** A fresh decoder for each text would cost more than decoding it. */
const ASCII = new TextDecoder('utf-8', { ignoreBOM: true })
/** For documents with the spaces behind them. */
const PADDED = new SpareRoom()

/** The secret of one certificate's link; `sealing` counts from 0 with each new sealing (SPEC section 9). */
export function linkSecretOf(
  batchSecret: Uint8Array,
  index: number,
  sealing: number,
): Uint8Array<ArrayBuffer> {
  const label = concat(LINK_LABEL, uint32be(index), uint32be(sealing))
  return hkdfExpand(secret(batchSecret), label, SECRET_BYTES)
}

/** The token against which the server gives out the server key. */
export function serverKeyAuthOf(linkSecret: Uint8Array): Uint8Array<ArrayBuffer> {
  return expand(secret(linkSecret), AUTH_LABEL)
}

/** The token with which a holder makes and withdraws shares. */
export function ownerTokenOf(linkSecret: Uint8Array): Uint8Array<ArrayBuffer> {
  return expand(secret(linkSecret), OWNER_LABEL)
}

/** The keys of a sealed document; without a server key, those of a permanent link (SPEC section 8). */
export function contentKeysOf(linkSecret: Uint8Array, serverKey?: Uint8Array): ContentKeys {
  const inputKey =
    serverKey === undefined ? secret(linkSecret) : concat(secret(linkSecret), secret(serverKey))
  const prk = hkdfExtract(SEAL_LABEL, inputKey)
  return { key: expand(prk, KEY_LABEL), commitment: expand(prk, COMMIT_LABEL) }
}

/**
 * Seals a certificate's bytes as a compact JWE (RFC 7516, `dir` with A256GCM), one raw block. The document is filled up
 * with spaces to a multiple of 1,024 bytes, so that its length says little; one that has such a length stays as it is.
 * `iv` is 12 random bytes, never used before.
 * @param roomFor where the block is written: so many bytes
 * @throws FormatError `too-large` where the block would be above 1 MiB
 */
export async function sealDocument(
  document: Uint8Array,
  keys: DocumentKeys,
  iv: Uint8Array,
  cipher: Aes256Gcm,
  roomFor: RoomFor = (length) => new Uint8Array(length),
): Promise<Uint8Array<ArrayBuffer>> {
  invariant(iv.length === IV_BYTES, 'an IV has 12 bytes')
  invariant(document.at(-1) !== PADDING, 'a document ends in no space: it could not be told apart')
  const { key, commitment } = contentKeysOf(keys.linkSecret, keys.serverKey)
  const header = headerOf(commitment)
  const length = Math.ceil(document.length / PADDED_TO) * PADDED_TO
  if (blockLength(header, length) > MAX_BLOCK_BYTES) throw tooLarge()
  const { ciphertext, tag } = await PADDED.lend((take) => {
    const padded = take(length)
    padded.set(document)
    padded.fill(PADDING, document.length)
    return cipher.encrypt(key, iv, padded, utf8(header))
  })
  invariant(
    ciphertext.length === length && tag.length === TAG_BYTES,
    'GCM keeps the length and adds 16 bytes',
  )
  const block = roomFor(blockLength(header, length))
  let at = utf8Into(`${header}..`, block)
  at = base64urlInto(iv, block, at)
  block[at] = DOT
  at = base64urlInto(ciphertext, block, at + 1)
  block[at] = DOT
  base64urlInto(tag, block, at + 1)
  return block
}

/**
 * Opens a sealed document: with the server key, or with the link secret alone, as permanent links have it. What the
 * header says of the key is compared before anything is decrypted. The spaces at the end are dropped.
 * @throws FormatError `too-large`; `sealed-document-damaged`; `wrong-key`
 */
export async function openDocument(
  block: Uint8Array,
  keys: DocumentKeys,
  cipher: Pick<Aes256Gcm, 'decrypt'>,
): Promise<Uint8Array> {
  const jwe = parseJwe(block)
  const { linkSecret, serverKey } = keys
  // What a reader with both keys opens is hardly ever a permanent link's; no block is both.
  const key = (serverKey && fittingKey(jwe, linkSecret, serverKey)) ?? fittingKey(jwe, linkSecret)
  if (key === undefined) {
    throw new FormatError('wrong-key', FIELD, 'the document was sealed with another key')
  }
  const padded = await cipher.decrypt(key, jwe.iv, jwe.ciphertext, jwe.tag, utf8(jwe.header))
  if (padded === undefined) throw damaged('its bytes are not those that were sealed')
  let end = padded.length
  while (padded[end - 1] === PADDING) end--
  return padded.subarray(0, end)
}

/**
 * Whether a link alone opens the document, without a server key.
 * @throws FormatError `too-large`; `sealed-document-damaged`
 */
export function isPermanent(block: Uint8Array, linkSecret: Uint8Array): boolean {
  return fittingKey(parseJwe(block), linkSecret) !== undefined
}

function fittingKey(
  { keyCommitment }: Jwe,
  linkSecret: Uint8Array,
  serverKey?: Uint8Array,
): Uint8Array | undefined {
  const { key, commitment } = contentKeysOf(linkSecret, serverKey)
  return equalBytes(keyCommitment, commitment) ? key : undefined
}

/** The protected header as a JWE has it: base64url of the one text there is for a key. */
function headerOf(commitment: Uint8Array): string {
  return base64urlOf(utf8(`{"alg":"dir","enc":"A256GCM","kc":"${base64urlOf(commitment)}"}`))
}

/** @throws FormatError `too-large`; `sealed-document-damaged` */
function parseJwe(block: Uint8Array): Jwe {
  if (block.length > MAX_BLOCK_BYTES) throw tooLarge()
  const parts = ASCII.decode(block).split('.')
  const [header, encryptedKey, iv, ciphertext, tag] = parts
  if (parts.length !== 5 || header === undefined || encryptedKey !== '') {
    throw damaged('it is no compact JWE with a direct key')
  }
  const kc = /^\{"alg":"dir","enc":"A256GCM","kc":"([A-Za-z0-9_-]{43})"\}$/.exec(
    ASCII.decode(part(header)),
  )?.[1]
  if (kc === undefined) throw damaged('its header is another')
  const jwe = {
    header,
    // The one spelling of 32 bytes in the one header there is for them.
    keyCommitment: part(kc),
    iv: part(iv),
    ciphertext: part(ciphertext),
    tag: part(tag),
  }
  if (jwe.iv.length !== IV_BYTES || jwe.tag.length !== TAG_BYTES) {
    throw damaged('its IV or its tag has another length')
  }
  return jwe
}

function part(text: string | undefined): Uint8Array {
  try {
    return parseBase64url(text, FIELD)
  } catch (error) {
    if (error instanceof FormatError) throw damaged('a part of it is not base64url')
    throw error
  }
}

function blockLength(header: string, ciphertextBytes: number): number {
  const parts = [IV_BYTES, ciphertextBytes, TAG_BYTES].map(base64urlLength)
  return parts.reduce((length, part) => length + part, header.length + 4)
}

function expand(key: Uint8Array, label: Uint8Array): Uint8Array<ArrayBuffer> {
  return hkdfExpand(key, label, SECRET_BYTES)
}

function secret(bytes: Uint8Array): Uint8Array {
  invariant(bytes.length === SECRET_BYTES, 'a secret has 32 bytes')
  return bytes
}

function tooLarge(): FormatError {
  return new FormatError('too-large', FIELD, `the block is larger than ${MAX_BLOCK_BYTES} bytes`)
}

function damaged(why: string): FormatError {
  return new FormatError('sealed-document-damaged', FIELD, `the document is damaged: ${why}`)
}
