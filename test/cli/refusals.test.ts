/** Defends the errors of the command line: each names what is wrong and where, and nothing is issued. */
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import {
  parseCertificate,
  parseHome,
  parseJson,
  printCertificate,
  REGISTRY_ADDRESS,
  utf8,
} from '../../src/index.ts'
import { ROOT } from '../support/source.ts'
import { codeOf, inaltera } from './command.ts'
import type { Ended } from './command.ts'

const TEMPLATE = join(ROOT, 'examples/template.json')
const ROWS = readFileSync(join(ROOT, 'examples/apprenants.csv'), 'utf8')
const HONEST = join(ROOT, 'test/vectors/certificates/v1')

type Problem = { readonly code: string; readonly row: number; readonly column?: string }

describe('what the command line refuses', function () {
  this.timeout(60_000)
  let cwd = ''
  const call = (args: readonly string[], env: Record<string, string> = {}): Promise<Ended> =>
    inaltera([...args, '--json'], { cwd, env })
  const place = (name: string): string => join(cwd, name)

  async function refusedRows(text: string, ...more: string[]): Promise<Problem[]> {
    writeFileSync(place('rows.csv'), text)
    const ended = await call(['issue', 'rows.csv', '--template', TEMPLATE, ...more])
    expect([ended.code, codeOf(ended)], ended.err).to.deep.equal([1, 'bad-rows'])
    const error = ended.json?.['error'] as { problems: Problem[] }
    return error.problems
  }

  before(async () => {
    cwd = mkdtempSync(join(tmpdir(), 'inaltera-cli-'))
    expect((await call(['init', '--name', 'Someone'])).code).to.equal(0)
    expect((await call(['deploy'])).code).to.equal(0)
  })
  after(() => {
    rmSync(cwd, { recursive: true, force: true })
  })

  it('calls that cannot work: 64', async () => {
    const calls = [
      ['verify'],
      ['issue', 'rows.csv'],
      ['nonsense'],
      ['revoke'],
      ['revoke', '--batch', 'x', '--index', '1e3'],
      ['revoke', 'a.json', '--batch', 'x'],
      ['revoke', '--batch', 'x', '--index', '1', '--reason', 'because'],
      ['erase', '--batch', 'x', '--index', '1,2'],
      ['serve', '--port', '0'],
      ['verify', 'nowhere.json'],
      ['verify', 'http://example.org/c/b#x'],
      ['disclose', 'nowhere.json'],
      ['init', '--name', 'x', '--rpc', 'http://127.0.0.1:1', '--data', 'other'],
    ]
    for (const args of calls) {
      expect((await call(args)).code, args.join(' ')).to.equal(64)
    }
  })

  it('no data folder, no passphrase, a wrong one, a key that others can read', async () => {
    const none = await call(['deploy', '--data', 'nowhere'])
    expect([none.code, codeOf(none)]).to.deep.equal([64, 'no-data-folder'])
    const wrong = await call(['deploy'], { INALTERA_PASSPHRASE: 'not the right one' })
    expect([wrong.code, codeOf(wrong)]).to.deep.equal([1, 'wrong-passphrase'])
    writeFileSync(place('pass'), 'correct horse battery\n')
    expect(
      (await call(['deploy', '--passphrase-file', 'pass'], { INALTERA_PASSPHRASE: 'x' })).code,
    ).to.equal(0)
    const weak = await call(['init', '--name', 'x', '--data', 'w'], {
      INALTERA_PASSPHRASE: 'short',
    })
    expect([weak.code, codeOf(weak)]).to.deep.equal([1, 'weak-passphrase'])
    expect(existsSync(place('w/inaltera.json'))).to.equal(false)
    const key = place('inaltera-data/keys/issuer.json')
    chmodSync(key, 0o644)
    const open = await call(['deploy'])
    chmodSync(key, 0o600)
    expect([open.code, codeOf(open)]).to.deep.equal([1, 'readable-by-others'])
  })

  it('a database that cannot be used, without its URL, and nothing is left behind', async () => {
    const at = (store: string) => call(['init', '--name', 'x', '--data', 'db', '--store', store])
    const bad = await at('mysql://me:secret@db/x')
    expect([bad.code, codeOf(bad)]).to.deep.equal([1, 'bad-config'])
    const away = await at('postgres://me:secret@127.0.0.1:1/x')
    expect([away.code, codeOf(away)]).to.deep.equal([2, 'unreachable'])
    expect(JSON.stringify([bad, away])).not.to.include('secret')
    expect(existsSync(place('db'))).to.equal(false)
  })

  it('no place for the links, no base for them, no registry: before anything is issued', async () => {
    writeFileSync(place('rows.csv'), ROWS)
    const issue = ['issue', 'rows.csv', '--template', TEMPLATE]
    const nowhere = await call([...issue, '-o', 'no/such/folder/links.csv'])
    expect([nowhere.code, codeOf(nowhere)]).to.deep.equal([64, 'cannot-write'])
    const base = await call([...issue, '--link-base', 'https://school.example/path'])
    expect([base.code, codeOf(base)]).to.deep.equal([64, 'bad-link'])
    expect((await call(['init', '--name', 'New', '--data', 'new'])).code).to.equal(0)
    const early = await call([...issue, '--data', 'new'])
    expect([early.code, codeOf(early)]).to.deep.equal([1, 'not-deployed'])
  })

  it('a recovery without its code, with a wrong one; and the right one brings the key back', async () => {
    const made = await call(['init', '--name', 'Lost', '--data', 'lost'])
    const key = place('lost/keys/master.json')
    rmSync(key)
    const recover = ['recover', '--data', 'lost']
    const without = await call(recover)
    expect([without.code, codeOf(without)]).to.deep.equal([64, 'no-recovery-code'])
    const wrong = { INALTERA_RECOVERY_CODE: 'AAAA-AAAA-AAAA-AAAA-AAAA-AAAA' }
    expect((await call(recover, wrong)).code).to.equal(1)
    expect(existsSync(key)).to.equal(false)
    writeFileSync(place('code'), `${String(made.json?.['recoveryCode'])}\n`)
    const right = await call([...recover, '--code-file', 'code'])
    expect(right.code, right.err).to.equal(0)
    expect((await call(['deploy', '--data', 'lost'])).code).to.equal(0)
  })

  it('a damaged data folder, without calling it a fault of the program', async () => {
    const store = place('new/store.sqlite')
    writeFileSync(store, 'not a database')
    const damaged = await call(['deploy', '--data', 'new'])
    expect([damaged.code, codeOf(damaged)], damaged.err).to.deep.equal([1, 'damaged-folder'])
  })

  it('a missing column, by name', async () => {
    for (const column of ['Date du jury', 'Prénom', 'Courriel', 'Travail d’équipe']) {
      const problems = await refusedRows(ROWS.replace(column, 'Autre'))
      expect(problems.map(({ code, column: named }) => [code, named])).to.deep.equal([
        ['missing-column', column],
      ])
    }
  })

  it('every bad row at once, with row and column', async () => {
    const text = ROWS.replace('03/02/1999', '31/02/1999').replace('17;95 %', '21;95 %')
    const problems = await refusedRows(text)
    expect(problems.map(({ row, column }) => [row, column])).to.deep.equal([
      [2, 'Date de naissance'],
      [4, 'Épreuve pratique /20'],
    ])
  })

  it('a learner twice, unless that is allowed', async () => {
    const twice = `${ROWS.trimEnd()}\n${ROWS.split('\n')[1]}\n`
    const problems = await refusedRows(twice)
    expect(problems.map(({ code, row }) => [code, row])).to.deep.include(['duplicate-learner', 34])
    expect(existsSync(place('links.csv'))).to.equal(false)
  })

  it('a template that lacks a mandatory element, by the element', async () => {
    const template = JSON.parse(readFileSync(TEMPLATE, 'utf8')) as Record<string, unknown>
    delete template['workload']
    writeFileSync(place('bare.json'), JSON.stringify(template))
    writeFileSync(place('rows.csv'), ROWS)
    const ended = await call(['issue', 'rows.csv', '--template', 'bare.json'])
    expect([ended.code, codeOf(ended)]).to.deep.equal([1, 'template-incomplete'])
    const lint = await call(['lint', 'bare.json'])
    expect(lint.code).to.equal(1)
  })

  it('a status change of a certificate of another registry, or of another issuer', async () => {
    const vector = parseJson(readFileSync(join(HONEST, '0.json'))) as { certificate: string }
    const theirs = parseCertificate(utf8(vector.certificate))
    writeFileSync(place('theirs.json'), printCertificate(theirs))
    const elsewhere = await call(['revoke', 'theirs.json'])
    expect([elsewhere.code, codeOf(elsewhere)]).to.deep.equal([1, 'other-registry'])
    const home = parseHome(`eip155:31337:${REGISTRY_ADDRESS}`, 'home')
    writeFileSync(place('theirs.json'), printCertificate({ ...theirs, home }))
    const other = await call(['erase', 'theirs.json'])
    expect([other.code, codeOf(other)]).to.deep.equal([1, 'other-issuer'])
    const unknown = await call(['revoke', '--batch', `0x${'1'.repeat(64)}`, '--index', '0'])
    expect([unknown.code, codeOf(unknown)]).to.deep.equal([1, 'not-found'])
  })

  it('bytes that are no certificate: invalid, with the code', async () => {
    writeFileSync(place('torn.json'), '{"@context":')
    const torn = await call(['verify', 'torn.json'])
    expect(torn.code).to.equal(1)
    const checks = torn.json?.['checks'] as Record<string, { code?: string }>
    expect(checks['integrity']?.code).to.equal('not-json')
  })
})
