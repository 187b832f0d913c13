/** A Kubo behind a proxy that fails on demand, for a whole suite; each test begins with an empty one. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CID } from 'multiformats/cid'
import { base32upper } from 'multiformats/bases/base32'
import { openKuboDocuments } from '../../../server/ipfs/kubo.ts'
import type { KuboEndpoint } from '../../../server/ipfs/kubo-rpc.ts'
import type { Documents, IsErased } from '../../../server/ipfs/documents.ts'
import { UnavailableError } from '../../../src/index.ts'
import { engineFor } from '../../support/engines.ts'
import { startKubo } from '../../support/kubo.ts'
import type { Kubo } from '../../support/kubo.ts'
import { openKuboProxy } from '../../support/kubo-proxy.ts'
import type { KuboProxy } from '../../support/kubo-proxy.ts'

export class KuboLab {
  kubo!: Kubo
  proxy!: KuboProxy
  folder = ''

  /** Documents of this server; another process opens them anew. */
  open(more: Partial<KuboEndpoint> = {}, isErased?: IsErased): Promise<Documents> {
    return openKuboDocuments({ url: this.proxy.url, ...more }, this.folder, isErased)
  }

  async unpinAll(): Promise<void> {
    for (const type of ['recursive', 'direct']) {
      const cids = (await this.kubo.run('pin', 'ls', '--type', type, '--quiet')).split('\n')
      const some = cids.filter((cid) => cid !== '')
      if (some.length > 0) await this.kubo.run('pin', 'rm', ...some)
    }
  }

  /** Kubo's collector of garbage, which takes all that has no pin. */
  async collect(): Promise<void> {
    await this.kubo.run('repo', 'gc', '--quiet')
  }

  /** Each CID that is kept, and by what kind of pin. */
  async pins(): Promise<Record<string, string>> {
    const lines = (await this.kubo.run('pin', 'ls', '--type', 'all')).trim().split('\n')
    return Object.fromEntries(
      lines.map((line): [string, string] => {
        const [cid = '', kind = ''] = line.split(' ')
        return [cid, kind]
      }),
    )
  }

  /** Where flatfs has a block: by its multihash, in folders named for its last letters but one. */
  pathOf(cid: string): string {
    const key = base32upper.baseEncode(CID.parse(cid).multihash.bytes)
    return join(this.kubo.repository, 'blocks', key.slice(-3, -1), `${key}.data`)
  }

  carPath(root: string): string {
    return join(this.folder, 'cars', `${root}.car`)
  }
}

/** Registers what a suite does before and after its tests. */
export function useKuboLab(): KuboLab {
  const lab = new KuboLab()
  before(async function () {
    lab.kubo = await startKubo(engineFor(this, 'kubo'))
    lab.proxy = await openKuboProxy(() => lab.kubo.url)
  })
  after(async () => {
    // Unset where the engine is missing and everything was skipped.
    await (lab.proxy as KuboProxy | undefined)?.close()
    await (lab.kubo as Kubo | undefined)?.remove()
  })
  beforeEach(async () => {
    lab.folder = await mkdtemp(join(tmpdir(), 'inaltera-kubo-documents-'))
    lab.proxy.reset()
  })
  afterEach(async () => {
    lab.proxy.reset()
    await lab.unpinAll()
    await lab.collect()
    await rm(lab.folder, { recursive: true })
  })
  return lab
}

/** The code of the `UnavailableError` that some work ends with. */
export async function unavailable(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => 'nothing thrown',
    (e: unknown) => e,
  )
  return error instanceof UnavailableError ? error.code : String(error)
}
