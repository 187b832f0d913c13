/** What a faulty provider does instead of answering well. */

/** A JSON-RPC call as it came in. */
export interface RpcCall {
  readonly id: unknown
  readonly method: string
  readonly params: readonly unknown[]
}

/** An answer of JSON-RPC: a result or an error. */
export interface RpcReply {
  readonly id: unknown
  readonly result?: unknown
  readonly error?: unknown
}

/** Faults of the connection: all calls that came with the faulty one suffer it. */
export type TransportFault =
  /** Answers, after so many milliseconds. */
  | { readonly mode: 'delay'; readonly ms: number }
  /** Takes the call and never answers. */
  | { readonly mode: 'hang' }
  /** Answers with an HTTP status of failure; `retryAfter` in seconds. */
  | { readonly mode: 'status'; readonly status: number; readonly retryAfter?: number }
  /** Ends the connection with a TCP reset before it does anything. */
  | { readonly mode: 'reset' }
  /** Answers 200 with bytes that are no JSON. */
  | { readonly mode: 'garbage' }
  /** Announces the whole answer, sends half of it and ends the connection. */
  | { readonly mode: 'truncated' }
  /** Lets the node do its work, then ends the connection without a word of it. */
  | { readonly mode: 'persist-then-drop' }

/** Faults of one answer among several. */
export type AnswerFault =
  /** Refuses, in JSON-RPC's own way. */
  | { readonly mode: 'error'; readonly code: number; readonly message: string }
  /** Gives a result that is not the node's. */
  | { readonly mode: 'lie'; readonly change: (result: unknown, call: RpcCall) => unknown }
  /** Has seen nothing of the newest blocks. */
  | { readonly mode: 'stale'; readonly behind: number }
  /** Answers another call than the one that was made. */
  | { readonly mode: 'wrong-id' }
  /** Serves another network: another id, or one of the same id with another first block. */
  | { readonly mode: 'wrong-chain'; readonly part: 'chain-id' | 'genesis' }
  /** Lets something happen before the node hears of the call. */
  | { readonly mode: 'meanwhile'; readonly work: () => Promise<void> }

export type Fault = { readonly mode: 'pass' } | TransportFault | AnswerFault

export const MODES = [
  'pass',
  'delay',
  'hang',
  'status',
  'reset',
  'garbage',
  'truncated',
  'persist-then-drop',
  'error',
  'lie',
  'stale',
  'wrong-id',
  'wrong-chain',
  'meanwhile',
] as const satisfies readonly Fault['mode'][]

const TRANSPORT: readonly Fault['mode'][] = [
  'delay',
  'hang',
  'status',
  'reset',
  'garbage',
  'truncated',
  'persist-then-drop',
]

export function isTransportFault(fault: Fault): fault is TransportFault {
  return TRANSPORT.includes(fault.mode)
}

/** Asks the node behind the provider. */
export type Ask = (method: string, params: readonly unknown[]) => Promise<RpcReply>

/** The one answer that a fault of its own makes of a call. */
export async function answerWith(
  fault: Exclude<Fault, TransportFault>,
  call: RpcCall,
  ask: Ask,
): Promise<RpcReply> {
  const { id, method, params } = call
  switch (fault.mode) {
    case 'pass':
      return { ...(await ask(method, params)), id }
    case 'meanwhile':
      await fault.work()
      return { ...(await ask(method, params)), id }
    case 'error':
      return { id, error: { code: fault.code, message: fault.message } }
    case 'lie': {
      const reply = await ask(method, params)
      return { id, result: fault.change(reply.result ?? null, call) }
    }
    case 'wrong-id':
      return { ...(await ask(method, params)), id: typeof id === 'number' ? id + 1 : 0 }
    case 'wrong-chain':
      return { ...misplaced(await ask(method, params), call, fault.part), id }
    case 'stale':
      return { ...(await outdated(fault.behind, call, ask)), id }
  }
}

/** The same with the network's marks changed, and nothing else. */
function misplaced(reply: RpcReply, call: RpcCall, part: 'chain-id' | 'genesis'): RpcReply {
  const isGenesis = call.method === 'eth_getBlockByNumber' && Number(call.params[0]) === 0
  if (part === 'chain-id' && call.method === 'eth_chainId') return { ...reply, result: '0x7a6a' }
  if (part === 'genesis' && isGenesis && isRecord(reply.result)) {
    return { ...reply, result: { ...reply.result, hash: `0x${'5'.repeat(64)}` } }
  }
  return reply
}

/** Where a method takes its block. */
const BLOCK_PLACE: Readonly<Record<string, number>> = {
  eth_getBlockByNumber: 0,
  eth_getBalance: 1,
  eth_getCode: 1,
  eth_getTransactionCount: 1,
  eth_call: 1,
  eth_getStorageAt: 2,
  eth_getProof: 2,
}

/** What a node says that stopped hearing of blocks `behind` blocks ago. */
async function outdated(behind: number, { method, params }: RpcCall, ask: Ask): Promise<RpcReply> {
  const newest = Number((await ask('eth_blockNumber', [])).result)
  const head = Math.max(newest - behind, 0)
  if (method === 'eth_blockNumber') return { id: null, result: quantity(head) }
  if (method === 'eth_getLogs') {
    const [filter] = params
    const known = { ...(isRecord(filter) ? filter : {}), toBlock: quantity(head) }
    return ask(method, [known])
  }
  const place = BLOCK_PLACE[method]
  if (place === undefined) return ask(method, params)
  const block = await numberOf(params[place], head, newest, ask)
  if (block > head) {
    const isLookUp = method === 'eth_getBlockByNumber'
    return isLookUp
      ? { id: null, result: null }
      : { id: null, error: { code: -32_000, message: 'header not found' } }
  }
  return ask(
    method,
    params.map((value, position) => (position === place ? quantity(block) : value)),
  )
}

async function numberOf(tag: unknown, head: number, newest: number, ask: Ask): Promise<number> {
  switch (tag) {
    case 'earliest':
      return 0
    case 'finalized':
    case 'safe': {
      const { result } = await ask('eth_getBlockByNumber', [tag, false])
      const lag = newest - Number(isRecord(result) ? result['number'] : newest)
      return Math.max(head - lag, 0)
    }
    default:
      return typeof tag === 'string' && tag.startsWith('0x') ? Number(tag) : head
  }
}

function quantity(value: number): string {
  return `0x${value.toString(16)}`
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
