/** A data folder with one batch that is final, on either store; and its parts, as another process would open them. */
import type { Context as Mocha } from 'mocha'
import { rpcOf } from '../../../node/rpc.ts'
import type { Context, IssueReport } from '../../../server/context.ts'
import { filesOf } from '../../../server/files.ts'
import { openDiskDocuments } from '../../../server/ipfs/disk.ts'
import type { Documents } from '../../../server/ipfs/documents.ts'
import { readKey } from '../../../server/keys/keystore.ts'
import { vaultOf } from '../../../server/keys/vault.ts'
import type { Vaults } from '../../../server/keys/vaults.ts'
import { openPostgresStore } from '../../../server/storage/postgres.ts'
import { openSqliteStore } from '../../../server/storage/sqlite.ts'
import type { Store } from '../../../server/storage/store.ts'
import { engineFor } from '../../support/engines.ts'
import { startCluster } from '../../support/postgresql.ts'
import type { Cluster } from '../../support/postgresql.ts'
import { configure, EXAMPLE_ROWS, exampleTemplate, newDataFolder, PASSPHRASE } from '../folder.ts'
import type { DataFolder } from '../folder.ts'

export const STORES = ['SQLite', 'PostgreSQL'] as const

export type IssuedFolder = {
  readonly data: DataFolder
  readonly context: Context
  readonly report: IssueReport
  readonly store: Store
  readonly documents: Documents
  readonly vaults: Vaults
  /** Issues the example rows once more, as another batch. */
  issue(more?: { readonly send?: boolean; readonly permanent?: boolean }): Promise<IssueReport>
  close(): Promise<void>
}

/** @param mail the member of the configuration, where letters are sent */
export async function issuedFolder(
  test: Mocha,
  kind: (typeof STORES)[number],
  mail?: Readonly<Record<string, unknown>>,
): Promise<IssuedFolder> {
  const cluster = kind === 'SQLite' ? undefined : await startCluster(engineFor(test, 'postgresql'))
  const data = await newDataFolder(
    cluster === undefined ? {} : { store: { kind: 'postgres', url: cluster.url() } },
  )
  if (mail !== undefined) await configure(data.folder, { mail })
  const context = await data.open()
  await context.deploy()
  const rpc = rpcOf(context.rpcUrl)
  // Finality comes sooner where blocks come faster; nothing here looks at the clock of the chain.
  const miner = setInterval(() => {
    rpc('anvil_mine', ['0x2', '0x1']).catch(() => undefined)
  }, 100)
  const template = await exampleTemplate()
  const issue: IssuedFolder['issue'] = (more = {}) =>
    context.issue({ rows: EXAMPLE_ROWS, template, ...more })
  const report = await issue()
  const store = await openStore(data.folder, context, cluster)
  const documents = await openDiskDocuments(data.folder, async (cid) => {
    const isErased = (await store.findTombstone(cid)) !== undefined
    return isErased || (await store.findReplaced(cid)) !== undefined
  })
  const vault = vaultOf((await readKey(filesOf(data.folder).key('master'), PASSPHRASE)).secret)
  return {
    data,
    context,
    report,
    store,
    documents,
    vaults: { vault, masterVersion: 1, vaultAt: () => vault },
    issue,
    close: async () => {
      clearInterval(miner)
      await store.close()
      await data.remove()
      await cluster?.remove()
    },
  }
}

function openStore(
  folder: string,
  { home, account }: Context,
  cluster: Cluster | undefined,
): Promise<Store> {
  if (cluster === undefined) return Promise.resolve(openSqliteStore(filesOf(folder).store))
  const url = { url: cluster.url(), member: '/store/url' }
  return openPostgresStore(url, `${home} ${account.split(':')[2]}`)
}
