/** What an issuer does as far as its store goes: no chain, no documents, and a mail server that is never asked. */
import { expect } from 'chai'
import type { Engines } from '../../../server/engines.ts'
import { forgetLinks } from '../../../server/issuance/change.ts'
import type { ChangeParts } from '../../../server/issuance/change.ts'
import { issuedOf } from '../../../server/issuance/links.ts'
import type { IssuingParts } from '../../../server/issuance/parts.ts'
import { anchoredBatch } from '../../../server/issuance/target.ts'
import type { IssuerOperations } from '../../../server/issuer.ts'
import { vaultOf } from '../../../server/keys/vault.ts'
import { outgoingOperations, requestFromAll } from '../../../server/outgoing.ts'
import type { LinkRequests } from '../../../server/outgoing.ts'
import type { Store } from '../../../server/storage/store.ts'
import type { Address } from '../../../src/index.ts'

const unused = (): never => expect.fail('this is not used')
const SECRET = new Uint8Array(32).fill(7)

/** @param hasMail whether a mail server is configured */
function enginesAround(store: Store, issuers: readonly string[], hasMail: boolean): Engines {
  const masters = ['master']
  const config = {
    issuers: issuers.map((issuer) => ({ issuer, masters })),
    publicUrl: 'https://school.example',
    mail: hasMail ? { from: 'a@school.example', language: 'fr' } : undefined,
  }
  const engines = {
    store,
    config,
    leaseMs: 1000,
    keysOf: () => () => Promise.resolve({ secret: SECRET }),
    mailer: hasMail ? { send: unused } : undefined,
    internet: { addressesOf: unused, isPublic: unused },
  }
  return engines as Partial<Record<keyof Engines, unknown>> as Engines
}

export function outgoingAround(store: Store, text: string, actor: string): IssuerOperations {
  const issuer = text as Address
  const own = { store, issuer, actor, now: Date.now }
  const vault = vaultOf(SECRET)
  const issuing = { ...own, vault, vaultAt: () => vault, publicUrl: 'https://school.example' }
  const config = { issuer } as Parameters<typeof outgoingOperations>[1]
  const operations: Partial<IssuerOperations> = {
    ...outgoingOperations(enginesAround(store, [issuer], true), config, actor),
    issuedBatch: async (batchId) =>
      issuedOf(
        issuing as Partial<IssuingParts> as IssuingParts,
        await anchoredBatch(own, { batchId }),
      ),
    delivered: (batchId) => forgetLinks(own as Partial<ChangeParts> as ChangeParts, batchId),
  }
  return operations as IssuerOperations
}

export function requestsAround(
  store: Store,
  issuers: readonly string[],
  hasMail = true,
): LinkRequests['requestLinks'] {
  return (address) => requestFromAll(enginesAround(store, issuers, hasMail), address)
}
