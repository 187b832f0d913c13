/** What a reader brings (a file, a text), sorted by what it is. Everything in it is a stranger's word. */
import {
  FormatError,
  MAX_BUNDLE_BYTES,
  MAX_REPORT_BYTES,
  parseJson,
  parsePolicy,
  parseReport,
} from '../../src/index.ts'
import type { Json, Report } from '../../src/index.ts'
import type { ReadPolicy } from '../engine/judge.ts'
import { isAddress, linkIn } from './links.ts'
import type { Link } from './links.ts'
import { attachmentsInPdf, isPdf } from './pdf.ts'
import { qrInPicture } from './picture.ts'
import { credentialsInPng, isPng } from './png.ts'
import { credentialsInSvg, isSvg } from './svg.ts'

export type Found =
  /** To be judged, whatever it is: what is wrong with it is part of the verdict. */
  | { readonly kind: 'document'; readonly bytes: Uint8Array }
  | { readonly kind: 'report'; readonly report: Report }
  | { readonly kind: 'policy'; readonly policy: ReadPolicy }
  | { readonly kind: 'link'; readonly link: Link }
  | { readonly kind: 'nothing'; readonly why: WhyNothing }
  /** A report or a policy that cannot be read: what is wrong, and where. */
  | { readonly kind: 'broken'; readonly what: 'report' | 'policy'; readonly error: FormatError }

export const WHY_NOTHING = [
  'empty',
  'too-large',
  'other-address',
  'no-certificate',
  'no-certificate-in-picture',
  'no-certificate-in-pdf',
  'pdf-encrypted',
] as const
export type WhyNothing = (typeof WHY_NOTHING)[number]

/** Pictures and PDFs are larger than what they carry. */
export const MAX_FILE_BYTES = 32 * 1024 * 1024
/** One more than a certificate may have, for the bundle around it. */
const DEPTH = 33
/** What is at the head of our own files, wherever they name themselves. */
const OWN = /"inaltera"\s*:\s*"(report|policy)\/1"/

/** All that a file carries: one thing, or several certificates. */
export async function readFile(file: Blob): Promise<readonly Found[]> {
  if (file.size > MAX_FILE_BYTES) return [nothing('too-large')]
  return readBytes(new Uint8Array(await file.arrayBuffer()), file)
}

async function readBytes(bytes: Uint8Array, file: Blob): Promise<readonly Found[]> {
  if (bytes.length === 0) return [nothing('empty')]
  if (isPng(bytes)) {
    const baked = await credentialsInPng(bytes)
    return baked.length > 0 ? baked.flatMap(readJson) : readPicture(file)
  }
  if (isPdf(bytes)) {
    const carried = await attachmentsInPdf(bytes)
    if (carried.isEncrypted) return [nothing('pdf-encrypted')]
    const files = carried.files.flatMap(readJson)
    return files.length > 0 ? files : [nothing('no-certificate-in-pdf')]
  }
  const text = new TextDecoder().decode(bytes.subarray(0, MAX_REPORT_BYTES))
  if (isSvg(text)) {
    const baked = credentialsInSvg(text).map((one) => new TextEncoder().encode(one))
    return baked.length > 0 ? baked.flatMap(readJson) : [nothing('no-certificate-in-picture')]
  }
  if (text.trimStart().startsWith('{')) return readJson(bytes)
  if (isAddress(text.trim())) return [readAddress(text.trim())]
  return file.type.startsWith('image/') ? readPicture(file) : [nothing('no-certificate')]
}

/** A policy file that a reader chose as such: what is wrong with it is told, not thrown. */
export async function readPolicyFile(file: Blob): Promise<ReadPolicy | FormatError> {
  if (file.size > MAX_FILE_BYTES) return new FormatError('too-large', '', 'too large for a policy')
  const bytes = new Uint8Array(await file.arrayBuffer())
  try {
    return { bytes, policy: parsePolicy(bytes) }
  } catch (error) {
    if (error instanceof FormatError) return error
    throw error
  }
}

/** A text that was pasted, typed, or read from a QR code. */
export async function readText(text: string): Promise<readonly Found[]> {
  const trimmed = text.trim()
  if (trimmed === '') return [nothing('empty')]
  if (isAddress(trimmed)) return [readAddress(trimmed)]
  return readFile(new Blob([trimmed]))
}

async function readPicture(file: Blob): Promise<readonly Found[]> {
  const text = await qrInPicture(file)
  if (text === undefined) return [nothing('no-certificate-in-picture')]
  const trimmed = text.trim()
  if (isAddress(trimmed)) return [readAddress(trimmed)]
  const bytes = new TextEncoder().encode(trimmed)
  return trimmed.startsWith('{') ? readJson(bytes) : [nothing('no-certificate-in-picture')]
}

function readAddress(address: string): Found {
  const link = linkIn(address)
  return link === undefined ? nothing('other-address') : { kind: 'link', link }
}

/** A report or a policy where it says that it is one; else a document. */
function readJson(bytes: Uint8Array): readonly Found[] {
  const own = ownKindOf(bytes)
  if (own === undefined) {
    return [bytes.length > MAX_BUNDLE_BYTES ? nothing('too-large') : { kind: 'document', bytes }]
  }
  try {
    if (own === 'report') return [{ kind: 'report', report: parseReport(bytes) }]
    return [{ kind: 'policy', policy: { bytes, policy: parsePolicy(bytes) } }]
  } catch (error) {
    if (error instanceof FormatError) return [{ kind: 'broken', what: own, error }]
    throw error
  }
}

function ownKindOf(bytes: Uint8Array): 'report' | 'policy' | undefined {
  if (!OWN.test(new TextDecoder().decode(bytes))) return undefined
  const json = jsonIn(bytes)
  const isObject = typeof json === 'object' && json !== null && 'inaltera' in json
  const name = isObject ? json['inaltera'] : undefined
  return name === 'report/1' ? 'report' : name === 'policy/1' ? 'policy' : undefined
}

function jsonIn(bytes: Uint8Array): Json | undefined {
  try {
    return parseJson(bytes, DEPTH)
  } catch (error) {
    if (error instanceof FormatError) return undefined
    throw error
  }
}

function nothing(why: WhyNothing): Found {
  return { kind: 'nothing', why }
}
