/** Defends batches and templates as the API and the console see them: durable, approved, watched, and one issuer's own. */
import { createReadStream } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'chai'
import { addIssuer, RowsError } from '../../../server/context.ts'
import type { Context } from '../../../server/context.ts'
import type { BatchService, Upload } from '../../../server/issuance/batches.ts'
import { FormatError, utf8 } from '../../../src/index.ts'
import { thrown } from '../../support/errors.ts'
import { EXAMPLE_ROWS, exampleTemplate, newDataFolder, PASSPHRASE } from '../folder.ts'
import type { DataFolder } from '../folder.ts'
import { codeOf, issuedAtLast, streamOf, viewsOf } from './uploads.ts'

describe('the service of batches', function () {
  this.timeout(120_000)
  let data: DataFolder
  /** Takes in and works on nothing. */
  let context: Context
  let batches: BatchService
  let theirs: BatchService
  let body: Uint8Array
  let csv = ''

  before(async () => {
    data = await newDataFolder()
    const { account } = await addIssuer(data.folder, {
      name: 'Autre',
      passphrase: PASSPHRASE,
      scryptLogN: 10,
    })
    const path = join(data.folder, 'inaltera.json')
    const config = Object(JSON.parse(await readFile(path, 'utf8'))) as Record<string, unknown>
    await writeFile(path, JSON.stringify({ ...config, approval: { from: 33 } }))
    context = await data.open()
    await context.deploy()
    ;({ batches } = context)
    theirs = context.as(account).batches
    body = await exampleTemplate()
    csv = await readFile(EXAMPLE_ROWS, 'utf8')
  })
  after(async () => {
    await data.remove()
  })

  const upload = (text = csv, more: Partial<Upload> = {}): Upload => ({
    rows: streamOf(text),
    format: 'csv',
    template: { body },
    allowDuplicates: true,
    ...more,
  })
  /** The example's rows and one more, which need approval. */
  const large = (): string => {
    const [, first = ''] = csv.split('\n')
    return `${csv.trimEnd()}\n${first.replace('@', '+2@')}\n`
  }
  it('takes in a stream, durable when it answers and before anybody works on it', async () => {
    const rows = createReadStream(EXAMPLE_ROWS) as AsyncIterable<Uint8Array>
    const { batchId, isNew } = await batches.intake({ ...upload(), rows, by: 'key-1' })
    expect(isNew).to.equal(true)
    const other = await data.open()
    expect(await other.batches.view(batchId)).to.include({
      state: 'drafted',
      size: 32,
      createdBy: 'key-1',
    })
    expect(await readdir(join(data.folder, 'spool'))).to.deep.equal([])
  })

  it('answers the same key with the first batch, and refuses it for other rows', async () => {
    const keyed = (text: string) =>
      batches.intake({ ...upload(text), idempotencyKey: 'k', by: 'key-1' })
    const first = await keyed(csv)
    expect(await keyed(csv)).to.deep.equal({ ...first, isNew: false })
    expect(await codeOf(keyed(large()))).to.equal('key-in-use')
  })

  it('keeps nothing of a file with a fault, nor of a client that goes', async () => {
    const before = await batches.list({ limit: 100 })
    const bad = csv.replace(/\n[^\n]+@/, '\nx;y;z@')
    expect(await thrown(batches.intake({ ...upload(bad), by: 'key-1' }))).to.be.instanceOf(
      RowsError,
    )
    const going = async function* (): AsyncGenerator<Uint8Array> {
      yield* streamOf(csv)
      throw new Error('the client is gone')
    }
    const broken = batches.intake({ ...upload(), rows: going(), by: 'key-1' })
    expect(String(await thrown(broken))).to.include('gone')
    expect(await batches.list({ limit: 100 })).to.deep.equal(before)
    expect(await readdir(join(data.folder, 'spool'))).to.deep.equal([])
  })

  it('tells of a file what would become of it, and keeps nothing', async () => {
    const before = await batches.list({ limit: 100 })
    const good = await batches.dryRun(upload(), { row: 5 })
    expect(good).to.include({ isAccepted: true, size: 32, more: 0 })
    expect(good.sample?.row).to.equal(5)
    expect(JSON.stringify(good.sample?.credential)).to.include('OpenBadgeCredential')
    expect(good.warnings.find(({ code }) => code === 'earlier-certificate')?.rows).to.have.length(
      32,
    )
    const [header = '', ...lines] = csv.split('\n')
    const twice = [header, ...lines.slice(0, 3), lines[0]].join('\n')
    const bad = await batches.dryRun(upload(twice, { allowDuplicates: false }))
    expect(bad).to.include({ isAccepted: false, size: 4 })
    expect(bad.problems.map(({ code, row, first }) => [code, row, first])).to.deep.include([
      'duplicate-learner',
      5,
      2,
    ])
    const refused = upload(twice, { allowDuplicates: false })
    const one = await batches.dryRun(refused, { mostProblems: 1 })
    expect(one.problems).to.deep.equal(bad.problems.slice(0, 1))
    expect(one.more).to.equal(bad.problems.length - 1)
    const headless = await batches.dryRun(upload('a,b\n1,2\n'))
    expect(headless.problems[0]).to.include({ code: 'missing-column', row: 1 })
    const none = batches.dryRun(upload(csv, { template: { body: utf8('{}') } }))
    expect(await thrown(none)).to.be.instanceOf(FormatError)
    expect(await batches.list({ limit: 100 })).to.deep.equal(before)
  })

  it('warns of no learner of another issuer', async () => {
    const { warnings } = await theirs.dryRun(upload())
    expect(warnings.filter(({ code }) => code === 'earlier-certificate')).to.deep.equal([])
  })

  it('shows columns and first rows, and proposes a mapping with which the file is taken', async () => {
    const [header = '', ...lines] = csv.split('\n')
    const renamed = [header.toUpperCase(), ...lines].join('\n')
    const preview = await batches.preview(upload(renamed), 2)
    expect(preview.rows.map(({ row }) => row)).to.deep.equal([2, 3])
    expect(preview.missing).to.deep.equal([])
    expect(preview.suggestions.size).to.equal(preview.columns.length)
    const unmapped = await batches.dryRun(upload(renamed))
    expect(unmapped.isAccepted).to.equal(false)
    const mapped = await batches.dryRun(upload(renamed, { mapping: preview.suggestions }))
    expect(mapped.isAccepted).to.equal(true)
  })

  it('keeps versions of templates, and issues with none that is archived', async () => {
    const first = await batches.templates.put({ body, by: 'key-1' })
    expect(first.lint.complete).to.equal(true)
    const put = (supersedes: string) =>
      batches.templates.put({ body, name: 'v2', supersedes, by: 'key-1' })
    const second = await put(first.id)
    expect(await codeOf(put(first.id))).to.equal('template-superseded')
    expect((await batches.templates.list({ limit: 9 })).map(({ id }) => id)).to.deep.equal([
      second.id,
    ])
    const { batchId } = await batches.intake({
      ...upload(),
      template: { id: second.id },
      by: 'key-1',
    })
    expect(await batches.view(batchId)).to.include({ templateId: second.id })
    expect(await codeOf(theirs.templates.get(second.id))).to.equal('not-found')
    expect(await codeOf(theirs.templates.archive(second.id, 'key-3'))).to.equal('not-found')
    expect(await codeOf(theirs.dryRun(upload(csv, { template: { id: second.id } })))).to.equal(
      'not-found',
    )
    await batches.templates.archive(first.id, 'key-1')
    const archived = batches.intake({ ...upload(), template: { id: second.id }, by: 'key-1' })
    expect(await codeOf(archived)).to.equal('template-archived')
    const broken = batches.templates.put({ body: utf8('{"a":1,"a":2}'), by: 'key-1' })
    expect(await thrown(broken)).to.be.instanceOf(FormatError)
  })

  it('shows an issuer no batch of another, by any door', async () => {
    const { batchId } = await batches.intake({ ...upload(), by: 'key-1' })
    const waiting = await batches.intake({ ...upload(large()), by: 'key-1' })
    for (const id of [batchId, waiting.batchId]) {
      expect(await codeOf(theirs.view(id))).to.equal('not-found')
      expect(await codeOf(theirs.approve(id, 'key-2'))).to.equal('not-found')
      expect(await codeOf(theirs.reject(id, 'key-2'))).to.equal('not-found')
      expect(await codeOf(theirs.certificates(id, { from: 0, limit: 1 }))).to.equal('not-found')
      expect(await codeOf(viewsOf(theirs, id))).to.equal('not-found')
    }
    expect(await theirs.list({ limit: 9 })).to.deep.equal([])
  })

  it('drops a batch that a second person rejects, and says who', async () => {
    const { batchId } = await batches.intake({ ...upload(large()), by: 'key-1' })
    expect(await batches.reject(batchId, 'key-2')).to.include({
      state: 'rejected',
      rejectedBy: 'key-2',
      size: 33,
    })
    expect(await codeOf(batches.approve(batchId, 'key-2'))).to.equal('rejected')
    expect(await batches.certificates(batchId, { from: 0, limit: 1 })).to.deep.equal([])
  })

  it('is issued by whoever serves: what needs no approval at once, the rest once another approved it', async () => {
    const { batchId } = await batches.intake({ ...upload(large()), by: 'key-1' })
    expect(await codeOf(batches.approve(batchId, 'key-1'))).to.equal('same-person')
    const server = await data.open()
    await server.serve({ port: 0 })
    const free = await server.batches.intake({ ...upload(), by: 'key-1' })
    const seen = await viewsOf(server.batches, free.batchId)
    expect(seen.at(-1)).to.include({ state: 'anchored', size: 32 })
    expect(seen.map(({ state }) => state)).to.include('sealed')
    expect(await codeOf(batches.approve(free.batchId, 'key-2'))).to.equal('not-awaiting')
    // The server has looked for work many times by now.
    expect(await batches.view(batchId)).to.include({ state: 'awaiting-approval' })
    // Approved at another process: its server finds out by itself.
    expect(await batches.approve(batchId, 'key-2')).to.include({ approvedBy: 'key-2' })
    const [last] = (await viewsOf(batches, batchId)).slice(-1)
    expect(last).to.include({ state: 'anchored', size: 33, approvedBy: 'key-2' })
    const { links } = await context.linksOf(batchId)
    const all = await batches.certificates(batchId, { from: 0, limit: 20 })
    all.push(...(await batches.certificates(batchId, { from: 20, limit: 20 })))
    expect(all.map(({ index }) => index)).to.deep.equal(links.map((_, i) => i))
    const byCid = new Map(links.map(({ cid, learner }) => [cid, learner]))
    for (const { cid, learner } of all) expect(learner).to.deep.equal(byCid.get(cid))
  })

  it('counts the passphrase at the terminal as approval, unless the issuer wants two persons there', async () => {
    const rows = join(data.folder, 'large.csv')
    await writeFile(rows, large())
    const request = { rows, template: body, allowDuplicates: true, idempotencyKey: 'terminal' }
    expect((await context.issue(request)).size).to.equal(33)
    const path = join(data.folder, 'inaltera.json')
    const config = Object(JSON.parse(await readFile(path, 'utf8'))) as Record<string, unknown>
    await writeFile(path, JSON.stringify({ ...config, approval: { from: 33, terminal: true } }))
    const strict = await data.open()
    const again = { ...request, idempotencyKey: 'strict' }
    expect(await codeOf(strict.issue(again))).to.equal('awaiting-approval')
    expect(await codeOf(strict.issue(again))).to.equal('awaiting-approval')
    const [waiting] = await strict.batches.list({ limit: 1, state: 'awaiting-approval' })
    expect(waiting).to.include({ createdBy: 'cli' })
    await strict.batches.approve(waiting?.id ?? '', 'key-1')
    const issued = await issuedAtLast(batches, waiting?.id ?? '', () => strict.issue(again))
    expect(issued.batchId).to.equal(waiting?.id)
  })

  it('names no learner in what it lists and tells', async () => {
    const dry = await batches.dryRun(upload(csv.replace('@', '@@')))
    const told = JSON.stringify([await batches.list({ limit: 100 }), dry.problems, dry.warnings])
    for (const { learner } of (
      await context.linksOf((await batches.list({ limit: 1, state: 'anchored' }))[0]?.id ?? '')
    ).links) {
      expect(told).not.to.include(learner.email ?? 'no e-mail')
      expect(told).not.to.include(learner.name ?? 'no name')
    }
    expect(dry.problems).not.to.deep.equal([])
  })
})
