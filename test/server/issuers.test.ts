import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect } from 'chai'
import {
  addIssuer,
  ConfigError,
  IssuingError,
  KeystoreError,
  openContext,
  recoverMasterKey,
} from '../../server/context.ts'
import type { AddedIssuer, Context, IssueReport } from '../../server/context.ts'
import { openCertificate } from '../../server/ipfs/sealing.ts'
import { openDiskDocuments } from '../../server/ipfs/disk.ts'
import { openSqliteStore } from '../../server/storage/sqlite.ts'
import { FormatError, parseHolderLink } from '../../src/index.ts'
import { thrown } from '../support/errors.ts'
import { EXAMPLE_ROWS, exampleTemplate, newDataFolder, PASSPHRASE } from './folder.ts'
import type { DataFolder } from './folder.ts'

const scryptLogN = 10

describe('several issuers in one data folder', function () {
  this.timeout(120_000)
  let data: DataFolder
  let second: AddedIssuer
  let context: Context
  let ours: IssueReport
  let theirs: IssueReport
  before(async () => {
    data = await newDataFolder()
    const options = { name: 'Seconde école', passphrase: PASSPHRASE, scryptLogN }
    second = await addIssuer(data.folder, options)
    context = await data.open()
    await context.deploy()
    const request = { rows: EXAMPLE_ROWS, template: await exampleTemplate(), idempotencyKey: 'k' }
    ours = await context.issue(request)
    theirs = await context.as(second.account).issue(request)
  })
  after(async () => {
    await data.remove()
  })

  /** The certificate behind the first link of a batch, as its holder reads it. */
  async function certificateOf({ links }: IssueReport): Promise<Uint8Array> {
    const { cid, linkSecret } = parseHolderLink(links[0]?.link ?? '', 'link')
    const store = openSqliteStore(join(data.folder, 'store.sqlite'))
    const key = (await store.findCertificate(cid))?.serverKey
    await store.close()
    const block = await (await openDiskDocuments(data.folder)).get(cid)
    return openCertificate(block, linkSecret, key)
  }

  it('each issues under its own account and key, and the folder’s policy knows both', async () => {
    expect(context.accounts).to.deep.equal([data.init.account, second.account])
    expect([ours.issuer, theirs.issuer]).to.deep.equal([data.init.issuer, second.issuer])
    expect(theirs.operator).to.equal(second.operators.anchor)
    expect(theirs.batchId).not.to.equal(ours.batchId)
    for (const [report, name] of [
      [ours, 'Organisme d’essai'],
      [theirs, 'Seconde école'],
    ] as const) {
      const { outcome, checks, issuer } = await untilValid(await certificateOf(report))
      expect([outcome, checks.issuer.outcome]).to.deep.equal(['valid', 'passed'])
      expect(issuer).to.deep.include({ name, namedBy: 'policy' })
    }
  })

  async function untilValid(bytes: Uint8Array): ReturnType<Context['verify']> {
    for (let i = 0; ; i += 1) {
      const verdict = await context.verify(bytes)
      if (verdict.outcome === 'valid' || i === 100) return verdict
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }

  it('none sees, revokes, erases or has the links of another’s, by whatever name', async () => {
    const [one] = theirs.links
    const { cid, index } = one ?? { cid: '', index: 0 }
    const first = context.as(data.init.issuer)
    const { batchId, root } = theirs
    for (const attempt of [
      () => first.linksOf(batchId),
      () => first.delivered(batchId),
      () => first.revokeBatch({ batchId }),
      () => first.revokeBatch({ root }),
      () => first.revoke({ cid }),
      () => first.suspend({ root, indexes: [index] }),
      () => first.reinstate({ batchId, indexes: [index] }),
      () => first.erase({ cid }),
      () => first.erase({ root, index }),
    ]) {
      const error = await thrown(attempt())
      expect(error).to.be.instanceOf(IssuingError).with.property('code', 'not-found')
    }
    expect(await context.as(second.issuer).linksOf(batchId)).to.deep.equal(theirs)
  })

  it('none learns of another’s batch by asking for the page behind it', async () => {
    const { name = '' } = theirs.links[0]?.learner ?? {}
    const behind = (batchId: string) =>
      context.as(second.account).find({ name }, { after: { batchId, row: 999 }, limit: 9 })
    expect(await behind(theirs.batchId)).to.have.length(1)
    expect(await behind(ours.batchId)).to.deep.equal(await behind('there-is-no-such-batch'))
    const first = context.as(data.init.issuer)
    const [one] = await first.find({ name }, { limit: 9 })
    expect(one?.batchId).to.equal(ours.batchId)
    const after = { batchId: theirs.batchId, row: 999 }
    expect(await first.find({ name }, { after, limit: 9 })).to.deep.equal([])
  })

  it('the folder’s owner need not say whose a certificate is', async () => {
    const cid = theirs.links[1]?.cid ?? ''
    expect((await context.revoke({ cid, reason: 'fraud' })).transactions).to.have.length(1)
    expect((await context.linksOf(theirs.batchId)).issuer).to.equal(second.issuer)
    const nobody = `eip155:31337:0x${'9'.repeat(40)}`
    expect(() => context.as(nobody))
      .to.throw(IssuingError)
      .with.property('code', 'no-such-issuer')
  })

  it('keeps the second one’s keys as safe as the first one’s, and gets its master key back', async () => {
    const keys = dirname(second.recoveryFile)
    expect((await stat(keys)).mode & 0o777).to.equal(0o700)
    for (const name of await readdir(keys)) {
      expect((await stat(join(keys, name))).mode & 0o777).to.equal(0o600)
    }
    await writeFile(join(keys, 'master.json'), '{}', { mode: 0o600 })
    const { recoveryFile, recoveryCode } = second
    const passphrase = PASSPHRASE
    await recoverMasterKey(data.folder, { recoveryFile, recoveryCode, passphrase, scryptLogN })
    expect(await context.as(second.issuer).linksOf(theirs.batchId)).to.have.property('links')
  })

  it('makes none under another passphrase or an unreadable name, and leaves nothing behind', async () => {
    const before = await readdir(join(data.folder, 'issuers'))
    const wrong = { name: 'x', passphrase: 'another passphrase', scryptLogN }
    const unread = { name: 'x\u202e', passphrase: PASSPHRASE, scryptLogN }
    expect(await thrown(addIssuer(data.folder, wrong))).to.be.instanceOf(KeystoreError)
    expect(await thrown(addIssuer(data.folder, unread))).to.be.instanceOf(FormatError)
    expect(await readdir(join(data.folder, 'issuers'))).to.deep.equal(before)
  })

  it('does not open where two issuers share a key', async () => {
    const path = join(data.folder, 'inaltera.json')
    const good = await readFile(path, 'utf8')
    await writeFile(path, good.replaceAll(second.operators.status, data.init.operators.anchor))
    const error = await thrown(openContext(data.folder))
    await writeFile(path, good)
    expect(error).to.be.instanceOf(ConfigError).with.property('member', '/issuers/0')
  })
})
