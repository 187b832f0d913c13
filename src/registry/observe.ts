import type { UndeterminedCode } from '../primitives/codes.ts'
import { headerAt, introduce } from './ethereum.ts'
import type { Introduction } from './ethereum.ts'
import type { Header } from './header.ts'
import type { AgreedBlock, Observation } from './observation.ts'
import { collect, settle } from './patience.ts'
import type { BlockEvidence, ChainEvidence, ObservedChain, Shortfall } from './ports.ts'
import { agreementOf, nthHighest } from './quorum.ts'
import type { Agreement } from './quorum.ts'
import { Refusal, Roll } from './roll.ts'
import { askForProofs, provenWords, toldWords } from './words.ts'
import type { Words } from './words.ts'

/** Blocks below the quorum's head at which the registry is read: the newest are reorganised most. */
const HEAD_DISTANCE = 2
/** Fewer voices than these are one provider's word, whatever quorum a policy asks for. */
const SEVERAL = 2

/**
 * Reads the registry through providers of whom none is trusted (SPEC section 13): a quorum for the block, a proof for what
 * is in it. In the plain case two round trips to each: what it says of itself, then headers and proof together.
 */
export async function observeChain(observation: Observation): Promise<ChainEvidence> {
  const { providers, quorum, needs, patience } = observation
  const roll = new Roll(providers.map(({ name }) => name))
  const introductions = await introductionsOf(observation, roll)
  const present = introductions.flatMap((one, at) => (one === undefined ? [] : [at]))
  const known = introductions.filter((one) => one !== undefined)
  const heads = known.map(({ head }) => head)
  const head = nthHighest(heads, quorum)
  if (head === undefined) return unavailable(roll, roll.firstFault())
  const slots = await Promise.race([needs.slots, patience.deadline])
  if (typeof slots !== 'function') return unavailable(roll, 'timeout')
  const number = Math.max(head - HEAD_DISTANCE, 0)
  const finalNumber = finalNumberOf(observation, head, known)
  const guessed = [...new Set(known.flatMap(({ guess }) => slots(guess)))]
  const proofs = askForProofs(observation, present, guessed, number)
  const [block, final] = await Promise.all([
    agreedHeader(observation, roll, present, number),
    finalNumber === undefined ? undefined : agreedHeader(observation, roll, present, finalNumber),
  ])
  if (!block.agreed) {
    return unavailable(roll, block.why === 'split' ? 'providers-disagree' : roll.firstFault())
  }
  const agreed = { observation, roll, slots, block: block.value, members: block.members }
  const words = (await provenWords(agreed, proofs)) ?? (await toldWords(agreed))
  if (words instanceof Refusal) return unavailable(roll, words.code)
  if (words.codeHash !== observation.target.codeHash) return unavailable(roll, 'registry-differs')
  return observed(agreed, words, final?.agreed === true ? final.value : null)
}

async function introductionsOf(
  { providers, target, quorum, needs, patience, pins }: Observation,
  roll: Roll,
): Promise<(Introduction | undefined)[]> {
  const works = providers.map((one) => settle(introduce(one, target, needs.leading, pins)))
  const got = await collect(
    works,
    (sofar) => sofar.filter((settled) => settled?.ok).length >= quorum,
    patience,
    patience.deadline,
  )
  return roll.heard(
    got,
    providers.map((_, at) => at),
    'its head',
  )
}

/** The number of the block up to which a quorum calls the chain final; `undefined` where there is none. */
function finalNumberOf(
  { target: { finality }, quorum }: Observation,
  head: number,
  known: readonly Introduction[],
): number | undefined {
  if (finality !== 'finalized') return head < finality ? undefined : head - finality
  const tagged = known.flatMap(({ finalized }) => (finalized === null ? [] : [finalized]))
  return nthHighest(tagged, quorum)
}

/** The header of block `number` that a quorum gives; everyone who gives another, or none, is named. */
async function agreedHeader(
  { providers, quorum, patience }: Observation,
  roll: Roll,
  places: readonly number[],
  number: number,
): Promise<Agreement<Header>> {
  const works = places.flatMap((at) => {
    const request = providers[at]?.request
    return request === undefined ? [] : [settle(headerAt(request, number))]
  })
  const got = await collect(
    works,
    (sofar) =>
      agreementOf(
        sofar.map((settled) => (settled?.ok === true ? (settled.value ?? undefined) : undefined)),
        identityOf,
        quorum,
      ).agreed,
    patience,
    patience.deadline,
  )
  const heard = roll.heard(got, places, `block ${number}`)
  const given = heard.map((header) => header ?? undefined)
  heard.forEach((header, at) => {
    if (header === null) roll.blame(at, 'stale', `has no block ${number}`)
  })
  const agreement = agreementOf(given, identityOf, quorum)
  given.forEach((header, at) => {
    if (header === undefined || (agreement.agreed && agreement.members.includes(at))) return
    const detail = `block ${number} is ${header.hash}`
    if (agreement.agreed || agreement.why === 'split') roll.blame(at, 'providers-disagree', detail)
  })
  return agreement
}

/** What two answers must share to be one: the hash where it binds all else, and what is read from them where not. */
function identityOf({ hash, rlp, timestamp, stateRoot }: Header): string {
  return rlp === null ? `${hash} ${timestamp} ${String(stateRoot)}` : hash
}

function unavailable(roll: Roll, code: UndeterminedCode): ChainEvidence {
  return { observed: false, code, providers: roll.answers() }
}

function observed(
  { block, members, roll, slots, observation }: AgreedBlock,
  { storage, proof, toldBy }: Words,
  finalized: Header | null,
): ObservedChain {
  const shortfalls: Shortfall[] = [
    ...(block.rlp === null ? ['header-not-rehashed' as const] : []),
    ...(proof === undefined ? ['no-storage-proof' as const] : []),
  ]
  const voices = proof === undefined ? Math.min(members.length, toldBy) : members.length
  const enough = proof === undefined ? Math.max(SEVERAL, observation.quorum) : SEVERAL
  const level = voices < enough ? 'reported' : shortfalls.length > 0 ? 'agreed' : 'proven'
  const needed = new Set(slots(storage))
  return {
    observed: true,
    level,
    block: evidenceOfHeader(block),
    finalized: finalized === null ? null : evidenceOfHeader(finalized),
    storage: Object.fromEntries(
      Object.entries(storage).filter(([slot]) => needed.has(slot as never)),
    ),
    ...(level === 'agreed' ? { shortfalls } : {}),
    ...(proof === undefined || block.rlp === null
      ? {}
      : {
          proof: {
            header: block.rlp,
            finalizedHeader: finalized?.rlp ?? null,
            account: proof.account,
            storage: proof.storage.filter(({ slot }) => needed.has(slot)),
          },
        }),
    providers: roll.answers(),
  }
}

function evidenceOfHeader({ number, hash, timestamp }: Header): BlockEvidence {
  return { number, hash, timestamp }
}
