/** Chains of accreditors (SPEC section 6.5): which are heard, and which unread words keep a verdict open. */
import { accreditationCountSlot, accreditationSlots, operatorSlot } from '../../../src/index.ts'
import type { Address, Evidence, Hash32 } from '../../../src/index.ts'
import { addressFor, withChain } from '../ledger.ts'
import type { Ledger } from '../ledger.ts'
import { ACCREDITOR, ANCHORED_AT, ISSUER, ledgerOf, policyJson } from '../world.ts'
import { account, judgedOf, open, seen, VALID } from './judged.ts'
import type { Judged, Link } from './judged.ts'

const always = { from: ANCHORED_AT - 1000, until: ANCHORED_AT + 1000 }
const over = { from: 1, until: ANCHORED_AT }
const [MIDDLE, UPPER, TOP] = ['middle', 'upper', 'top'].map(addressFor) as [
  Address,
  Address,
  Address,
]
const CHAIN: readonly Link[] = [
  [MIDDLE, ISSUER],
  [UPPER, MIDDLE],
  [ACCREDITOR, UPPER],
]
const SHORT: readonly Link[] = [
  [MIDDLE, ISSUER],
  [ACCREDITOR, MIDDLE],
]
const VOUCHED = policyJson({
  issuers: [],
  accreditors: [{ account: account(ACCREDITOR), name: 'Ministry' }],
})

function accredited(links: readonly Link[], period: typeof always = always): Ledger {
  const ledger = ledgerOf()
  for (const [accreditor, issuer] of links) ledger.accredit(accreditor, issuer, [period])
  return ledger
}

function hint([accreditor, issuer]: Link, chain?: string): Evidence['accreditations'][number] {
  return { accreditor: account(accreditor, chain), issuer: account(issuer, chain), record: null }
}

const UNVOUCHED = open('issuer-unvouched')
const MISSING = open('evidence-missing')

function look(ledger: Ledger, links: readonly Link[] = []): Promise<Evidence> {
  return seen(ledger, VOUCHED, links)
}

function vouched(
  id: string,
  comment: string,
  expect: Judged['expect'],
  evidence: Evidence,
): Promise<Judged> {
  return judgedOf(id, comment, expect, { policy: VOUCHED, evidence })
}

/** The first, with what the second has read of storage, too. */
function withWordsOf(evidence: Evidence, other: Evidence): Evidence {
  if (!evidence.chain.observed || !other.chain.observed) return evidence
  return withChain(evidence, { storage: { ...other.chain.storage, ...evidence.chain.storage } })
}

function without(evidence: Evidence, slot: Hash32): Evidence {
  if (!evidence.chain.observed) return evidence
  const kept = Object.entries(evidence.chain.storage).filter(([name]) => name !== slot)
  return withChain(evidence, { storage: Object.fromEntries(kept) })
}

/** Which chains are heard. */
export async function chainVectors(): Promise<Judged[]> {
  const whole = await look(accredited(CHAIN), CHAIN)
  const far: readonly Link[] = [...CHAIN.slice(0, 2), [TOP, UPPER], [ACCREDITOR, TOP]]
  const dead = accredited([[MIDDLE, ISSUER]]).accredit(ACCREDITOR, MIDDLE, [over])
  const retired = accredited(CHAIN).close(UPPER, UPPER, ANCHORED_AT)
  const short = await look(accredited(SHORT), SHORT)
  return Promise.all([
    vouched('chain-of-three', 'Accredited through two others.', VALID, whole),
    vouched('chain-of-four', 'Through three.', UNVOUCHED, await look(accredited(far), far)),
    vouched('chain-untold', 'A chain of which no hint tells.', UNVOUCHED, {
      ...whole,
      accreditations: [],
    }),
    vouched(
      'chain-withdrawn',
      'Its upper accreditation ended in the second of the anchor.',
      UNVOUCHED,
      await look(dead, SHORT),
    ),
    vouched(
      'chain-retired',
      'An accreditor on it had retired in that second.',
      UNVOUCHED,
      await look(retired, CHAIN),
    ),
    vouched('chain-elsewhere', 'Hints of the same addresses on another chain.', UNVOUCHED, {
      ...short,
      accreditations: SHORT.map((link) => hint(link, '1')),
    }),
    vouched('chain-half-elsewhere', 'The one between stands on another chain.', UNVOUCHED, {
      ...short,
      accreditations: [
        { accreditor: account(MIDDLE, '1'), issuer: account(ISSUER), record: null },
        { accreditor: account(ACCREDITOR), issuer: account(MIDDLE, '1'), record: null },
      ],
    }),
  ])
}

