/** E23 of `reference/security.md` 3.3: the disk is full while batches are issued, and has room again later. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'chai'
import { anchorPortOf } from '../../../server/chain/anchor.ts'
import { readIdentity } from '../../../server/chain/network.ts'
import { senderOf } from '../../../server/chain/sender.ts'
import { fsck } from '../../../server/fsck/fsck.ts'
import type { FsckReport } from '../../../server/fsck/types.ts'
import { openDiskDocuments } from '../../../server/ipfs/disk.ts'
import { lenderOf } from '../../../server/issuance/lender.ts'
import type { IssuingParts } from '../../../server/issuance/parts.ts'
import { withLinks } from '../../../server/issuance/links.ts'
import { issue, resume } from '../../../server/issuance/pipeline.ts'
import type { IssueReport } from '../../../server/issuance/types.ts'
import { newKey } from '../../../server/keys/keystore.ts'
import { vaultOf } from '../../../server/keys/vault.ts'
import { openSqliteStore } from '../../../server/storage/sqlite.ts'
import type { Store } from '../../../server/storage/store.ts'
import { parseHome, REGISTRY_ADDRESS } from '../../../src/index.ts'
import { smallDisk } from '../../support/faults.ts'
import type { SmallDisk } from '../../support/faults.ts'
import { openAnvil } from '../chain/anvil.ts'
import type { Anvil } from '../chain/anvil.ts'
import { EXAMPLE_ROWS, exampleTemplate } from '../folder.ts'

describe('a disk that is full', function () {
  this.timeout(120_000)
  let anvil: Anvil
  let disk: SmallDisk | undefined
  let store: Store
  let parts: IssuingParts
  let folder = ''
  let miner: NodeJS.Timeout | undefined
  const home = parseHome(`eip155:31337:${REGISTRY_ADDRESS}`, 'home')
  const vault = vaultOf(newKey().secret)

  before(async function () {
    folder = await mkdtemp(join(tmpdir(), 'inaltera-full-'))
    disk = await smallDisk(this, folder, 3)
    anvil = await openAnvil()
    miner = setInterval(() => {
      anvil.rpc('anvil_mine', ['0x2', '0x1']).catch(() => undefined)
    }, 100)
    store = openSqliteStore(join(folder, 'store.sqlite'))
    const { registry, anchorKey, issuer } = anvil
    const sending = anvil.partsOf(anchorKey, { store })
    parts = {
      store,
      documents: await openDiskDocuments(folder),
      vault,
      vaultAt: () => vault,
      masterVersion: 1,
      home,
      issuer: issuer.address,
      publicUrl: 'http://127.0.0.1',
      now: Date.now,
      leaseMs: 300,
      lender: lenderOf(),
      anchor: anchorPortOf({ ...sending, registry, sender: senderOf(sending) }),
    }
  })
  after(async () => {
    clearInterval(miner)
    await sleep(200)
    await (store as Store | undefined)?.close()
    await (anvil as Anvil | undefined)?.close()
    await disk?.remove()
    await rm(folder, { recursive: true, force: true })
  })

  async function issued(idempotencyKey: string): Promise<IssueReport> {
    const request = { rows: EXAMPLE_ROWS, template: await exampleTemplate(), idempotencyKey }
    return withLinks(await issue(parts, request))
  }

  async function checked(): Promise<FsckReport> {
    const { rpc, registry, issuer, anchorKey } = anvil
    return fsck({
      store,
      documents: parts.documents,
      rpc,
      registry,
      chain: await readIdentity(rpc),
      home,
      issuers: [{ issuer: issuer.address, signers: [anchorKey.address], vaultAt: () => vault }],
      privatePaths: [],
      now: Date.now,
    })
  }

  it('refuses, loses nothing that it acknowledged, and goes on when there is room', async () => {
    const acknowledged: IssueReport[] = []
    let refusal: unknown
    for (let i = 0; i < 60 && refusal === undefined; i += 1) {
      await issued(`batch ${i}`).then(
        (report) => acknowledged.push(report),
        (error: unknown) => {
          refusal = error
        },
      )
    }
    expect(acknowledged).not.to.have.length(0)
    expect(String(refusal)).to.match(/full|ENOSPC/)
    // Still full: it is refused again, and what was acknowledged is there.
    expect(await issued('another').catch((error: unknown) => error)).to.be.instanceOf(Error)
    await disk?.resize(64)
    await sleep(400)
    expect((await resume(parts)).failed).to.deep.equal([])
    for (const [i, report] of acknowledged.entries()) {
      expect((await issued(`batch ${i}`)).links).to.deep.equal(report.links)
    }
    expect((await issued(`batch ${acknowledged.length}`)).links).to.have.length(32)
    const report = await checked()
    expect(report.findings).to.deep.equal([])
    expect(report.opened).to.be.at.least(32 * (acknowledged.length + 1))
  })
})
