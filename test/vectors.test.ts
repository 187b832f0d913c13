import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { expect } from 'chai'
import { format, resolveConfig } from 'prettier'
import {
  CHECK_NAMES,
  commitmentOfCertificate,
  FormatError,
  hideClaims,
  parseCertificate,
  parseInstant,
  parsePolicy,
  printCertificate,
  printInstant,
  utf8,
  verdictOfMalformed,
  verify,
} from '../src/index.ts'
import type { Certificate, CheckName, Evidence, Verdict } from '../src/index.ts'
import { allAttacks } from './support/attacks/all.ts'
import type { Attack } from './support/attacks/forge.ts'
import { gistOf } from './support/evidence/judge.ts'
import { allJudged } from './support/judged/all.ts'
import type { Judged } from './support/judged/judged.ts'
import { BATCH, certificateAt, evidenceOf, NOW, policyJson, POINTERS } from './support/world.ts'

const FOLDER = new URL('./vectors/', import.meta.url)
/** Writes the vectors anew; from the tag v1.0 on, those that exist may not change. */
const UPDATE = process.env['INALTERA_UPDATE_VECTORS'] === '1'

interface World {
  readonly comment: string
  readonly now: string
  readonly policy: Record<string, unknown>
  readonly evidence: Evidence
}

/** The vector's file is exactly what the library makes of its inputs now. */
async function expectFresh(path: string, value: unknown): Promise<void> {
  const file = new URL(path, FOLDER)
  const style = await resolveConfig(file)
  const text = await format(JSON.stringify(value, null, 2), { ...style, parser: 'json' })
  if (UPDATE) {
    await mkdir(new URL('.', file), { recursive: true })
    await writeFile(file, text)
  }
  expect(await readFile(file, 'utf8')).to.equal(text)
}

async function readVector<T>(path: string): Promise<T> {
  return JSON.parse(await readFile(new URL(path, FOLDER), 'utf8')) as T
}

async function world(): Promise<World> {
  return {
    comment: 'What the attacks are judged with, where they bring nothing of their own.',
    now: printInstant(NOW),
    policy: policyJson(),
    evidence: await evidenceOf(certificateAt(3)),
  }
}

function bytesOf({ text, hex }: Attack): Uint8Array {
  return hex === undefined ? utf8(text ?? '') : Uint8Array.from(Buffer.from(hex, 'hex'))
}

type Judgeable = Pick<Attack, 'policy' | 'now' | 'evidence'> & { readonly asOf?: string | null }

function judge(bytes: Uint8Array, attack: Judgeable, honest: World): Verdict {
  const policy = parsePolicy(utf8(JSON.stringify(attack.policy ?? honest.policy)))
  const now = parseInstant(attack.now ?? honest.now, 'now')
  let certificate: Certificate
  try {
    certificate = parseCertificate(bytes)
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    return verdictOfMalformed(error, policy, now)
  }
  const asOf = attack.asOf == null ? undefined : parseInstant(attack.asOf, 'asOf')
  return verify(certificate, attack.evidence ?? honest.evidence, policy, now, asOf)
}

describe('golden vectors', () => {
  it('certificates print, parse and commit as they always did', async () => {
    for (const [i, certificate] of BATCH.certificates.entries()) {
      const presentation = hideClaims(certificate, POINTERS.slice(0, i))
      await expectFresh(`certificates/v1/${i}.json`, {
        comment: `Certificate ${i} of 7, whole and with ${Math.min(i, POINTERS.length)} claims hidden.`,
        commitment: commitmentOfCertificate(certificate),
        certificate: new TextDecoder().decode(printCertificate(certificate)),
        presentation: new TextDecoder().decode(printCertificate(presentation)),
      })
    }
  })

  it('and each of them, whole or partly hidden, is valid', async () => {
    const honest = await world()
    await expectFresh('attacks/world.json', honest)
    for (const i of [0, 1, 2, 3, 4, 5, 6]) {
      const vector = await readVector<{
        certificate: string
        presentation: string
        commitment: string
      }>(`certificates/v1/${i}.json`)
      for (const text of [vector.certificate, vector.presentation]) {
        const certificate = parseCertificate(utf8(text))
        expect(commitmentOfCertificate(certificate)).to.equal(vector.commitment)
        const evidence = await evidenceOf(certificate)
        const policy = parsePolicy(utf8(JSON.stringify(honest.policy)))
        expect(verify(certificate, evidence, policy, NOW).outcome).to.equal('valid')
      }
    }
  })
})

describe('attacks', () => {
  it('are the files that stand in test/vectors/attacks, no more and no fewer', async () => {
    const made = await allAttacks()
    for (const attack of made) await expectFresh(`attacks/${attack.id}.json`, attack)
    const files = await readdir(new URL('attacks/', FOLDER))
    expect(files.sort()).to.deep.equal([...made.map(({ id }) => `${id}.json`), 'world.json'].sort())
  })

  it('each earn the one code they must', async () => {
    const honest = await readVector<World>('attacks/world.json')
    for (const file of await readdir(new URL('attacks/', FOLDER))) {
      if (file === 'world.json') continue
      const attack = await readVector<Attack>(`attacks/${file}`)
      const verdict = judge(bytesOf(attack), attack, honest)
      const { check, outcome, code } = attack.expect
      expect(verdict.checks[check as CheckName], attack.id).to.deep.equal({ outcome, code })
      expect(verdict.outcome, attack.id).to.equal(outcome === 'failed' ? 'invalid' : 'undetermined')
      const failing = CHECK_NAMES.find((name) => verdict.checks[name].outcome === 'failed')
      expect(failing, `${attack.id}: what fails first`).to.equal(
        outcome === 'failed' ? check : undefined,
      )
    }
  })

  it('while the honest certificate beside them is valid', async () => {
    const honest = await readVector<World>('attacks/world.json')
    const attack: Attack = { id: 'none', comment: '', expect: { check: '', outcome: '', code: '' } }
    const verdict = judge(printCertificate(certificateAt(3)), attack, honest)
    expect(verdict.outcome).to.equal('valid')
  })
})

describe('certificates judged by evidence', () => {
  it('are the files that stand in test/vectors/judged, no more and no fewer', async () => {
    const made = await allJudged()
    for (const one of made) await expectFresh(`judged/${one.id}.json`, one)
    const files = await readdir(new URL('judged/', FOLDER))
    expect(files.sort()).to.deep.equal(made.map(({ id }) => `${id}.json`).sort())
  })

  it('each earn the outcome that they must, by the check and code that decide it', async () => {
    const honest = await readVector<World>('attacks/world.json')
    for (const file of await readdir(new URL('judged/', FOLDER))) {
      const one = await readVector<Judged>(`judged/${file}`)
      expect(gistOf(judge(utf8(one.text), one, honest)), one.id).to.deep.equal(one.expect)
    }
  })
})
