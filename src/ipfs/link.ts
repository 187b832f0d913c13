import { base64urlOf, parseBase64url } from '../primitives/bytes.ts'
import { FormatError, invariant } from '../primitives/errors.ts'
import { parseCid } from './cid.ts'

/** The learner's private link; whoever has it holds the certificate. */
export interface HolderLink {
  /** Scheme, host and port: where the block and the server key are asked for. */
  readonly origin: string
  readonly cid: string
  readonly linkSecret: Uint8Array
}

const SECRET_BYTES = 32
const ORIGIN = /^(https?):\/\/([a-z0-9.-]+|\[[0-9a-f:.]+\])(?::([1-9][0-9]{0,4}))?$/
const LOOPBACK = /^(localhost|127(\.(0|[1-9][0-9]{0,2})){3}|\[::1\])$/

/**
 * `https://<host>/c/<cid>#<secret>`.
 * @param base scheme, host and port, a slash at the end allowed
 * @throws FormatError `bad-link` where the base is no such address
 */
export function holderLink(base: string, cid: string, linkSecret: Uint8Array): string {
  return holderLinks(base)(cid, linkSecret)
}

/** The same for many links of one base. */
export function holderLinks(base: string): (cid: string, linkSecret: Uint8Array) => string {
  const origin = parseLinkBase(base, 'base')
  return (cid, linkSecret) => {
    invariant(linkSecret.length === SECRET_BYTES, 'a secret has 32 bytes')
    return `${origin}/c/${parseCid(cid, 'cid').text}#${base64urlOf(linkSecret)}`
  }
}

/**
 * Reads a holder link in full; `http` is for loopback hosts only, since the link is all the holder has.
 * @throws FormatError `bad-link`, its message without the link: its fragment is a secret
 */
export function parseHolderLink(text: unknown, field: string): HolderLink {
  const match = typeof text === 'string' ? /^(.+?)\/c\/([^/#]+)#(.+)$/.exec(text) : null
  const [, origin = '', cid, fragment] = match ?? []
  try {
    const linkSecret = parseBase64url(fragment, field)
    if (linkSecret.length !== SECRET_BYTES) throw badLink(field)
    const { codec, text: name } = parseCid(cid, field)
    if (codec !== 'raw') throw badLink(field)
    return { origin: parseOrigin(origin, field), cid: name, linkSecret }
  } catch (error) {
    if (error instanceof FormatError) throw badLink(field)
    throw error
  }
}

/**
 * Where holder links lead: scheme, host and port, a slash at the end allowed and taken off.
 * @throws FormatError `bad-link`
 */
export function parseLinkBase(base: string, field: string): string {
  return parseOrigin(base.replace(/\/$/, ''), field)
}

/** Host names are compared by browsers without regard to case, so they are written in lower case here. */
function parseOrigin(text: string, field: string): string {
  const origin = text.toLowerCase()
  const [, scheme, host = '', port = '1'] = ORIGIN.exec(origin) ?? []
  const isAllowed = scheme === 'https' || (scheme === 'http' && LOOPBACK.test(host))
  if (!isAllowed || Number(port) > 65_535) throw badLink(field)
  return origin
}

function badLink(field: string): FormatError {
  const wanted = 'a link https://<host>/c/<CID>#<43 letters>'
  return new FormatError('bad-link', field, `${field || 'the value'} is not ${wanted}`)
}
