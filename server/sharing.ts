/**
 * Shares: presentations that holders publish and withdraw. Whoever has the owner token of a certificate (SPEC section 9)
 * is its holder; the server makes sure that a share is of that certificate, and of one that stands.
 */

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import {
  bytesOfHex,
  commitmentOfCertificate,
  equalBytes,
  FormatError,
  parseCertificate,
  parseCid,
  printCertificate,
} from '../src/index.ts'
import type { Certificate, Verdict } from '../src/index.ts'
import { Refusal } from './http/problems.ts'
import type { OpenedShare, Share, ShareLimits } from './storage/shares.ts'
import type { Store, StoredCertificate } from './storage/store.ts'
import type { Counter } from './tally.ts'
import type { Verifier } from './verifier.ts'

export type PublishRequest = {
  readonly cid: string
  /** Of the holder link: 32 bytes. */
  readonly token: Uint8Array
  /** The presentation's bytes. */
  readonly presentation: Uint8Array
  /** Milliseconds since 1970. */
  readonly expiresAt: number | undefined
}

/** Every method throws `Refusal` `not-found` for a wrong token as for what does not exist, `gone` for what is erased. */
export type Sharing = {
  /** Throws `FormatError`; `Refusal` `unprocessable`, `conflict` (too many), `unavailable` where it cannot be verified. */
  publish(request: PublishRequest): Promise<Share>
  /** Newest first. */
  list(cid: string, token: Uint8Array): Promise<Share[]>
  /** Its bytes are deleted for good. */
  withdraw(id: string, token: Uint8Array): Promise<void>
  /** Throws `Refusal` `gone` for what was withdrawn or has expired. */
  open(id: string): Promise<Standing>
  /** The same for who only previews it: nothing is counted. */
  look(id: string): Promise<Standing>
}

/** A share that stands, with what it shows. */
export type Standing = OpenedShare & { readonly presentation: Uint8Array }

/** Of one certificate. */
export const SHARE_LIMITS: ShareLimits = { standing: 20, ever: 500 }
const ID_BYTES = 16
/** Stands in the audit log where an API key's id would: of holders no more is known. */
const HOLDER = 'holder'
const AGAIN_SECONDS = 10

type Parts = {
  readonly store: Store
  readonly verifier: Pick<Verifier, 'verdictOn'>
  readonly now: () => number
  readonly count: Counter['count']
}

export function sharingOf(parts: Parts): Sharing {
  const { store, now, count } = parts
  return {
    publish: (request) => publish(parts, request),
    list: async (cid, token) => {
      const { batchId, row } = await ownedBy(store, cid, token)
      return store.sharesOf(batchId, row)
    },
    withdraw: async (id, token) => {
      const found = await store.findShare(id)
      if (found !== undefined && found.ownerHash === undefined) throw gone()
      if (!isOwner(token, found?.ownerHash) || found === undefined) throw notFound()
      await store.withdrawShare(id, now())
      await store.audit({ at: now(), action: 'withdraw-share', subject: id, actor: HOLDER })
    },
    open: async (id) => {
      const share = orRefused(await store.openShare(id, now()))
      count('shareOpened', { batchId: share.batchId })
      return share
    },
    look: async (id) => orRefused(await store.readShare(id, now())),
  }
}

function orRefused(share: OpenedShare | undefined): Standing {
  if (share === undefined) throw new Refusal('not-found', 'there is no such share')
  const { presentation } = share
  if (presentation === undefined) {
    const message = 'this share was withdrawn, has expired, or its certificate is erased'
    throw new Refusal('gone', message)
  }
  return { ...share, presentation }
}

async function publish(
  { store, verifier, now }: Parts,
  { cid, token, presentation: given, expiresAt }: PublishRequest,
): Promise<Share> {
  const owned = await ownedBy(store, cid, token)
  const createdAt = now()
  if (expiresAt !== undefined && expiresAt <= createdAt) {
    throw new Refusal('unprocessable', 'expiresAt has passed')
  }
  const parsed = readPresentation(given)
  await refuseAnother(store, owned, parsed)
  // Proofs that nobody here checks are not published.
  const presentation = printCertificate({ ...parsed, otherProofs: [] })
  refuseUnlessStanding(await verifier.verdictOn(presentation))
  const { batchId, row, ownerHash } = owned
  const id = randomBytes(ID_BYTES).toString('base64url')
  const share = { id, batchId, row, createdAt, expiresAt }
  const outcome = await store.addShare({ ...share, ownerHash, presentation }, SHARE_LIMITS)
  if (outcome === 'missing') throw notFound()
  if (outcome === 'full') {
    const { standing, ever } = SHARE_LIMITS
    const message = `at most ${standing} shares of a certificate stand at a time, and ${ever} are made`
    throw new Refusal('conflict', message)
  }
  await store.audit({ at: now(), action: 'share', subject: id, actor: HOLDER })
  return { ...share, withdrawnAt: undefined, opened: 0 }
}

/** Says what is wrong, and quotes nothing: what is wrong may be a name. */
function readPresentation(bytes: Uint8Array): Certificate {
  try {
    return parseCertificate(bytes)
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    const { code } = error
    throw new FormatError(code, 'presentation', `presentation: ${code.replaceAll('-', ' ')}`)
  }
}

async function ownedBy(store: Store, text: string, token: Uint8Array): Promise<StoredCertificate> {
  const { text: cid } = parseCid(text, 'cid')
  if ((await store.findTombstone(cid)) !== undefined) throw gone()
  const certificate = await store.findCertificate(cid)
  if (!isOwner(token, certificate?.ownerHash) || certificate === undefined) throw notFound()
  return certificate
}

/** The comparison is made in any case, so that time does not tell what exists. */
function isOwner(token: Uint8Array, ownerHash: Uint8Array | undefined): boolean {
  const given = createHash('sha256').update(token).digest()
  const isSame = timingSafeEqual(given, ownerHash ?? Buffer.alloc(given.length))
  return isSame && ownerHash !== undefined
}

/** Whoever has one certificate's link publishes nothing in another's name. */
async function refuseAnother(
  store: Store,
  { batchId, index, commitment }: StoredCertificate,
  presentation: Certificate,
): Promise<void> {
  const batch = await store.findBatch({ id: batchId })
  const isOfIt =
    batch?.state === 'anchored' &&
    presentation.home.text === batch.home &&
    presentation.issuer === batch.issuer &&
    presentation.root === batch.root &&
    presentation.index === index &&
    equalBytes(bytesOfHex(commitmentOfCertificate(presentation)), commitment)
  if (!isOfIt) throw new Refusal('unprocessable', 'this is no presentation of that certificate')
}

/** What the chain says must have been seen; whether the reader trusts the issuer is the reader's to say. */
function refuseUnlessStanding({ outcome, checks }: Verdict): void {
  if (outcome === 'invalid') {
    throw new Refusal('unprocessable', 'this certificate is not valid: it cannot be shared')
  }
  const isSeen = [checks.anchor, checks.operator, checks.status].every(
    (check) => check.outcome === 'passed',
  )
  if (!isSeen) {
    throw new Refusal('unavailable', 'the chain does not answer; try again later', AGAIN_SECONDS)
  }
}

function notFound(): Refusal {
  return new Refusal('not-found', 'there is no such thing, or the token is not its own')
}

function gone(): Refusal {
  return new Refusal('gone', 'this certificate was erased by its issuer')
}
