/** Signing a transaction with every field ours, and reading it back before it is kept. */

import { SigningKey, Transaction } from 'ethers'
import { invariant } from '../../src/index.ts'
import { hexOfSecret } from '../keys/keystore.ts'
import type { Key } from '../keys/keystore.ts'
import type { SignedTransaction } from '../storage/store.ts'
import type { Fees } from './fees.ts'

export type UnsignedTransaction = {
  readonly chainId: string
  readonly nonce: number
  readonly to: string
  readonly data: string
  readonly gasLimit: bigint
}

/** A type 2 transaction (EIP-1559) of no value. Pure: the same arguments give the same bytes (RFC 6979). */
export function signTransaction(
  unsigned: UnsignedTransaction,
  fees: Fees,
  key: Key,
): SignedTransaction {
  const transaction = Transaction.from({ type: 2, value: 0n, ...unsigned, ...fees })
  transaction.signature = new SigningKey(hexOfSecret(key.secret)).sign(transaction.unsignedHash)
  const raw = transaction.serialized
  const read = Transaction.from(raw)
  invariant(
    read.from?.toLowerCase() === key.address && read.nonce === unsigned.nonce && read.hash !== null,
    'a transaction reads back as it was signed',
  )
  return { hash: read.hash, raw, ...fees }
}

/** The call of a transaction that is kept, so that a dearer one can repeat it. */
export function callOf(signed: SignedTransaction): UnsignedTransaction {
  const { chainId, nonce, to, data, gasLimit } = Transaction.from(signed.raw)
  invariant(to !== null, 'our transactions call contracts')
  return { chainId: chainId.toString(), nonce, to, data, gasLimit }
}
