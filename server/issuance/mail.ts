/** Letters with links: ordered, asked for, written and handed over. Who gets one and what link it holds is derived then. */

import { randomUUID } from 'node:crypto'
import { holderLink, linkSecretOf } from '../../src/index.ts'
import type { Language } from '../../src/index.ts'
import { LetterError, letterOf } from '../mail/letter.ts'
import type { Letter } from '../mail/letter.ts'
import type { MailPort, Sent } from '../mail/smtp.ts'
import type { MailOutcome, MailRecord } from '../storage/outbox.ts'
import type { Batch } from '../storage/store.ts'
import { MAIL_PAUSES, nextAttempt } from './backoff.ts'
import { IssuingError } from './errors.ts'
import { parseLearner, places } from './parts.ts'
import type { IssuingParts } from './parts.ts'
import { secretOf } from './seal.ts'
import { KeystoreError } from '../keys/keystore.ts'
import { openVersions } from '../keys/vaults.ts'
import type { Vaults } from '../keys/vaults.ts'
import { tagOfEmail } from './search.ts'
import type { LinkRequestReport, MailReport } from './types.ts'

export type MailParts = Pick<IssuingParts, 'store' | 'publicUrl' | 'now'> & {
  readonly mailer: MailPort
  readonly vaultsFor: (issuer: string) => Promise<Vaults>
  readonly nameOf: (issuer: string) => string
  /** Of letters for which nobody chose one. */
  readonly language: Language
  /** Domain of the sender. */
  readonly domain: string
}
type OrderParts = Pick<IssuingParts, 'store' | 'issuer' | 'now'> & { readonly actor: string }

/** Longer than a mail server may take for one letter, so that nobody else sends it meanwhile. */
const LEASE_MS = 60_000
const HOUR_MS = 3_600_000
const PER_ADDRESS = 3
const PER_HOUR = 1000
const REQUESTS_AT_ONCE = 100
const MAX_ADDRESS = 320

/** Every learner of a batch gets their link, now or once the batch is final; called again, nobody gets it twice. */
export async function sendBatch(
  parts: OrderParts,
  batchId: string,
  language?: Language,
): Promise<MailReport> {
  const { store, now, actor, issuer } = parts
  const batch = await ownBatch(parts, batchId)
  refusePermanent(batch.permanent)
  await store.orderMail(batchId, language, now())
  await store.audit({ at: now(), action: 'send-links', subject: batchId, actor, issuer })
  return mailReport(parts, batchId)
}

/** One link once more. Throws `IssuingError` `no-address` where there is nobody to write to. */
export async function sendAgain(
  { store, now, actor, issuer }: OrderParts,
  certificate: { readonly batchId: string; readonly index: number; readonly cid: string },
  language?: Language,
): Promise<void> {
  const { batchId, index, cid } = certificate
  const batch = await store.findBatch({ id: batchId })
  refusePermanent(batch?.permanent === true)
  const letter = { batchId, index, purpose: 'resent', language, now: now() } as const
  if (!(await store.queueMail({ ...letter, occasion: randomUUID() }))) {
    throw new IssuingError('no-address', `certificate ${index} has no address to write to`)
  }
  await store.audit({ at: now(), action: 'resend-link', subject: cid, actor, issuer })
}

/** What became of a batch's letters. */
export async function mailReport(
  parts: Pick<OrderParts, 'store' | 'issuer'>,
  batchId: string,
): Promise<MailReport> {
  await ownBatch(parts, batchId)
  const { store } = parts
  const letters = await store.mailOf(batchId)
  return {
    batchId,
    letters: letters.map(({ index, cid, purpose, state, attempts, code }) => ({
      index,
      cid,
      purpose,
      state,
      attempts,
      ...(code === undefined ? {} : { code }),
    })),
  }
}

/** Another issuer's batch is answered as one that is not there. */
async function ownBatch(
  { store, issuer }: Pick<OrderParts, 'store' | 'issuer'>,
  batchId: string,
): Promise<Batch> {
  const batch = await store.findBatch({ id: batchId })
  if (batch?.issuer === issuer) return batch
  throw new IssuingError('not-found', 'there is no such batch')
}

