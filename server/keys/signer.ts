/**
 * Who signs transactions: a key file that is open here, a variable of a development machine, or a service that keeps the
 * key (`remote-signer.ts`). What a signer gives back is checked by whoever asked (`chain/sign.ts`), whichever it is.
 */

import { SigningKey, Transaction } from 'ethers'
import type { Address } from '../../src/index.ts'
import { hexOfSecret } from './keystore.ts'
import type { Key } from './keystore.ts'

/** A type 2 transaction (EIP-1559) of no value; every field is ours. */
export type TransactionFields = {
  readonly chainId: string
  readonly nonce: number
  readonly to: string
  readonly data: string
  readonly gasLimit: bigint
  /** Wei per gas. */
  readonly maxFeePerGas: bigint
  readonly maxPriorityFeePerGas: bigint
}

export type Signer = {
  readonly address: Address
  /** The signed transaction's bytes in hex. Throws `UnavailableError` where the signer does not answer or refuses. */
  signTransaction(fields: TransactionFields): Promise<string>
}

/** Signs with a key in memory: the same fields give the same bytes (RFC 6979). */
export function keySigner(key: Key): Signer {
  return {
    address: key.address,
    signTransaction: (fields) => {
      const transaction = Transaction.from({ type: 2, value: 0n, ...fields })
      const digest = transaction.unsignedHash
      transaction.signature = new SigningKey(hexOfSecret(key.secret)).sign(digest)
      return Promise.resolve(transaction.serialized)
    },
  }
}
