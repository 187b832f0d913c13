import type { Hash32 } from '../primitives/bytes.ts'
import { MAX_ROUNDS, MAX_SLOTS, stateProofAt, wordsAt } from './ethereum.ts'
import type { AgreedBlock, Observation } from './observation.ts'
import { collect, settle } from './patience.ts'
import type { Settled } from './patience.ts'
import type { StateProof, Storage } from './ports.ts'
import { agreementOf } from './quorum.ts'
import { detailOf, Refusal } from './roll.ts'
import { proveState } from './state-proof.ts'

/** Proofs under way: from whom, and what each answers. */
export interface AskedProofs {
  readonly places: readonly number[]
  readonly works: readonly Promise<Settled<StateProof>>[]
}

/** The registry's words at the agreed block: proven, or told by so many with one voice. */
export interface Words {
  /** `undefined` where there is no account at the registry's address. */
  readonly codeHash: Hash32 | undefined
  readonly storage: Storage
  readonly proof: StateProof | undefined
  readonly toldBy: number
}

/** Asks those at `places` for one proof of the account and all `slots`. */
export function askForProofs(
  { providers, target }: Observation,
  places: readonly number[],
  slots: readonly Hash32[],
  number: number,
): AskedProofs {
  const asked = slots.slice(0, MAX_SLOTS)
  const works = places.flatMap((at) => {
    const request = providers[at]?.request
    return request === undefined
      ? []
      : [settle(stateProofAt(request, target.registry, asked, number))]
  })
  return { places, works }
}

/** Words that are proven from the block's state root; `undefined` where no provider gives a proof that holds. */
export async function provenWords(
  agreed: AgreedBlock,
  asked: AskedProofs,
): Promise<Words | undefined> {
  const { observation, slots, members, block } = agreed
  let proofs = asked
  let words: Words | undefined
  for (let round = 0; round < MAX_ROUNDS; round++) {
    words = await firstThatHolds(agreed, proofs)
    if (words?.codeHash !== observation.target.codeHash) return words
    const { storage } = words
    const needed = slots(storage)
    const isWhole = needed.slice(0, MAX_SLOTS).every((slot) => Object.hasOwn(storage, slot))
    if (isWhole) return words
    proofs = askForProofs(observation, members, needed, block.number)
  }
  return words
}

async function firstThatHolds(
  { observation, roll, members, block }: AgreedBlock,
  { places, works }: AskedProofs,
): Promise<Words | undefined> {
  const { stateRoot } = block
  if (stateRoot === null) return undefined
  const { patience, target } = observation
  const judged = new Map<number, Words | Refusal>()
  const judge = (settled: Settled<StateProof> | undefined, position: number): Words | undefined => {
    if (settled?.ok !== true || !members.includes(places[position] ?? -1)) return undefined
    const known = judged.get(position) ?? judgedProof(stateRoot, target.registry, settled.value)
    judged.set(position, known)
    return known instanceof Refusal ? undefined : known
  }
  const got = await collect(
    works,
    (sofar) => sofar.some((settled, position) => judge(settled, position) !== undefined),
    patience,
    patience.half(),
  )
  const words = got.map(judge)
  got.forEach((settled, position) => {
    const at = places[position] ?? -1
    const refusal = judged.get(position)
    if (settled === undefined) roll.blame(at, 'timeout', 'eth_getProof did not come in time')
    else if (!settled.ok) roll.remark(at, `no proof: ${detailOf(settled.error)}`)
    else if (refusal instanceof Refusal) roll.blame(at, refusal.code, refusal.message)
  })
  return words.find((one) => one !== undefined)
}

function judgedProof(
  stateRoot: Hash32,
  registry: AgreedBlock['observation']['target']['registry'],
  proof: StateProof,
): Words | Refusal {
  const state = proveState(stateRoot, registry, proof)
  if (!state.holds) return new Refusal('proof-invalid', state.detail)
  return { codeHash: state.codeHash, storage: state.words, proof, toldBy: 1 }
}

/**
 * Words that providers tell without proof: as a quorum tells them, or as everyone does who answers.
 * @returns the words, or why there are none that count
 */
export async function toldWords(agreed: AgreedBlock): Promise<Words | Refusal> {
  const { observation, roll, slots, members, block } = agreed
  const { providers, target, quorum, patience } = observation
  const asked = members.filter((at) => !roll.gaveFalseProof(at))
  const works = asked.flatMap((at) => {
    const request = providers[at]?.request
    return request === undefined ? [] : [settle(wordsAt(request, target, block, slots))]
  })
  const told = await collect(
    works,
    (sofar) =>
      agreementOf(
        sofar.map((settled) => (settled?.ok === true ? settled.value : undefined)),
        voiceOf,
        quorum,
      ).agreed,
    patience,
    patience.deadline,
  )
  const heard = roll.heard(told, asked, 'what the registry holds')
  const voices = new Set(heard.filter((one) => one !== undefined).map(voiceOf))
  const agreement = agreementOf(heard, voiceOf, voices.size > 1 ? quorum : 1)
  if (!agreement.agreed) {
    const code = voices.size > 1 ? 'providers-disagree' : roll.firstFault()
    return new Refusal(code, 'no words that count')
  }
  heard.forEach((one, at) => {
    if (one !== undefined && !agreement.members.includes(at)) {
      roll.blame(at, 'providers-disagree', 'tells other words than the quorum')
    }
  })
  const { codeHash, words } = agreement.value
  return { codeHash, storage: words, proof: undefined, toldBy: agreement.members.length }
}

/** Equal for those who tell the same. */
function voiceOf({ codeHash, words }: { codeHash: Hash32; words: Storage }): string {
  return JSON.stringify([codeHash, Object.entries(words).sort(([a], [b]) => (a < b ? -1 : 1))])
}
