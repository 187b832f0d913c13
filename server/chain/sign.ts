/** Having a transaction signed with every field ours, and reading it back before it is kept. */

import { Transaction } from 'ethers'
import { invariant } from '../../src/index.ts'
import type { Signer } from '../keys/signer.ts'
import type { SignedTransaction } from '../storage/store.ts'
import type { Fees } from './fees.ts'
import { TroubleError } from './trouble.ts'

export type UnsignedTransaction = {
  readonly chainId: string
  readonly nonce: number
  readonly to: string
  readonly data: string
  readonly gasLimit: bigint
}

/**
 * A type 2 transaction (EIP-1559) of no value. Throws `UnavailableError`, with the trouble `signer` where the signer
 * gives back another transaction, or another key's: such bytes are neither kept nor sent.
 */
export async function signTransaction(
  unsigned: UnsignedTransaction,
  fees: Fees,
  signer: Signer,
): Promise<SignedTransaction> {
  const asked = { ...unsigned, ...fees }
  const raw = await signer.signTransaction(asked)
  const read = readBack(raw)
  const isAsked =
    read.type === 2 &&
    read.from?.toLowerCase() === signer.address &&
    read.value === 0n &&
    (read.accessList ?? []).length === 0 &&
    read.serialized === raw.toLowerCase() &&
    read.unsignedSerialized ===
      Transaction.from({ type: 2, value: 0n, ...asked }).unsignedSerialized
  if (!isAsked || read.hash === null) {
    throw new TroubleError(
      'signer',
      'refused',
      'the signer signed something else, or with another key',
    )
  }
  return { hash: read.hash, raw: read.serialized, ...fees }
}

function readBack(raw: string): Transaction {
  try {
    return Transaction.from(raw)
  } catch (cause) {
    throw new TroubleError('signer', 'refused', 'the signer gives no signed transaction', { cause })
  }
}

/** The call of a transaction that is kept, so that a dearer one can repeat it. */
export function callOf(signed: SignedTransaction): UnsignedTransaction {
  const { chainId, nonce, to, data, gasLimit } = Transaction.from(signed.raw)
  invariant(to !== null, 'our transactions call contracts')
  return { chainId: chainId.toString(), nonce, to, data, gasLimit }
}
