/** The policy that a verdict is made by: the file named, or that of the data folder. */

import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { parsePolicy, utf8 } from '../src/index.ts'
import type { Policy } from '../src/index.ts'
import { EXIT, reading, usage } from './failure.ts'
import { readBytes } from './files.ts'
import { printable } from './printable.ts'
import type { Words } from './texts/words.ts'

export type FoundPolicy = {
  readonly policy: Policy
  /** As read: what a report keeps. */
  readonly bytes: Uint8Array
  /** The data folder that it is the policy of; undefined for a file that was named. */
  readonly folder: string | undefined
}

/** Trusts nobody and knows no registry: enough to say that bytes are no certificate. */
const NOBODYS = utf8(
  JSON.stringify({
    inaltera: 'policy/1',
    name: 'nobody',
    registries: [],
    providers: {},
    quorum: 1,
    level: 'reported',
    timeoutMs: 1000,
    issuers: [],
    accreditors: [],
    domains: [],
    required: [],
  }),
)

export function policyOfNobody(): FoundPolicy {
  return { policy: parsePolicy(NOBODYS), bytes: NOBODYS, folder: undefined }
}

/** Undefined where no file was named and `folder` is no data folder. Throws `Failure` for a file that is none. */
export async function findPolicy(
  path: string | undefined,
  folder: string,
  words: Words,
): Promise<FoundPolicy | undefined> {
  if (path !== undefined) return readPolicy(path, undefined, words)
  const own = join(folder, 'policy.json')
  const exists = await access(own).then(
    () => true,
    () => false,
  )
  return exists ? readPolicy(own, folder, words) : undefined
}

export function noPolicy(folder: string, words: Words): Error {
  return usage('no-policy', words.noPolicy(printable(folder)))
}

async function readPolicy(
  path: string,
  folder: string | undefined,
  words: Words,
): Promise<FoundPolicy> {
  const bytes = await readBytes(path, words)
  return reading(path, words, () => ({ policy: parsePolicy(bytes), bytes, folder }), EXIT.usage)
}
