/** Why a transaction waits or will never be: told apart by what node and signer say, for whoever looks after them. */

import { RpcError } from '../../node/rpc.ts'
import { UnavailableError } from '../../src/index.ts'
import type { Trouble } from '../issuance/anchor-port.ts'

/** An `UnavailableError` that names the trouble. */
export class TroubleError extends UnavailableError {
  readonly trouble: Trouble

  constructor(
    trouble: Trouble,
    code: UnavailableError['code'],
    message: string,
    options?: { cause?: unknown },
  ) {
    super(code, message, options)
    this.trouble = trouble
  }
}

/** The trouble that an error stands for; undefined for what is no trouble with the chain: a lease that was lost. */
export function troubleOf(error: unknown): Trouble | undefined {
  if (error instanceof TroubleError) return error.trouble
  if (error instanceof RpcError) return 'provider-down'
  if (!(error instanceof UnavailableError)) return undefined
  return error.code === 'refused' ? 'refused' : 'provider-down'
}

/** Whether waiting may help. */
export function isPassing(error: unknown): boolean {
  if (error instanceof TroubleError && LASTING.includes(error.trouble))
    return error.code !== 'refused'
  return troubleOf(error) !== undefined && troubleOf(error) !== 'refused'
}

const LASTING: readonly Trouble[] = ['refused', 'wrong-chain', 'signer']

/** Refusals that mean the node has it, or had it: what counts is then the state of the chain. */
const KNOWN = /already known|already imported|already exists|nonce too low|underpriced/i
const FUNDS = /insufficient (funds|balance)|exceeds allowance/i
const FEES = /less than block base fee|fee (cap )?too low|basefee/i
const BUSY = /limit|busy|try again|time(d )?out|too many|unavailable|not available/i

/** What a node's refusal of bytes means; undefined where it has them, or had them. */
export function troubleOfSending(refusal: RpcError): UnavailableError | undefined {
  const { message } = refusal
  const options = { cause: refusal }
  if (KNOWN.test(message)) return undefined
  if (FUNDS.test(message)) return new TroubleError('no-funds', 'refused', NO_FUNDS, options)
  if (FEES.test(message)) {
    return new TroubleError('fee-cap', 'refused', 'the fee is below that of the chain', options)
  }
  const text = `the node refuses the transaction: ${message}`
  return isBusy(refusal)
    ? new TroubleError('provider-down', 'unreachable', text, options)
    : new TroubleError('refused', 'refused', text, options)
}

/** What a node's refusal of an estimate means: only a call that reverts will never be. */
export function troubleOfCall(refusal: RpcError): UnavailableError {
  const options = { cause: refusal }
  if (FUNDS.test(refusal.message)) return new TroubleError('no-funds', 'refused', NO_FUNDS, options)
  return isBusy(refusal)
    ? new TroubleError('provider-down', 'unreachable', 'the node refuses to estimate', options)
    : new TroubleError('refused', 'refused', 'the chain refuses the call', options)
}

const NO_FUNDS = 'the key has too little ether for the fee'
/** EIP-1474: limit exceeded; JSON-RPC: no such method, internal error. */
const BUSY_CODES = [-32_005, -32_601, -32_603]

function isBusy({ code, message }: RpcError): boolean {
  return !/revert/i.test(message) && (BUSY_CODES.includes(code) || BUSY.test(message))
}
