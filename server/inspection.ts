/** `fsck` and `status` of a data folder: both look, and need neither the server nor each other. */

import { anchorLogs } from './chain/anchor-logs.ts'
import type { Config, IssuerConfig } from './config.ts'
import type { Engines } from './engines.ts'
import { documentPathsOf, filesOf, issuerFilesOf } from './files.ts'
import { fsck } from './fsck/fsck.ts'
import { batchesOf } from './fsck/parts.ts'
import type { FsckIssuer } from './fsck/parts.ts'
import type { FsckOptions, FsckReport } from './fsck/types.ts'
import { openVaults } from './keys/vaults.ts'
import { readStatus } from './status/status.ts'
import type { ServiceStatus } from './status/types.ts'

export type Inspection = {
  /** Compares store, documents and chain. Without a passphrase no certificate can be opened, and the report says so. */
  fsck(options?: FsckOptions): Promise<FsckReport>
  /** How the service stands: what waits and why. Needs no passphrase. */
  status(): Promise<ServiceStatus>
}

export function inspectionOf(engines: Engines, folder: string, hasKeys: boolean): Inspection {
  const { config, store, documents, rpc, registry, identity } = engines
  const { home } = config
  const shared = { store, rpc, chain: identity, now: Date.now }
  return {
    fsck: async (options) => {
      const issuers = await Promise.all(config.issuers.map((one) => ownerOf(engines, one, hasKeys)))
      const privatePaths = privatePathsOf(folder, config)
      const parts = { ...shared, documents, registry, home, issuers, privatePaths }
      return fsck(parts, options)
    },
    status: () => {
      const signers = config.issuers.flatMap(({ issuer, operators }) => [
        { issuer, name: 'issuer' as const, address: issuer },
        { issuer, name: 'anchor' as const, address: operators.anchor },
        { issuer, name: 'status' as const, address: operators.status },
      ])
      return readStatus({
        ...shared,
        folder,
        home: home.text,
        signers,
        limits: { maxFeePerGas: config.maxFeePerGas, ...config.alarms },
        documents: config.documents.kind,
      })
    },
  }
}

/**
 * Roots that issuers of this folder anchored after the last one that its store knows, and that it does not know: what a
 * store lacks that was put back from a copy. A store without any batch says nothing of when; `fsck` then looks at all
 * blocks. Throws `UnavailableError`.
 */
export async function unknownAnchors({ config, rpc, registry, store }: Engines): Promise<string[]> {
  let last = 0
  for await (const { anchoredAt } of batchesOf(store)) last = Math.max(last, anchoredAt ?? 0)
  if (last === 0) return []
  const roots: string[] = []
  for (const { issuer } of config.issuers) {
    for await (const { root } of anchorLogs({ rpc, registry }, issuer, last)) {
      if ((await store.findBatch({ root })) === undefined) roots.push(root)
    }
  }
  return roots
}

async function ownerOf(
  engines: Engines,
  { issuer, masters, operators }: IssuerConfig,
  hasKeys: boolean,
): Promise<FsckIssuer> {
  const vaults = hasKeys
    ? await openVaults(masters.length, (version) => engines.keysOf(issuer)('master', version))
    : undefined
  return { issuer, signers: [issuer, operators.anchor, operators.status], vaultAt: vaults?.vaultAt }
}

function privatePathsOf(folder: string, { issuers }: Config): string[] {
  const { store, documents } = filesOf(folder)
  const { blocks, packs, cars } = documentPathsOf(documents)
  const keys = issuers.flatMap(({ issuer }) => {
    const files = issuerFilesOf(folder, issuers, issuer)
    const names = ['issuer', 'anchor', 'status', 'master'] as const
    return [files.keys, files.recovery, ...names.map((name) => files.key(name))]
  })
  return [...keys, store, `${store}-wal`, `${store}-shm`, blocks, packs, cars]
}
