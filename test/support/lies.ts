/** What a lying provider might say instead, for each call of a verifier: from clumsy to plausible. */
import { decodeRlp, encodeRlp } from 'ethers'
import type { Fault, RpcCall } from './faulty-provider/faults.ts'
import { isRecord } from './faulty-provider/faults.ts'

type Change = Extract<Fault, { mode: 'lie' }>['change']

export interface Lie {
  readonly name: string
  readonly method: string
  readonly change: Change
}

const ZERO = `0x${'0'.repeat(64)}`
const ONES = `0x${'f'.repeat(64)}`
const OTHER = `0x${'ab'.repeat(32)}`

/** The results that fit no call: each method gives each of them once. */
const SENSELESS: readonly (readonly [name: string, result: unknown])[] = [
  ['null', null],
  ['an empty object', {}],
  ['an empty list', []],
  ['a number', 31_337],
  ['0x', '0x'],
  ['an endless quantity', `0x${'f'.repeat(400)}`],
]

const METHODS = [
  'eth_chainId',
  'eth_blockNumber',
  'eth_getBlockByNumber',
  'eth_getProof',
  'eth_getCode',
  'eth_getStorageAt',
  'eth_getLogs',
] as const

/** Changes members of the result where it is an object. */
function members(
  change: (result: Readonly<Record<string, unknown>>, call: RpcCall) => object,
): Change {
  return (result, call) => (isRecord(result) ? { ...result, ...change(result, call) } : result)
}

/** Only for the block of a tag, or only for those of a number. */
function ofBlock(which: 'final' | 'numbered', change: Change): Change {
  return (result, call) =>
    (call.params[0] === 'finalized') === (which === 'final') ? change(result, call) : result
}

function moved(quantity: unknown, by: number): string {
  return `0x${Math.max(Number(quantity) + by, 0).toString(16)}`
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : []
}

/** Changes every entry of `storageProof`. */
function slots(change: (entry: Readonly<Record<string, unknown>>, at: number) => object): Change {
  return members(({ storageProof }) => ({
    storageProof: listOf(storageProof).map((entry, at) =>
      isRecord(entry) ? { ...entry, ...change(entry, at) } : entry,
    ),
  }))
}

/** A leaf of another word, where it holds a short one: what `eth_getProof` would say if bit 1 alone were set. */
function forgedLeaf(node: unknown): unknown {
  const items = decodeRlp(String(node))
  const [path, value] = Array.isArray(items) && items.length === 2 ? items : []
  const isStatus = typeof value === 'string' && value.length <= 6
  return isStatus && path !== undefined ? encodeRlp([path, '0x02']) : node
}

const BLOCK = 'eth_getBlockByNumber'
const PROOF = 'eth_getProof'

const BLOCKS: readonly Lie[] = [
  { name: 'an invented hash', change: members(() => ({ hash: OTHER })) },
  { name: 'an invented state root', change: members(() => ({ stateRoot: OTHER })) },
  {
    name: 'a block a little older than it is',
    change: members(({ timestamp }) => ({ timestamp: moved(timestamp, -1) })),
  },
  {
    name: 'a block of the far future',
    change: members(({ timestamp }) => ({ timestamp: moved(timestamp, 1_000_000) })),
  },
  {
    name: 'a block that is younger than it is',
    change: members(({ timestamp }) => ({ timestamp: moved(timestamp, 600) })),
  },
  {
    name: 'the number of the next',
    change: members(({ number }) => ({ number: moved(number, 1) })),
  },
  { name: 'a header without base fee', change: members(() => ({ baseFeePerGas: undefined })) },
  { name: 'an invented later fork', change: members(() => ({ blockAccessListHash: OTHER })) },
  {
    name: 'a final block beyond the head',
    change: ofBlock(
      'final',
      members(({ number }) => ({ number: moved(number, 1_000) })),
    ),
  },
  {
    name: 'the head as final',
    change: ofBlock(
      'final',
      members(({ number, timestamp }) => ({
        number: moved(number, 8),
        timestamp: moved(timestamp, 96),
      })),
    ),
  },
  { name: 'no final block', change: ofBlock('final', () => null) },
  { name: 'no numbered block', change: ofBlock('numbered', () => null) },
].map((lie) => ({ ...lie, method: BLOCK }))

