/** Whom a verdict of this page trusts: the policy built into it, the site's, or one that the reader brings. */
import {
  base64urlOf,
  canonicalBytes,
  FormatError,
  parseBase64url,
  parseJson,
  parsePolicy,
  utf8,
} from '../../src/index.ts'
import type { Json, Policy } from '../../src/index.ts'
import type { ReadPolicy } from '../engine/judge.ts'
import { isObject } from '../engine/members.ts'
import builtIn from './policy.json?raw'

export type PolicyChoice = 'built-in' | 'site' | 'own'

/** The public test networks that the library knows, without issuers and without providers. */
export const BUILT_IN: ReadPolicy = read(utf8(builtIn))

export type ProviderEdits = {
  /** By decimal chain id. */
  readonly providers: ReadonlyMap<string, readonly string[]>
  readonly quorum: number
}

/**
 * The same policy with other providers: another file, so its name says so and its digest is its own.
 * @throws FormatError naming the provider that is none (`/providers/560048/0`), or what else does not fit
 */
export function withProviders(
  { bytes, policy }: ReadPolicy,
  { providers, quorum }: ProviderEdits,
): ReadPolicy {
  const json = parseJson(bytes)
  if (!isObject(json)) {
    throw new FormatError('wrong-type', '', 'a policy is a JSON object')
  }
  const asked = [...providers].filter(([, urls]) => urls.length > 0)
  const changed: Json = {
    ...json,
    name: `${policy.name} (providers changed)`,
    providers: Object.fromEntries(asked),
    quorum,
  }
  return read(canonicalBytes(changed))
}

/** Chains of a policy's registries, in their order, each once. */
export function chainsOf({ registries }: Policy): string[] {
  return [...new Set(registries.map(({ home }) => home.chainId))]
}

/** Hosts that a verdict by this policy may ask. */
export function hostsOf({ providers, domains, resolver }: Policy): string[] {
  const urls = [...providers.values()].flat().concat(resolver ?? [])
  return [...new Set([...urls.map((url) => new URL(url).host), ...domains])]
}

const KEPT = 'inaltera-policy'

/** Keeps the reader's own policy in this browser; false where the browser keeps nothing. */
export function remember({ bytes }: ReadPolicy): boolean {
  try {
    localStorage.setItem(KEPT, base64urlOf(bytes))
    return true
  } catch {
    return false
  }
}

export function forget(): void {
  try {
    localStorage.removeItem(KEPT)
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}

/** Undefined where none was kept, or it does not parse any more. */
export function remembered(): ReadPolicy | undefined {
  try {
    const kept = localStorage.getItem(KEPT)
    return kept === null ? undefined : read(parseBase64url(kept, KEPT))
  } catch {
    return undefined
  }
}

function read(bytes: Uint8Array): ReadPolicy {
  return { bytes, policy: parsePolicy(bytes) }
}
