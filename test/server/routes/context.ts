/** What routes work with, around a store alone: for tests of the frame that need no chain. */
import { expect } from 'chai'
import { metricsOf } from '../../../server/http/metrics.ts'
import { erase } from '../../../server/issuance/change.ts'
import type { ChangeParts } from '../../../server/issuance/change.ts'
import { certificateOperationsOf } from '../../../server/issuance/certificate-operations.ts'
import type { CertificateParts } from '../../../server/issuance/certificate-operations.ts'
import { found } from '../../../server/issuance/search.ts'
import type { ServedIssuer } from '../../../server/issuer.ts'
import { apiKeysOf } from '../../../server/keys/api-keys.ts'
import { sessionsOf } from '../../../server/keys/sessions.ts'
import { vaultOf } from '../../../server/keys/vault.ts'
import { logOf } from '../../../server/log.ts'
import { pagesOf } from '../../../server/pages.ts'
import { looksIn } from '../../../server/profile/look.ts'
import { previewsOf } from '../../../server/previews/previews.ts'
import type { RouteContext } from '../../../server/routes/context.ts'
import { sharingOf } from '../../../server/sharing.ts'
import type { Store } from '../../../server/storage/store.ts'
import { IssuingError } from '../../../server/issuance/errors.ts'
import { accountOf, parseAddress } from '../../../src/index.ts'
import { batchesAround } from './batches-around.ts'
import { outgoingAround, requestsAround } from './outgoing.ts'

export const SILENT = logOf((): void => undefined)

const OURS = parseAddress(`0x${'a'.repeat(40)}`, 'issuer')
const NO_JOURNAL = {} as ChangeParts['journal']

const ignored = (): void => undefined
const unused = (): never => expect.fail('this is not used')

export function routeContext(store: Store, more: Partial<RouteContext> = {}): RouteContext {
  const now = more.now ?? Date.now
  const vault = vaultOf(new Uint8Array(32).fill(7))
  const documents = {
    put: unused,
    getMany: unused,
    get: unused,
    writeCar: unused,
    readCar: unused,
    remove: unused,
    dropCar: unused,
    inspect: unused,
    audit: unused,
    check: unused,
  }
  const apiKeys = apiKeysOf({ store, now })
  const queue = { running: 0, waiting: 0 }
  const verifier = more.verifier ?? { verdictOn: unused, judge: unused, queue }
  const counter = more.counter ?? { count: ignored, flush: () => Promise.resolve() }
  const sharing = sharingOf({ store, verifier, now, count: counter.count })
  const pages = more.pages ?? pagesOf({ providers: new Map(), domains: [], resolver: undefined })
  const publicUrl = 'https://certificates.example'
  return {
    store,
    documents,
    verifier,
    apiKeys,
    sessions: sessionsOf({ store, apiKeys, now }),
    publicUrl: 'https://certificates.example',
    nameOf: (account) => (account === accountOf('31337', OURS) ? 'Académie' : undefined),
    as: (wanted, actor) => {
      const issuer = addressOf(wanted)
      return issuerAround({ store, documents, now, issuer, actor, journal: NO_JOURNAL, leaseMs: 1 })
    },
    counter,
    sharing,
    requestLinks: requestsAround(store, [`0x${'a'.repeat(40)}`]),
    tagOf: (_issuer, text, kind) => Promise.resolve(vault.tag(text, kind)),
    policy: new Uint8Array(0),
    pages,
    previews: previewsOf({
      sharing,
      verifier,
      pages,
      policy: { registries: [] },
      lookOf: looksIn(store),
      publicUrl,
      now,
    }),
    metrics: metricsOf(),
    readiness: () => Promise.resolve({ store: true, chain: true, documents: true }),
    now,
    ...more,
  }
}

/** By account, only the two issuers of these tests are there. */
function addressOf(wanted: string): string {
  const [chain, , address] = wanted.split(':')
  if (address === undefined) return wanted
  const isKnown = chain === 'eip155' && /^0x([ab])\1{39}$/.test(address)
  if (isKnown) return address
  throw new IssuingError('no-such-issuer', `${wanted} is no issuer here`)
}

/** What an issuer does as far as the store alone goes. */
function issuerAround(
  own: Omit<ChangeParts, 'status' | 'issuer'> & { readonly issuer: string },
): ServedIssuer {
  const vault = vaultOf(new Uint8Array(32).fill(7))
  const parts = {
    ...own,
    issuer: own.issuer as ChangeParts['issuer'],
    vault,
    masterVersion: 1,
    vaultAt: () => vault,
    status: { change: unused, revokeBatch: unused },
  }
  const certificates = certificateOperationsOf(
    () => Promise.resolve(parts as Partial<CertificateParts> as CertificateParts),
    () => undefined,
  )
  const issuer: Partial<ServedIssuer> = {
    ...outgoingAround(own.store, own.issuer, own.actor),
    issuer: parts.issuer,
    account: accountOf('31337', parts.issuer),
    batches: batchesAround(own.store, own.issuer),
    certificates,
    erase: (request) => erase(parts, request),
    find: (query, page) => found(parts, query, page),
  }
  return issuer as ServedIssuer
}