/** Hints that lead nowhere, and more than are read. */
export async function crowdVectors(): Promise<Judged[]> {
  const strangers = Array.from({ length: 64 }, (_, at) => addressFor(`stranger ${at}`))
  const spam = strangers.flatMap((one): Link[] => [
    [one, ISSUER],
    [one, MIDDLE],
  ])
  const crowd = strangers.slice(0, 32).flatMap((one): Link[] => [
    [one, ISSUER],
    [ACCREDITOR, one],
  ])
  const short = await look(accredited(SHORT), SHORT)
  const read = withWordsOf(short, await look(accredited(SHORT), crowd))
  return Promise.all([
    vouched('chain-among-strangers', 'Behind 128 hints that lead down from nobody.', VALID, {
      ...short,
      accreditations: [...spam, ...SHORT].map((link) => hint(link)),
    }),
    vouched('chain-beyond-64', 'The 65th and 66th of hints that lead down.', UNVOUCHED, {
      ...read,
      accreditations: [...crowd, ...SHORT].map((link) => hint(link)),
    }),
    vouched('chain-within-64', 'The same hints, those of the chain first.', VALID, {
      ...read,
      accreditations: [...SHORT, ...crowd].map((link) => hint(link)),
    }),
    vouched(
      'chain-beside-64-straight',
      'A hint straight from the accreditor counts not among them.',
      VALID,
      {
        ...short,
        accreditations: [
          hint([ACCREDITOR, ISSUER]),
          ...crowd.slice(2).map((link) => hint(link)),
          ...SHORT.map((link) => hint(link)),
        ],
      },
    ),
  ])
}

/** Words that were not read: which could have shown a voucher, and which not. */
export async function missingVectors(): Promise<Judged[]> {
  const straight: readonly Link[] = [[ACCREDITOR, ISSUER]]
  const stands = await look(accredited(straight))
  const ended = await look(accredited(straight, over))
  const none = await look(ledgerOf())
  const dead = await look(
    accredited([[MIDDLE, ISSUER]]).accredit(ACCREDITOR, MIDDLE, [over]),
    SHORT,
  )
  const period = accreditationSlots(ACCREDITOR, ISSUER, 0)
  const own = operatorSlot(ACCREDITOR, ACCREDITOR)
  return Promise.all([
    vouched(
      'unread-count',
      'The count was not read.',
      MISSING,
      without(stands, accreditationCountSlot(ACCREDITOR, ISSUER)),
    ),
    vouched('unread-period', 'The period was not read.', MISSING, without(stands, period.times)),
    vouched(
      'unread-digest',
      'The digest of the period that stands was not read.',
      MISSING,
      without(stands, period.digest),
    ),
    vouched(
      'unread-own',
      'Whether the accreditor retired was not read.',
      MISSING,
      without(stands, own),
    ),
    vouched(
      'unread-digest-of-ended',
      'The digest of a period that did not stand.',
      UNVOUCHED,
      without(ended, period.digest),
    ),
    vouched(
      'unread-own-of-ended',
      'The record of an accreditor whose period did not stand.',
      UNVOUCHED,
      without(ended, own),
    ),
    vouched(
      'unread-own-of-none',
      'The record of an accreditor who accredited nobody.',
      UNVOUCHED,
      without(none, own),
    ),
    vouched(
      'unread-below-dead',
      'A count below an accreditation that did not stand.',
      UNVOUCHED,
      without(dead, accreditationCountSlot(MIDDLE, ISSUER)),
    ),
  ])
}
