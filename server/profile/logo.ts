/** A logo as it is given: a data URL (RFC 2397) of a PNG or an SVG, small enough to travel with every page. */

import { FormatError } from '../../src/index.ts'
import type { Logo } from '../storage/profiles.ts'
import { checkSvg } from './svg.ts'

/** Bytes of the picture itself. */
export const MAX_LOGO_BYTES = 100 * 1024
/** Of a PNG, each way. */
const MAX_PIXELS = 2048

const DATA_URL = /^data:(image\/png|image\/svg\+xml);base64,([A-Za-z0-9+/]+={0,2})$/
const PNG_SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex')

/** Throws `FormatError` for what is no such picture, or too large. */
export function parseLogo(dataUrl: string, field: string): Logo {
  const [, type, base64 = ''] = DATA_URL.exec(dataUrl) ?? []
  const bytes = Buffer.from(base64, 'base64')
  if (bytes.toString('base64') !== base64 || (type !== 'image/png' && type !== 'image/svg+xml')) {
    throw refused(field, 'send data:image/png;base64,… or data:image/svg+xml;base64,…')
  }
  if (bytes.length > MAX_LOGO_BYTES)
    throw refused(field, `a logo has at most ${MAX_LOGO_BYTES} bytes`)
  if (type === 'image/png') checkPng(bytes, field)
  else checkSvg(textOf(bytes, field), field)
  return { type, bytes: new Uint8Array(bytes) }
}

export function printLogo({ type, bytes }: Logo): string {
  return `data:${type};base64,${Buffer.from(bytes).toString('base64')}`
}

/** Whole chunks from IHDR to IEND, nothing behind them (https://www.w3.org/TR/png-3/#5Chunk-layout), of a fair size. */
function checkPng(bytes: Buffer, field: string): void {
  const names: string[] = []
  let at = PNG_SIGNATURE.length
  while (at + 12 <= bytes.length && names.at(-1) !== 'IEND') {
    names.push(bytes.toString('latin1', at + 4, at + 8))
    at += 12 + bytes.readUInt32BE(at)
  }
  const isWhole = names[0] === 'IHDR' && names.includes('IDAT') && names.at(-1) === 'IEND'
  if (!bytes.subarray(0, 8).equals(PNG_SIGNATURE) || !isWhole || at !== bytes.length) {
    throw refused(field, 'this is no PNG, or it is damaged')
  }
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)]
  if (Math.min(width, height) < 1 || Math.max(width, height) > MAX_PIXELS) {
    throw refused(field, `a PNG has 1 to ${MAX_PIXELS} pixels each way`)
  }
}

function textOf(bytes: Uint8Array, field: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw refused(field, 'an SVG file is UTF-8')
  }
}

function refused(field: string, message: string): FormatError {
  return new FormatError('wrong-value', field, `${field}: ${message}`)
}
