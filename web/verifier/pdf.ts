/**
 * Files that a PDF carries (ISO 32000-1, section 7.11.4): every stream that says it is an embedded file, or says nothing
 * of what it is, as far as it starts like JSON. No font, picture or page is decoded, and nothing is drawn.
 */
import { MAX_BUNDLE_BYTES } from '../../src/index.ts'
import { inflate } from './inflate.ts'
import type { Allowance } from './inflate.ts'

const HEAD = '%PDF-'
const MAX_STREAMS = 4_000
const MAX_FOUND = 8
/** Of one stream's dictionary. */
const MAX_DICTIONARY = 4_096
const JSON_START = 0x7b
/** Of all streams together that start like JSON, decompressed: thousands of them stand in a small file. */
const MAX_INFLATED = 4 * MAX_BUNDLE_BYTES

export function isPdf(bytes: Uint8Array): boolean {
  return latin1(bytes.subarray(0, 1_024)).includes(HEAD)
}

export type PdfAttachments =
  | { readonly isEncrypted: false; readonly files: readonly Uint8Array[] }
  /** What it carries can only be read with its password. */
  | { readonly isEncrypted: true }

export async function attachmentsInPdf(bytes: Uint8Array): Promise<PdfAttachments> {
  const text = latin1(bytes)
  if (/\/Encrypt\s+\d+\s+\d+\s+R/.test(text)) return { isEncrypted: true }
  const files: Uint8Array[] = []
  const allowance = { left: MAX_INFLATED }
  for (const { dictionary, content } of streamsIn(text, bytes)) {
    const file = await contentOf(dictionary, content, allowance)
    const isNew = file !== undefined && !files.some((one) => isSame(one, file))
    if (isNew) files.push(file)
    if (files.length === MAX_FOUND) break
  }
  return { isEncrypted: false, files }
}

type Stream = { readonly dictionary: string; readonly content: Uint8Array }

/** Streams that may be an embedded file: those that say so first. */
function streamsIn(text: string, bytes: Uint8Array): Stream[] {
  const said: Stream[] = []
  const silent: Stream[] = []
  const mark = /stream\r?\n/g
  for (let n = 0; n < MAX_STREAMS; n += 1) {
    const match = mark.exec(text)
    if (match === null) break
    if (text.slice(match.index - 3, match.index) === 'end') continue
    const dictionary = dictionaryBefore(text, match.index)
    // Before the end is looked for: else each of many false beginnings would have the whole file read.
    if (dictionary === undefined) continue
    const end = text.indexOf('endstream', mark.lastIndex)
    if (end < 0) break
    const content = bytes.subarray(mark.lastIndex, endOf(dictionary, mark.lastIndex, end))
    if (/\/Type\s*\/EmbeddedFile\b/.test(dictionary)) said.push({ dictionary, content })
    else if (!/\/Type\s*\//.test(dictionary)) silent.push({ dictionary, content })
    // What a stream holds is looked at by nobody who looks for streams.
    mark.lastIndex = end
  }
  return [...said, ...silent]
}

/** From `obj` to the keyword: the dictionary of the stream that starts there. */
function dictionaryBefore(text: string, at: number): string | undefined {
  const before = text.slice(Math.max(0, at - MAX_DICTIONARY), at)
  const start = before.lastIndexOf(' obj')
  const dictionary = before.slice(start + 4).trim()
  return start >= 0 && dictionary.startsWith('<<') ? dictionary : undefined
}

/** Its length is where it is said in place, and is right; else where `endstream` stands. */
function endOf(dictionary: string, start: number, marked: number): number {
  const [, digits] = /\/Length\s+(\d{1,10})(?!\s+\d+\s+R)/.exec(dictionary) ?? []
  const said = start + Number(digits ?? Number.NaN)
  return said <= marked ? said : marked
}

async function contentOf(
  dictionary: string,
  content: Uint8Array,
  allowance: Allowance,
): Promise<Uint8Array | undefined> {
  const [, filter] = /\/Filter\s*(?:\[\s*)?\/(\w+)/.exec(dictionary) ?? []
  if (filter !== undefined && filter !== 'FlateDecode') return undefined
  const file =
    filter === undefined
      ? content.slice(0, MAX_BUNDLE_BYTES)
      : await inflate(content, MAX_BUNDLE_BYTES, { first: JSON_START, allowance })
  return file?.[0] === JSON_START ? file : undefined
}

/** One character a byte, so that a place in the text is a place in the bytes; ASCII is itself. */
function latin1(bytes: Uint8Array): string {
  return new TextDecoder('windows-1252').decode(bytes)
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at])
}
