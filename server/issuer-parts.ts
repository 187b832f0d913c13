/** What the services of one issuer are made of, of what its folder runs on. */

import { anchorPortOf } from './chain/anchor.ts'
import { senderOf } from './chain/sender.ts'
import type { Sender } from './chain/sender.ts'
import { statusPortOf } from './chain/status.ts'
import type { IssuerConfig } from './config.ts'
import type { Engines } from './engines.ts'
import { eraseWaiting } from './erasure/erase.ts'
import type { ChangeParts } from './issuance/change.ts'
import type { IssuingParts } from './issuance/parts.ts'
import type { SearchParts } from './issuance/search.ts'
import type { SignerName } from './keys/signers.ts'
import { openVaults } from './keys/vaults.ts'

export async function issuingParts(
  engines: Engines,
  { issuer, masters, approval }: IssuerConfig,
): Promise<IssuingParts> {
  const { config, store, documents, journal, lender } = engines
  const { keysOf, rpc, registry, sleep, limits, leaseMs } = engines
  const sender = await senderFor(engines, { issuer }, 'anchor')
  return {
    store,
    documents,
    issuer,
    home: config.home,
    publicUrl: config.publicUrl,
    now: Date.now,
    leaseMs,
    approval,
    ...(await openVaults(masters.length, (version) => keysOf(issuer)('master', version))),
    lender,
    closing: engines.closing,
    onAnchored: (batch) =>
      eraseWaiting({ store, documents, journal, now: Date.now, leaseMs }, batch),
    anchor: anchorPortOf({ rpc, registry, sender, limits, now: Date.now, sleep }),
  }
}

export async function searchParts(
  { store, keysOf }: Engines,
  { issuer, masters }: IssuerConfig,
): Promise<SearchParts> {
  const vaults = await openVaults(masters.length, (version) => keysOf(issuer)('master', version))
  return { store, issuer, ...vaults }
}

export async function changeParts(
  engines: Engines,
  { issuer }: IssuerConfig,
  actor: string,
): Promise<ChangeParts> {
  const { store, documents, journal, registry, leaseMs } = engines
  const status = statusPortOf(registry, await senderFor(engines, { issuer }, 'status'))
  return { store, documents, journal, issuer, now: Date.now, leaseMs, status, actor }
}

export async function senderFor(
  engines: Engines,
  { issuer }: Pick<IssuerConfig, 'issuer'>,
  name: SignerName,
): Promise<Sender> {
  const { rpc, store, identity, limits, sleep } = engines
  const signer = await engines.signersOf(issuer)(name)
  return senderOf({ rpc, store, chain: identity, signer, limits, now: Date.now, sleep })
}
