import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect } from 'chai'
import { BlockError, IssuingError, RowsError } from '../../../server/context.ts'
import type { Context, IssueReport, Progress } from '../../../server/context.ts'
import { randomOrder } from '../../../server/issuance/shuffle.ts'
import { copiedStore } from '../../support/copied.ts'
import { EXAMPLE_ROWS, exampleTemplate, newDataFolder } from '../folder.ts'
import type { DataFolder } from '../folder.ts'

describe('issuing a batch', function () {
  this.timeout(120_000)
  let data: DataFolder
  let context: Context
  let template: Uint8Array
  let report: IssueReport
  const seen: Progress[] = []

  before(async () => {
    data = await newDataFolder()
    context = await data.open()
    template = await exampleTemplate()
    await context.deploy()
    report = await context.issue({
      rows: EXAMPLE_ROWS,
      template,
      idempotencyKey: 'first',
      onProgress: (progress) => seen.push(progress),
    })
  })
  after(async () => {
    await data.remove()
  })

  async function rowsFile(change: (text: string) => string): Promise<string> {
    const path = join(data.folder, 'rows.csv')
    await writeFile(path, change(await readFile(EXAMPLE_ROWS, 'utf8')))
    return path
  }

  async function thrown(work: Promise<unknown>): Promise<unknown> {
    return work.then(
      () => 'nothing thrown',
      (error: unknown) => error,
    )
  }

  const count = (sql: string): unknown => {
    const database = new DatabaseSync(join(data.folder, 'store.sqlite'), { readOnly: true })
    try {
      return Object.values(database.prepare(sql).get() ?? {})[0]
    } finally {
      database.close()
    }
  }

  it('gives each row a link of its own, in the order of the rows, under shuffled indexes', () => {
    const { links, size } = report
    expect(size).to.equal(32)
    expect(links.map(({ row }) => row)).to.deep.equal(links.map((_, i) => i + 2))
    expect(new Set(links.map(({ cid }) => cid)).size).to.equal(size)
    const indexes = links.map(({ index }) => index)
    expect(indexes).not.to.deep.equal(links.map((_, i) => i))
    expect(indexes.toSorted((a, b) => a - b)).to.deep.equal(links.map((_, i) => i))
    for (const { link, cid } of links) {
      expect(link).to.match(new RegExp(`^${context.publicUrl}/c/${cid}#[A-Za-z0-9_-]{43}$`))
    }
    expect(links[0]?.learner.name).to.equal('Zoé L’Hôte')
  })

  it('tells how far it is, step by step, to the end', () => {
    const steps = [...new Set(seen.map(({ step }) => step))]
    expect(steps).to.deep.equal(['read', 'seal', 'store', 'prove', 'anchor', 'final'])
    expect(seen.at(-1)).to.deep.equal({ step: 'final', done: 1, total: 1 })
  })

  it('keeps no link secret, no learner and no credential in clear', async () => {
    const config = await readFile(join(data.folder, 'inaltera.json'))
    const stored = Buffer.concat([...(await copiedStore(data.folder)), config])
    for (const { link, learner } of report.links) {
      const secret = Buffer.from(link.split('#')[1] ?? '', 'base64url')
      expect(stored.includes(secret)).to.equal(false)
      expect(stored.includes(learner.email ?? 'no e-mail')).to.equal(false)
    }
    for (const table of ['draft_credentials', 'draft_frames', 'draft_pages', 'draft_tags']) {
      expect(count(`SELECT count(*) FROM ${table}`)).to.equal(0)
    }
  })

  it('answers the same request with the same batch, and another under its key not at all', async () => {
    const again = await context.issue({ rows: EXAMPLE_ROWS, template, idempotencyKey: 'first' })
    expect(again).to.deep.equal(report)
    expect(await context.linksOf(report.batchId)).to.deep.equal(report)
    const other = context.issue({
      rows: await rowsFile((text) => text.replace('Zoé', 'Zoë')),
      template,
      idempotencyKey: 'first',
    })
    expect(await thrown(other))
      .to.be.instanceOf(IssuingError)
      .with.property('code', 'key-in-use')
  })

  it('names every bad row at once and issues nothing', async () => {
    const before = count('SELECT count(*) FROM certificates')
    const rows = await rowsFile((text) =>
      text
        .split('\n')
        .map((line, i) => (i === 3 ? line.replace(/;[^;]*@[^;]*;/, ';not an address;') : line))
        .map((line, i) => (i === 5 ? line.slice(0, line.lastIndexOf(';')) : line))
        .map((line, i) => (i === 7 ? line.replace(/;([^;]*@)/, ';"x" $1') : line))
        .join('\n')
        .concat('"A-1;and so on'),
    )
    const error = await thrown(context.issue({ rows, template }))
    expect(error).to.be.instanceOf(RowsError)
    if (!(error instanceof RowsError)) return
    expect(error.problems.map(({ row, code, column }) => [row, code, column])).to.deep.equal([
      [4, 'bad-value', 'Courriel'],
      [6, 'cell-count', undefined],
      [8, 'bare-quote', 'Courriel'],
      [34, 'not-csv', undefined],
    ])
    expect(count('SELECT count(*) FROM certificates')).to.equal(before)
    expect(count('SELECT count(*) FROM batches')).to.equal(1)
  })

  it('refuses a learner twice unless allowed, and warns of equal names and of what nobody sees', async () => {
    const twice = await rowsFile((text) => {
      const lines = text.trimEnd().split('\n')
      return [...lines, lines[1]?.replace('Zoé;', 'Zo\u200bé;')].join('\n')
    })
    const error = await thrown(context.issue({ rows: twice, template }))
    expect(error).to.be.instanceOf(RowsError)
    if (error instanceof RowsError) {
      expect(error.problems.map(({ code, row, column }) => [code, row, column])).to.deep.equal([
        ['duplicate-learner', 34, 'N° stagiaire'],
        ['duplicate-learner', 34, 'Courriel'],
      ])
    }
    const issued = await context.issue({ rows: twice, template, allowDuplicates: true })
    expect(issued.size).to.equal(33)
    const equal = issued.warnings.find(({ code }) => code === 'equal-names')
    expect(equal?.rows).to.deep.equal([2, 34])
    const unseen = issued.warnings.filter(({ code }) => code === 'invisible-characters')
    expect(unseen.map(({ column, rows }) => [column, rows])).to.deep.equal([['Prénom', [34]]])
  })

  it('refuses a template that lacks a mandatory element, unless told otherwise', async () => {
    const parsed: unknown = JSON.parse(Buffer.from(template).toString())
    const bytes = new Uint8Array(
      Buffer.from(JSON.stringify({ ...Object(parsed), workload: undefined })),
    )
    const error = await thrown(context.issue({ rows: EXAMPLE_ROWS, template: bytes }))
    expect(error).to.be.instanceOf(IssuingError).with.property('code', 'template-incomplete')
    if (error instanceof IssuingError) expect(error.lint?.complete).to.equal(false)
  })

  it('changes status, and refuses what is not in a batch of ours', async () => {
    const [first, second] = report.links
    const revoked = await context.revoke({ cid: first?.cid ?? '', reason: 'fraud' })
    expect(revoked.transactions).to.have.length(1)
    expect((await context.revoke({ cid: first?.cid ?? '' })).transactions).to.have.length(0)
    const target = { batchId: report.batchId, indexes: [second?.index ?? 0] }
    expect((await context.suspend(target)).transactions).to.have.length(1)
    expect((await context.reinstate(target)).transactions).to.have.length(1)
    for (const request of [
      { cid: 'bnone' },
      { root: `0x${'0'.repeat(64)}`, indexes: [0] },
      { batchId: report.batchId, indexes: [32] },
      { batchId: report.batchId, indexes: [] },
    ]) {
      expect(await thrown(context.revoke(request))).to.have.property('code', 'not-found')
    }
  })

  it('erases a learner for good: key, row and both copies, with the first date kept', async () => {
    const cid = report.links[4]?.cid ?? ''
    const block = await readFile(join(data.folder, 'blocks', cid.slice(-2), cid))
    const manifest = String(count(`SELECT manifest FROM batches WHERE id = '${report.batchId}'`))
    const car = (): Promise<Buffer> => readFile(join(data.folder, 'cars', `${manifest}.car`))
    expect((await car()).includes(block)).to.equal(true)
    const erased = await context.erase({ cid, reason: 'holder-request' })
    expect(await context.erase({ cid })).to.deep.equal(erased)
    expect((await car()).includes(block)).to.equal(false)
    const { links } = await context.linksOf(report.batchId)
    expect(links).to.have.length(31)
    expect(links.map((link) => link.cid)).not.to.include(cid)
  })

  it('forgets the secret of permanent links when they are delivered, and erases none of them', async () => {
    const permanent = await context.issue({ rows: EXAMPLE_ROWS, template, permanent: true })
    const [link] = permanent.links
    const erased = await thrown(context.erase({ cid: link?.cid ?? '' }))
    expect(erased).to.be.instanceOf(IssuingError).with.property('code', 'permanent')
    await context.delivered(permanent.batchId)
    const again = await thrown(context.linksOf(permanent.batchId))
    expect(again).to.be.instanceOf(IssuingError).with.property('code', 'delivered')
  })

  it('anchors nothing where storage lost or changed a document before the proof', async () => {
    for (const fault of ['lost', 'flipped'] as const) {
      const onProgress = ({ step, done, total }: Progress): void => {
        if (step !== 'store' || done !== total) return
        breakCopies(String(count('SELECT cid FROM sealed ORDER BY rowid DESC LIMIT 1')), fault)
      }
      const error = await thrown(context.issue({ rows: EXAMPLE_ROWS, template, onProgress }))
      expect(error).to.be.instanceOf(BlockError)
      expect(count(`SELECT count(*) FROM batches WHERE state = 'stored'`)).to.equal(1)
      const sent = `SELECT count(*) FROM nonces WHERE state = 'pending' AND intent LIKE 'anchor:%'`
      expect(count(sent)).to.equal(0)
      // Or the next call would try to go on with it.
      const database = new DatabaseSync(join(data.folder, 'store.sqlite'))
      database.exec(`PRAGMA foreign_keys = ON; DELETE FROM batches WHERE state = 'stored'`)
      database.close()
    }
  })

  /** Both copies: a block that is only damaged once is healed from the other. */
  function breakCopies(cid: string, fault: 'lost' | 'flipped'): void {
    const block = join(data.folder, 'blocks', cid.slice(-2), cid)
    if (fault === 'lost') rmSync(block)
    else writeFileSync(block, 'other bytes')
    rmSync(join(data.folder, 'cars'), { recursive: true })
    mkdirSync(join(data.folder, 'cars'))
  }

  it('shuffles with every order possible', () => {
    const orders = new Set<string>()
    for (let i = 0; i < 600; i += 1) orders.add(randomOrder(4).join())
    expect(orders.size).to.equal(24)
    expect([...randomOrder(1000)].sort((a, b) => a - b)).to.deep.equal([...Array(1000).keys()])
  })
})
