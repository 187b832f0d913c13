/** Which signer each key of a data folder has: its key file, a variable in development, or a service. */

import { parseAddress } from '../../src/index.ts'
import type { Address } from '../../src/index.ts'
import { computeAddress } from 'ethers'
import { KeystoreError } from './keystore.ts'
import type { Key } from './keystore.ts'
import { remoteSigner } from './remote-signer.ts'
import { keySigner } from './signer.ts'
import type { Signer } from './signer.ts'

/** The keys that sign transactions. */
export const SIGNER_NAMES = ['issuer', 'anchor', 'status'] as const
export type SignerName = (typeof SIGNER_NAMES)[number]

export type SignerConfig =
  { readonly kind: 'keystore' } | { readonly kind: 'remote'; readonly url: string }

export type SignersParts = {
  readonly config: Readonly<Partial<Record<SignerName, SignerConfig>>>
  readonly addresses: Readonly<Record<SignerName, Address>>
  readonly keys: (name: SignerName) => Promise<Key>
  readonly environment: Readonly<Record<string, string | undefined>>
  /** The chain's kind is `local`: only there may a variable hold a key. */
  readonly isLocal: boolean
}

/** `INALTERA_ANCHOR_KEY`, 32 bytes in hex. */
export function keyVariable(name: SignerName): string {
  return `INALTERA_${name.toUpperCase()}_KEY`
}

/** What a remote signer asks for in the header `Authorization`: `Bearer …` or `Basic …`. */
export function signerCredentialVariable(name: SignerName): string {
  return `INALTERA_${name.toUpperCase()}_SIGNER_AUTHORIZATION`
}

/** The names of variables that hold a key: a server in production refuses to start while there is one. */
export function keysInEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): string[] {
  return SIGNER_NAMES.map(keyVariable).filter((name) => (environment[name] ?? '') !== '')
}

/**
 * Gives the signer of a name. Throws `KeystoreError` `not-in-environment` at once where a variable holds a key and the
 * chain is not local; `another-key` where a key is not the one that the configuration names.
 */
export function signersOf(parts: SignersParts): (name: SignerName) => Promise<Signer> {
  const { config, addresses, environment, isLocal } = parts
  const [variable] = keysInEnvironment(environment)
  if (variable !== undefined && !isLocal) {
    const message = `${variable} holds a key: only a local chain takes one from there`
    throw new KeystoreError('not-in-environment', variable, message)
  }
  return async (name) => {
    const secret = environment[keyVariable(name)] ?? ''
    if (secret !== '') return keySigner(keyFrom(secret, keyVariable(name), addresses[name]))
    const chosen = config[name]
    if (chosen?.kind !== 'remote') return keySigner(await parts.keys(name))
    const authorization = environment[signerCredentialVariable(name)] ?? ''
    return remoteSigner({
      url: chosen.url,
      address: addresses[name],
      ...(authorization === '' ? {} : { authorization }),
    })
  }
}

function keyFrom(text: string, variable: string, address: Address): Key {
  if (!/^0x[0-9a-f]{64}$/i.test(text)) {
    throw new KeystoreError(
      'not-a-keystore',
      variable,
      `${variable} holds no key of 32 bytes in hex`,
    )
  }
  const secret = new Uint8Array(Buffer.from(text.slice(2), 'hex'))
  const found = parseAddress(computeAddress(text).toLowerCase(), 'key')
  if (found === address) return { address, secret }
  throw new KeystoreError('another-key', variable, `${variable} holds ${found}, not ${address}`)
}
