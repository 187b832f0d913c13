import { concat, utf8 } from '../primitives/bytes.ts'
import { FormatError, invariant } from '../primitives/errors.ts'
import { hkdfExpand } from '../primitives/hash.ts'
import { parseCid } from './cid.ts'
import { parseHolderLink } from './link.ts'
import type { HolderLink } from './link.ts'
import { IV_BYTES, SECRET_BYTES } from './seal.ts'
import type { Aes256Gcm } from './seal.ts'

const LABEL = 'inaltera/successor/1'
const PADDING = 0x20
const PADDED_TO = 512
const TAG_BYTES = 16
/** No link is as long; checked before anything is decrypted. */
const MAX_ENVELOPE_BYTES = 4096
const FIELD = 'successor'

/** The old link: what opens the envelope, and the document whose place is taken. */
export interface Predecessor {
  readonly cid: string
  readonly linkSecret: Uint8Array
}

/**
 * The holder link of a replacement, for who has the link of what it replaces and for nobody else: IV, ciphertext and tag
 * of AES-256-GCM one after the other (SPEC section 9). `iv` is 12 random bytes, never used before.
 */
export async function sealSuccessor(
  link: string,
  old: Predecessor,
  iv: Uint8Array,
  cipher: Pick<Aes256Gcm, 'encrypt'>,
): Promise<Uint8Array<ArrayBuffer>> {
  invariant(iv.length === IV_BYTES, 'an IV has 12 bytes')
  parseHolderLink(link, 'link')
  const text = utf8(link)
  const padded = new Uint8Array(Math.ceil(text.length / PADDED_TO) * PADDED_TO).fill(PADDING)
  padded.set(text)
  invariant(padded.length + IV_BYTES + TAG_BYTES <= MAX_ENVELOPE_BYTES, 'a link is short')
  const { ciphertext, tag } = await cipher.encrypt(keyOf(old), iv, padded, boundTo(old))
  return concat(iv, ciphertext, tag)
}

/**
 * The link in the envelope.
 * @throws FormatError `too-large`; `sealed-document-damaged` for bytes that were not sealed for this link; `bad-link`
 */
export async function openSuccessor(
  envelope: Uint8Array,
  old: Predecessor,
  cipher: Pick<Aes256Gcm, 'decrypt'>,
): Promise<HolderLink> {
  if (envelope.length > MAX_ENVELOPE_BYTES) {
    throw new FormatError('too-large', FIELD, `over ${MAX_ENVELOPE_BYTES} bytes`)
  }
  const end = envelope.length - TAG_BYTES
  if (end <= IV_BYTES) throw damaged()
  const [iv, ciphertext, tag] = [
    envelope.subarray(0, IV_BYTES),
    envelope.subarray(IV_BYTES, end),
    envelope.subarray(end),
  ]
  const padded = await cipher.decrypt(keyOf(old), iv, ciphertext, tag, boundTo(old))
  if (padded === undefined) throw damaged()
  // What is no ASCII is no link, and is refused as that.
  const text = String.fromCharCode(...padded).replace(/ +$/, '')
  return parseHolderLink(text, FIELD)
}

function keyOf({ linkSecret }: Predecessor): Uint8Array<ArrayBuffer> {
  invariant(linkSecret.length === SECRET_BYTES, 'a secret has 32 bytes')
  return hkdfExpand(linkSecret, utf8(LABEL), SECRET_BYTES)
}

/** An envelope that was made for one document opens as that of no other. */
function boundTo({ cid }: Predecessor): Uint8Array {
  return utf8(`${LABEL} ${parseCid(cid, 'cid').text}`)
}

function damaged(): FormatError {
  return new FormatError('sealed-document-damaged', FIELD, 'it was not sealed for this link')
}
