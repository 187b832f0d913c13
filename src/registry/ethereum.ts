import { bytesOfHex, hexOf, utf8 } from '../primitives/bytes.ts'
import type { Address, Hash32 } from '../primitives/bytes.ts'
import type { UndeterminedCode } from '../primitives/codes.ts'
import { FormatError, UnavailableError } from '../primitives/errors.ts'
import { keccak256 } from '../primitives/hash.ts'
import { readAddressTopic, readBlock, readCode, readQuantity, readWord } from './answers.ts'
import type {
  BlockEvidence,
  ChainEvidence,
  ProviderAnswer,
  RegistryTarget,
  Request,
  Storage,
} from './ports.ts'

/** Blocks below the head at which the registry is read: the newest are reorganised most. */
const HEAD_DISTANCE = 2
/** Rounds of reading in which one word tells which to read next: an anchor its operator, a count its periods. */
const MAX_ROUNDS = 4

const ACCREDITED = hexOf(
  keccak256(utf8('Accredited(address,address,uint256,uint40,uint40,bytes32,string)')),
)

/** One provider and the name under which the evidence speaks of it. */
export interface Provider {
  readonly name: string
  readonly request: Request
}

/** A provider's answers do not add up to the registry that the policy pins. */
class Refusal extends Error {
  readonly code: UndeterminedCode

  constructor(code: UndeterminedCode, detail: string) {
    super(detail)
    this.code = code
  }
}

/**
 * Reads the registry on one provider's word (level `reported`): the first provider that answers everything is the
 * one believed, and what the others before it answered is named.
 * @param slotsNeeded the slots to read as far as what was read so far tells; asked again until nothing new comes
 */
export async function observeReported(
  providers: readonly Provider[],
  target: RegistryTarget,
  slotsNeeded: (storage: Storage) => readonly Hash32[],
): Promise<ChainEvidence> {
  const answers: ProviderAnswer[] = []
  for (const { name, request } of providers) {
    try {
      const seen = await observe(request, target, slotsNeeded)
      answers.push({ provider: name, outcome: 'answered' })
      return { observed: true, level: 'reported', ...seen, providers: answers }
    } catch (error) {
      answers.push({ provider: name, outcome: codeOf(error), detail: detailOf(error) })
    }
  }
  const first = answers[0]?.outcome
  const code = first === undefined || first === 'answered' ? 'unreachable' : first
  return { observed: false, code, providers: answers }
}

/**
 * Asks one provider who accredited `issuer`, from logs: a hint of where to look, never an answer. An accreditor that
 * is not told is one whose accreditation is not found, so silence can only leave an issuer unvouched.
 */
export async function accreditorsOf(
  request: Request,
  registry: Address,
  issuers: readonly Address[],
): Promise<{ accreditor: Address; issuer: Address }[]> {
  const topics = [
    ACCREDITED,
    null,
    issuers.map((issuer) => `0x${'0'.repeat(24)}${issuer.slice(2)}`),
  ]
  const filter = { address: registry, fromBlock: '0x0', toBlock: 'latest', topics }
  const logs = await request({ method: 'eth_getLogs', params: [filter] })
  if (!Array.isArray(logs)) throw new FormatError('wrong-type', 'eth_getLogs', 'not a list of logs')
  return logs.map((log: unknown) => {
    const found =
      typeof log === 'object' && log !== null ? (log as { topics?: unknown }).topics : []
    const [, accreditor, issuer] = Array.isArray(found) ? (found as unknown[]) : []
    return {
      accreditor: readAddressTopic(accreditor, 'eth_getLogs/topics/1'),
      issuer: readAddressTopic(issuer, 'eth_getLogs/topics/2'),
    }
  })
}

async function observe(
  request: Request,
  target: RegistryTarget,
  slotsNeeded: (storage: Storage) => readonly Hash32[],
): Promise<{ block: BlockEvidence; finalized: BlockEvidence | null; storage: Storage }> {
  await refuseOtherNetwork(request, target)
  const head = readQuantity(await call(request, 'eth_blockNumber'), 'eth_blockNumber')
  const block = await blockAt(request, Math.max(head - HEAD_DISTANCE, 0))
  const finalized = await finalizedBlock(request, target, head)
  const at = quantity(block.number)
  const code = readCode(await call(request, 'eth_getCode', target.registry, at), 'eth_getCode')
  if (hexOf(keccak256(bytesOfHex(`0x${code}`))) !== target.codeHash) {
    throw new Refusal('registry-differs', 'the code at the registry address is not the pinned one')
  }
  const storage = await readStorage(request, target.registry, at, slotsNeeded)
  const again = await blockAt(request, block.number)
  if (again.hash !== block.hash) {
    throw new Refusal('providers-disagree', 'the block was replaced while the registry was read')
  }
  return { block, finalized, storage }
}

async function readStorage(
  request: Request,
  registry: Address,
  at: string,
  slotsNeeded: (storage: Storage) => readonly Hash32[],
): Promise<Storage> {
  let storage: Storage = {}
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const missing = slotsNeeded(storage).filter((slot) => !Object.hasOwn(storage, slot))
    if (missing.length === 0) break
    const words = await Promise.all(
      missing.map(async (slot) => {
        const word = await call(request, 'eth_getStorageAt', registry, slot, at)
        return [slot, readWord(word, 'eth_getStorageAt')] as const
      }),
    )
    storage = { ...storage, ...Object.fromEntries(words) }
  }
  return storage
}

async function refuseOtherNetwork(request: Request, target: RegistryTarget): Promise<void> {
  const chainId = readQuantity(await call(request, 'eth_chainId'), 'eth_chainId')
  if (String(chainId) !== target.chainId) {
    throw new Refusal(
      'wrong-network',
      `the provider serves chain ${chainId}, not ${target.chainId}`,
    )
  }
  const genesis = await blockAt(request, 0)
  if (genesis.hash !== target.genesis) {
    throw new Refusal('wrong-network', "the provider's first block is not the pinned one")
  }
}

async function finalizedBlock(
  request: Request,
  { finality }: RegistryTarget,
  head: number,
): Promise<BlockEvidence | null> {
  if (finality !== 'finalized') return head < finality ? null : blockAt(request, head - finality)
  const answer = await call(request, 'eth_getBlockByNumber', 'finalized', false)
  return readBlock(answer, 'eth_getBlockByNumber')
}

async function blockAt(request: Request, number: number): Promise<BlockEvidence> {
  const answer = await call(request, 'eth_getBlockByNumber', quantity(number), false)
  const block = readBlock(answer, 'eth_getBlockByNumber')
  if (block?.number !== number) {
    throw new FormatError('wrong-value', 'eth_getBlockByNumber', `block ${number} was not given`)
  }
  return block
}

function call(request: Request, method: string, ...params: readonly unknown[]): Promise<unknown> {
  return request({ method, params })
}

function quantity(value: number): string {
  return `0x${value.toString(16)}`
}

function codeOf(error: unknown): UndeterminedCode {
  if (error instanceof Refusal) return error.code
  return error instanceof UnavailableError && error.code === 'timeout' ? 'timeout' : 'unreachable'
}

function detailOf(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown error'
}
