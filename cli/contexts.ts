/** The bytes of the JSON-LD contexts that stand beside this program, as far as a certificate names them. */

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { base64urlOf } from '../src/index.ts'
import type { Certificate, ContextBytes } from '../src/index.ts'

const FOLDER = join(import.meta.dirname, '..', 'contexts')
const FILES: Readonly<Record<string, string>> = {
  'https://www.w3.org/ns/credentials/v2': 'credentials-v2.jsonld',
  'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json': 'ob-v3p0-context-3.0.3.json',
  'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json': 'ob-v3p0-extensions.json',
  'https://w3id.org/inaltera/v1': 'inaltera-v1.jsonld',
}

/** What is not to hand is left out: contexts are kept for later readers, and decide nothing. */
export async function contextsOf({ credential }: Certificate): Promise<ContextBytes[]> {
  const named = credential['@context']
  const urls = Array.isArray(named) ? named.filter((url) => typeof url === 'string') : []
  const contexts: ContextBytes[] = []
  for (const url of urls) {
    const file = FILES[url]
    const bytes = file === undefined ? undefined : await readIfThere(join(FOLDER, file))
    if (bytes !== undefined) contexts.push({ url, content: base64urlOf(bytes) })
  }
  return contexts
}

async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  const bytes = await readFile(path).catch(() => undefined)
  return bytes === undefined ? undefined : new Uint8Array(bytes)
}
