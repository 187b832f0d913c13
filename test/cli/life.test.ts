/** Defends an issuer's whole way at a terminal: from an empty folder to certificates that are valid, and then are not. */
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'chai'
import { parse } from 'csv-parse/sync'
import { ROOT } from '../support/source.ts'
import { codeOf, inaltera, serving } from './command.ts'
import type { Ended, Serving } from './command.ts'

const TEMPLATE = join(ROOT, 'examples/template.json')
const ROWS = join(ROOT, 'examples/apprenants.csv')

type Row = Readonly<Record<'row' | 'name' | 'index' | 'cid' | 'link', string>>

describe('an issuer at a terminal', function () {
  this.timeout(120_000)
  let cwd = ''
  let server: Serving | undefined
  let links: Row[] = []
  let batch: Readonly<Record<string, unknown>> = {}

  const call = (...args: string[]): Promise<Ended> => inaltera([...args, '--json'], { cwd })
  const linkOf = (place: number): string => links[place]?.link ?? ''

  /** Verifiers look two blocks below the head, so what was done shows a moment later. */
  async function verified(target: string, outcome: string): Promise<Ended> {
    for (let i = 0; ; i += 1) {
      const ended = await call('verify', target)
      if (ended.json?.['outcome'] === outcome || i === 40) return ended
      await sleep(500)
    }
  }

  const codeOfCheck = ({ json }: Ended, name: string): unknown => {
    const checks = json?.['checks'] as Record<string, { code?: string }> | undefined
    return checks?.[name]?.code
  }

  before(() => {
    cwd = mkdtempSync(join(tmpdir(), 'inaltera-cli-'))
  })
  after(async () => {
    await server?.stop()
    rmSync(cwd, { recursive: true, force: true })
  })

  it('init makes keys that only their owner can read, and shows the recovery code once', async () => {
    const { code, json } = await call('init', '--name', 'École des Métiers')
    expect(code).to.equal(0)
    expect(json?.['recoveryCode']).to.match(/^([0-9A-Z]{4}-){5}[0-9A-Z]{4}$/)
    for (const name of ['issuer', 'anchor', 'status', 'master', 'master-recovery']) {
      const file = join(cwd, 'inaltera-data/keys', `${name}.json`)
      expect(statSync(file).mode & 0o777, name).to.equal(0o600)
      expect(readFileSync(file, 'utf8')).not.to.include(String(json?.['recoveryCode']))
    }
    const again = await call('init', '--name', 'Another')
    expect([again.code, codeOf(again)]).to.deep.equal([1, 'data-folder-exists'])
  })

  it('deploy brings the registry there, and finds it there', async () => {
    expect((await call('deploy')).json).to.include({ deployed: true })
    expect((await call('deploy')).json).to.include({ deployed: false })
  })

  it('issue writes a private file with a link for every row', async () => {
    const issued = await call('issue', ROWS, '--template', TEMPLATE, '-o', 'links.csv')
    expect(issued.code, issued.err).to.equal(0)
    batch = issued.json ?? {}
    expect(batch).to.include({ size: 32, certificates: 32, linksFile: 'links.csv' })
    expect(statSync(join(cwd, 'links.csv')).mode & 0o777).to.equal(0o600)
    links = parse(readFileSync(join(cwd, 'links.csv')), { columns: true, bom: true })
    expect(new Set(links.map(({ link }) => link)).size).to.equal(32)
    expect(issued.out).not.to.include(linkOf(0).split('#')[1])
  })

  it('issue of the same rows again is the same batch, and its links can be had again where asked for', async () => {
    const again = await call('issue', ROWS, '--template', TEMPLATE, '-o', 'again.csv')
    expect([again.code, codeOf(again)]).to.deep.equal([1, 'exported'])
    expect(again.err).to.include(batch['batchId'])
    const unasked = await call('links', String(batch['batchId']), '-o', 'again.csv')
    expect([unasked.code, codeOf(unasked)]).to.deep.equal([1, 'exported'])
    const asked = await call('links', String(batch['batchId']), '--again', '-o', 'again.csv')
    expect(asked.json).to.include({ batchId: batch['batchId'], root: batch['root'] })
    expect(readFileSync(join(cwd, 'again.csv'), 'utf8')).to.equal(
      readFileSync(join(cwd, 'links.csv'), 'utf8'),
    )
    const once = await inaltera(['links', String(batch['batchId']), '--again', '-o', '-'], { cwd })
    expect(once.out).to.equal(readFileSync(join(cwd, 'links.csv'), 'utf8'))
  })

  it('does not write over a file', async () => {
    const { code, json, out } = await call('issue', ROWS, '--template', TEMPLATE, '-o', 'links.csv')
    expect([code, codeOf({ code, json, out, err: '' })]).to.deep.equal([64, 'cannot-write'])
  })

  it('a link that nobody serves is undetermined, never invalid', async () => {
    const { code, json, out } = await call('verify', linkOf(0))
    expect([code, codeOf({ code, json, out, err: '' })]).to.deep.equal([2, 'unreachable'])
  })

  it('serve answers, and a link is valid, its file too', async () => {
    server = await serving([], { cwd })
    const valid = await call('verify', linkOf(0), '--save', 'mine.json')
    expect([valid.code, valid.json?.['outcome']], valid.err).to.deep.equal([0, 'valid'])
    expect((await call('verify', 'mine.json')).code).to.equal(0)
    const piped = await inaltera(['verify', '-', '--json'], {
      cwd,
      input: readFileSync(join(cwd, 'mine.json')),
    })
    expect(piped.code).to.equal(0)
  })

  it('speaks to people too, in their language', async () => {
    const { code, out } = await inaltera(['verify', 'mine.json', '--lang', 'fr'], { cwd })
    expect(code).to.equal(0)
    expect(out)
      .to.include('École des Métiers')
      .and.to.match(/valide/i)
  })

  it('disclose hides claims, and the presentation is valid', async () => {
    const disclosed = await call('disclose', 'mine.json', '--show', 'familyName', '-o', 'some.json')
    expect(disclosed.json?.['shown']).to.deep.equal(['/credentialSubject/familyName'])
    const { code, json } = await call('verify', 'some.json')
    expect(code).to.equal(0)
    expect(json?.['hidden']).to.include('/credentialSubject/birthDate')
    expect(readFileSync(join(cwd, 'some.json'), 'utf8')).not.to.include('1999-02-03')
  })

  it('a changed value is invalid', async () => {
    const text = readFileSync(join(cwd, 'mine.json'), 'utf8')
    writeFileSync(join(cwd, 'forged.json'), text.replace('Zoé', 'Zoe'))
    const forged = await call('verify', 'forged.json')
    expect([forged.code, codeOfCheck(forged, 'inclusion')]).to.deep.equal([1, 'root-differs'])
  })

  it('suspend, reinstate and revoke show in the verdict', async () => {
    const suspended = await call('suspend', linkOf(0), '--reason', 'under-review')
    expect(suspended.json?.['indexes'], suspended.err).to.deep.equal([Number(links[0]?.index)])
    expect(codeOfCheck(await verified('mine.json', 'invalid'), 'status')).to.equal('suspended')
    expect((await call('reinstate', 'mine.json')).code).to.equal(0)
    expect((await verified('mine.json', 'valid')).code).to.equal(0)
    const root = String(batch['root'])
    const places = ['--batch', root, '--index', `${links[0]?.index},${links[1]?.index}`]
    expect((await call('revoke', ...places, '--reason', 'fraud')).code).to.equal(0)
    expect(codeOfCheck(await verified('mine.json', 'invalid'), 'status')).to.equal('revoked')
    const again = await call('revoke', ...places)
    expect(again.json?.['transactions']).to.deep.equal([])
  })

  it('erase takes the key and the document away for good', async () => {
    const { code, json } = await call('erase', linkOf(2), '--reason', 'holder-request')
    expect(code).to.equal(0)
    expect(json).to.include({ cid: links[2]?.cid })
    const gone = await call('verify', linkOf(2))
    expect([gone.code, codeOf(gone)]).to.deep.equal([2, 'erased'])
    const rest = await inaltera(['links', String(batch['batchId']), '--again', '-o', '-'], { cwd })
    expect(rest.out).not.to.include(links[2]?.cid)
    const left = ['links', String(batch['batchId']), '--again', '-o', 'left.csv']
    const { out } = await inaltera(left, { cwd })
    const written = readFileSync(join(cwd, 'left.csv'), 'utf8').trim().split(/\r?\n/)
    expect(out).to.include(`${written.length - 1} links of a batch of ${links.length} certificates`)
    expect(written).to.have.length(links.length)
  })

  it('reseal replaces a link that leaked: the old one opens nothing, the new one is valid', async () => {
    const { code, json } = await call('reseal', linkOf(3), '--reason', 'holder-request')
    expect(code).to.equal(0)
    expect(json).to.include({ oldCid: links[3]?.cid, index: Number(links[3]?.index) })
    const old = await call('verify', linkOf(3))
    expect([old.code, codeOf(old)]).to.deep.equal([2, 'replaced'])
    expect((await verified(String(json?.['link']), 'valid')).code).to.equal(0)
  })

  it('find tells the certificates of a learner, and audit-log who changed what', async () => {
    const found = await call('find', '--name', 'zoe')
    expect(found.code, found.err).to.equal(0)
    const certificates = found.json?.['certificates'] as { learner: { name: string } }[]
    expect(certificates.length).to.be.greaterThan(0)
    for (const { learner } of certificates) expect(learner.name).to.match(/Zoé/)
    expect((await call('find', '--external-id', 'nobody')).json).to.deep.equal({ certificates: [] })
    expect((await call('find')).code).to.equal(64)
    const log = await call('audit-log', '--limit', '3')
    const entries = log.json?.['entries'] as { id: number; action: string; digest: string }[]
    expect(entries.map(({ action }) => action)).to.include('reseal')
    const older = await call('audit-log', '--after', String(entries[2]?.id), '--limit', '1')
    expect((older.json?.['entries'] as { id: number }[])[0]?.id).to.be.below(entries[2]?.id ?? 0)
    expect((await call('audit-log', '--limit', '0')).code).to.equal(64)
    const told = await inaltera(['audit-log', '--lang', 'fr'], { cwd })
    expect(told.out).to.include(entries[0]?.digest)
  })

  it('serve stops when it is told to, and takes the chain with it', async () => {
    expect(await server?.stop()).to.equal(0)
    server = undefined
    expect(existsSync(join(cwd, 'inaltera-data/chain/owner.json'))).to.equal(false)
  })
})