const PROOFS: readonly Lie[] = [
  { name: 'no proof of the account', change: members(() => ({ accountProof: [] })) },
  { name: 'another storage root', change: members(() => ({ storageHash: OTHER })) },
  { name: 'another code hash', change: members(() => ({ codeHash: OTHER })) },
  { name: 'zero for every word', change: slots(() => ({ value: '0x0' })) },
  { name: 'ones for every word', change: slots(() => ({ value: ONES })) },
  { name: 'zero, and nothing to prove it', change: slots(() => ({ value: '0x0', proof: [] })) },
  {
    name: 'proofs that end early',
    change: slots(({ proof }) => ({ proof: listOf(proof).slice(0, -1) })),
  },
  {
    name: 'proofs that go on',
    change: slots(({ proof }) => ({ proof: [...listOf(proof), '0x80'] })),
  },
  {
    name: 'the proofs of other slots',
    change: members(({ storageProof }) => ({ storageProof: [...listOf(storageProof)].reverse() })),
  },
  {
    name: 'the same proof for every slot',
    change: members(({ storageProof }) => ({
      storageProof: listOf(storageProof).map(() => listOf(storageProof).at(-1)),
    })),
  },
  {
    name: 'fewer slots than were asked for',
    change: members(({ storageProof }) => ({ storageProof: listOf(storageProof).slice(1) })),
  },
  { name: 'other keys', change: slots((_, at) => ({ key: `0x${at}` })) },
  {
    name: 'leaves of another status',
    change: slots(({ proof }) => ({
      value: '0x2',
      proof: [...listOf(proof).slice(0, -1), ...listOf(proof).slice(-1).map(forgedLeaf)],
    })),
  },
  { name: 'bytes that are no nodes', change: slots(() => ({ proof: ['0x', '0xff', '0xc0'] })) },
].map((lie) => ({ ...lie, method: PROOF }))

const PLAUSIBLE: readonly Lie[] = [
  { name: 'a head far ahead', method: 'eth_blockNumber', change: (head) => moved(head, 1_000) },
  { name: 'a head one ahead', method: 'eth_blockNumber', change: (head) => moved(head, 1) },
  { name: 'the first block as head', method: 'eth_blockNumber', change: () => '0x0' },
  { name: 'another code', method: 'eth_getCode', change: () => '0x6001' },
  { name: 'zero words', method: 'eth_getStorageAt', change: () => ZERO },
  { name: 'words of ones', method: 'eth_getStorageAt', change: () => ONES },
  {
    name: 'accreditors that never were',
    method: 'eth_getLogs',
    change: (logs) =>
      Array.from({ length: 200 }, (_, at) => ({
        topics: [OTHER, `0x${'0'.repeat(24)}${String(at).padStart(40, '1')}`, OTHER],
        was: logs,
      })),
  },
]

/** All of them. */
export const LIES: readonly Lie[] = [
  ...METHODS.flatMap((method) =>
    SENSELESS.map(([name, result]): Lie => ({ name, method, change: () => result })),
  ),
  ...BLOCKS,
  ...PROOFS,
  ...PLAUSIBLE,
]

/** A lie that changes one hex digit somewhere in the answer; the same `seed` changes the same. */
export function oneDigitChanged(seed: number): Change {
  return (result) => {
    const text = JSON.stringify(result)
    const digits = [...text.matchAll(/(?<=0x[0-9a-f]*)[0-9a-f]/g)].map(({ index }) => index)
    const at = digits[seed % Math.max(digits.length, 1)]
    if (at === undefined) return result
    const digit = Number.parseInt(text[at] ?? '0', 16)
    const other = ((digit + 1 + (seed % 15)) % 16).toString(16)
    return JSON.parse(`${text.slice(0, at)}${other}${text.slice(at + 1)}`) as unknown
  }
}