/**
 * Somebody says that the links of an address are lost, at any issuer whose vaults are here. Its tags are kept, and nothing
 * else; who has the address gets the links by mail later. The answer and the work for it are the same whether anyone has it or not.
 */
export async function requestLinks(
  { store, now }: Pick<IssuingParts, 'store' | 'now'>,
  vaults: readonly Vaults[],
  address: string,
): Promise<LinkRequestReport> {
  const at = now()
  const keys = vaults.flatMap((one) => openVersions(one))
  // Each key makes a tag of its own, all of which are one request.
  const total = PER_HOUR * keys.length
  const limits = { since: at - HOUR_MS, perAddress: PER_ADDRESS, total }
  let taken = true
  for (const { vault } of keys) {
    const tag = tagOfEmail(vault, address.slice(0, MAX_ADDRESS))
    taken &&= (await store.requestLinks(tag, at, limits)) !== 'busy'
  }
  return { taken }
}

/** Queues what was asked for, then hands over one letter that is due. Returns how much there was to do. */
export async function mailStep(parts: MailParts): Promise<number> {
  const { store, now } = parts
  const answered = await store.answerRequests(now(), now() - HOUR_MS, REQUESTS_AT_ONCE)
  const owner = randomUUID()
  const lease = { owner, now: now(), until: now() + LEASE_MS }
  const letters = await store.claimMail(lease, 1)
  for (const mail of letters) {
    const outcome = outcomeOf(await handOver(parts, mail), mail.attempts, now())
    await store.settleMail({ id: mail.id, owner, attempts: mail.attempts }, outcome, now())
  }
  return answered + letters.length
}

async function handOver(parts: MailParts, mail: MailRecord): Promise<Sent> {
  const letter = await writtenFor(parts, mail).catch((error: unknown) => {
    // An issuer whose key is not there holds up nobody else's letters.
    if (error instanceof KeystoreError || error instanceof IssuingError) return 'later' as const
    throw error
  })
  if (letter === 'later') return { kind: 'later', code: undefined }
  return letter === undefined ? { kind: 'refused', code: undefined } : parts.mailer.send(letter)
}

/** Undefined where there is nobody to write to, or no link to be told. */
async function writtenFor(parts: MailParts, mail: MailRecord): Promise<Letter | undefined> {
  const { store, publicUrl, domain } = parts
  const { id, batchId, index, purpose } = mail
  const batch = await store.findBatch({ id: batchId })
  const [certificate] = await store.certificatesOf(batchId, index, 1)
  if (batch?.sealedSecret === undefined || certificate?.sealedLearner === undefined)
    return undefined
  const { row, cid, sealing, sealedLearner } = certificate
  const { vaultAt } = await parts.vaultsFor(batch.issuer)
  const vault = vaultAt(batch.masterVersion)
  const { name, email } = parseLearner(vault.open(sealedLearner, places.learner(batchId, row)))
  if (certificate.index !== index || email === undefined) return undefined
  try {
    return letterOf({
      id,
      address: email,
      learner: name,
      issuer: parts.nameOf(batch.issuer),
      link: holderLink(publicUrl, cid, linkSecretOf(secretOf({ vaultAt }, batch), index, sealing)),
      purpose,
      language: mail.language ?? parts.language,
      domain,
      publicUrl,
    })
  } catch (error) {
    if (error instanceof LetterError) return undefined
    throw error
  }
}

function outcomeOf({ kind, code }: Sent, attempts: number, now: number): MailOutcome {
  if (kind !== 'later') return { state: kind, code }
  const nextAttemptAt = nextAttempt(MAIL_PAUSES, attempts, now)
  return nextAttemptAt === undefined
    ? { state: 'failed', code }
    : { state: 'queued', code, nextAttemptAt }
}

/** A permanent link cannot be called back, so it takes no way on which copies stay behind. */
function refusePermanent(isPermanent: boolean): void {
  if (!isPermanent) return
  throw new IssuingError('permanent-by-mail', 'permanent links are handed out as a file')
}
