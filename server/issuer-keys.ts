/** The keys of every issuer of a folder, and who signs with them. */

import { invariant } from '../src/index.ts'
import type { Address } from '../src/index.ts'
import type { Config } from './config.ts'
import { issuerFilesOf } from './files.ts'
import { keyringOf } from './keys/keyring.ts'
import type { Keyring } from './keys/keyring.ts'
import type { Signer } from './keys/signer.ts'
import { signersOf } from './keys/signers.ts'
import type { SignerName } from './keys/signers.ts'

/** Who signs for one issuer, by what for. */
export type Signers = (name: SignerName) => Promise<Signer>

/** The signers of each issuer. Variables hold keys of the first one only, and on a local chain only. */
export function signersOfAll(
  { issuers, chain }: Config,
  keysOf: (issuer: Address) => Keyring,
): (issuer: Address) => Signers {
  const isLocal = chain.kind === 'embedded' || chain.network === 'local'
  const signers = new Map(
    issuers.map(({ issuer, operators, signers: config }, at) => {
      const environment = at === 0 ? process.env : {}
      const keys = keysOf(issuer)
      const addresses = { issuer, ...operators }
      return [issuer, signersOf({ config, addresses, keys, environment, isLocal })]
    }),
  )
  return (issuer) => {
    const own = signers.get(issuer)
    invariant(own !== undefined, `${issuer} is an issuer of this folder`)
    return own
  }
}

/** One keyring for each issuer, whose files are opened when they are first needed. */
export function keyringsOf(
  folder: string,
  { issuers }: Config,
  passphrase: string | undefined,
): (issuer: Address) => Keyring {
  const keyrings = new Map(
    issuers.map(({ issuer, masters, operators }) => {
      const files = issuerFilesOf(folder, issuers, issuer)
      return [issuer, keyringOf(files, passphrase, { issuer, masters, ...operators })]
    }),
  )
  return (issuer) => {
    const keyring = keyrings.get(issuer)
    invariant(keyring !== undefined, `${issuer} is an issuer of this folder`)
    return keyring
  }
}
