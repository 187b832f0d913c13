/** Templates as files, to and fro. */
import { FormatError, parseJson } from '../../../src/index.ts'
import type { JsonObject } from '../../../src/index.ts'
import { isObject } from '../../engine/members.ts'
import type { Draft } from './draft.ts'

/** As much as the server takes. */
const MAX_BYTES = 256 * 1024

/** Reads a template; one that is not finished is taken as well. Throws `FormatError` for what is no template at all. */
export async function importFile(file: File): Promise<Draft> {
  const json = parseJson(new Uint8Array(await file.slice(0, MAX_BYTES + 1).arrayBuffer()))
  if (isObject(json) && json['inaltera'] === 'template/1') return json
  throw new FormatError('wrong-value', '/inaltera', 'this is no template/1')
}

/** Hands a template to the browser as a file to save. */
export function exportFile(file: JsonObject, name: string): void {
  const text = `${JSON.stringify(file, null, 2)}\n`
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = `${slugOf(name)}.json`
  link.click()
  URL.revokeObjectURL(url)
}

function slugOf(name: string): string {
  const plain = name.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
  const slug = plain.replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-+|-+$/g, '')
  return slug === '' ? 'template' : slug.slice(0, 60)
}
