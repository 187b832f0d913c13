/** The built pages (`dist/web/`), read once each, in the encoding that a client takes. */

import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Policy } from '../src/index.ts'
import { Refusal } from './http/problems.ts'
import { unlessMissing } from './missing.ts'

export type PageFile = {
  readonly bytes: Uint8Array
  /** Strong, of the bytes as they are sent. */
  readonly etag: string
  /** Of the bytes; undefined where they are not compressed. */
  readonly encoding: 'br' | 'gzip' | undefined
}

export type Pages = {
  /**
   * A file by its name in `dist/web/` (`assets/x.js`).
   * @param accepts the header `accept-encoding`
   * Throws `Refusal` `not-found` for a file that the build did not make, `unavailable` where there is no build.
   */
  file(name: string, accepts: string | undefined): Promise<PageFile>
  /** Origins that a page may ask besides its own: those of the policy's providers, domains and resolver. */
  readonly contacts: readonly string[]
}

const BUILT = join(import.meta.dirname, '..', 'dist', 'web')
const NAME = /^(assets\/)?[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)+$/
const AGAIN_SECONDS = 60

type Contacts = Pick<Policy, 'providers' | 'domains' | 'resolver'>

export function pagesOf(policy: Contacts, folder = BUILT): Pages {
  const known = new Map<string, Promise<PageFile | undefined>>()
  const once = (name: string, encoding: PageFile['encoding']): Promise<PageFile | undefined> => {
    const path = `${name}${encoding === undefined ? '' : encoding === 'br' ? '.br' : '.gz'}`
    const earlier = known.get(path)
    if (earlier !== undefined) return earlier
    const reading = read(join(folder, path), encoding)
    known.set(path, reading)
    return reading
  }
  return {
    contacts: contactsOf(policy),
    file: async (name, accepts) => {
      if (!NAME.test(name)) throw notFound()
      for (const encoding of encodingsOf(accepts)) {
        const found = await once(name, encoding)
        if (found !== undefined) return found
        known.delete(name)
      }
      if (await once('home.html', undefined)) throw notFound()
      known.clear()
      throw new Refusal(
        'unavailable',
        'the pages are not built: npm run build:pages',
        AGAIN_SECONDS,
      )
    },
  }
}

/** In the order in which they are tried; plain bytes last. */
function encodingsOf(accepts = ''): PageFile['encoding'][] {
  const taken = accepts.split(',').flatMap((one) => {
    const [name, quality] = one.trim().split(/\s*;\s*q=/)
    return quality !== undefined && Number(quality) === 0 ? [] : [name]
  })
  return [
    ...(taken.includes('br') ? (['br'] as const) : []),
    ...(taken.includes('gzip') ? (['gzip'] as const) : []),
    undefined,
  ]
}

async function read(path: string, encoding: PageFile['encoding']): Promise<PageFile | undefined> {
  const bytes = await unlessMissing(readFile(path))
  if (bytes === undefined) return undefined
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`
  return { bytes, etag, encoding }
}

function contactsOf({ providers, domains, resolver }: Contacts): string[] {
  const urls = [
    ...[...providers.values()].flat(),
    ...domains.map((domain) => `https://${domain}`),
    ...(resolver === undefined ? [] : [resolver]),
  ]
  return [...new Set(urls.map((url) => new URL(url).origin))]
}

function notFound(): Refusal {
  return new Refusal('not-found', 'there is nothing here')
}
