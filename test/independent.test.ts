/** A verifier written from SPEC alone agrees with the library on every vector: SPEC says what the library does. */
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { expect } from 'chai'
import {
  evidenceOfBundle,
  FormatError,
  momentOf,
  parseBundle,
  parseCertificate,
  parseInstant,
  parsePolicy,
  utf8,
  verdictOfMalformed,
  verify,
} from '../src/index.ts'
import type { Checks, Evidence } from '../src/index.ts'
import { engineFor } from './support/engines.ts'
import { patiently } from './support/patience.ts'
import { ROOT } from './support/source.ts'

const VECTORS = new URL('./vectors/', import.meta.url)

interface World {
  readonly now: string
  readonly policy: Record<string, unknown>
  readonly evidence: Evidence
}

interface Vector extends Partial<World> {
  readonly text?: string
  readonly hex?: string
  readonly bundle?: unknown
  readonly asOf?: string | null
}

interface Ended {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

async function runIndependent(python: string): Promise<Ended> {
  return await new Promise((resolve) => {
    const script = ['docs/independent/verify.py', '--vectors', 'test/vectors', '--json']
    const options = { cwd: ROOT, timeout: patiently(100_000), maxBuffer: 2 ** 26 }
    execFile(python, script, options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1
      resolve({ code, stdout, stderr })
    })
  })
}

function fromHex(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex, 'hex'))
}

async function readVector<T>(path: string): Promise<T> {
  return JSON.parse(await readFile(new URL(path, VECTORS), 'utf8')) as T
}

/** The checks that the library gives a vector of attacks/, judged/ or evidence/. */
function libraryChecks(vector: Vector, world: World): Checks {
  const policy = parsePolicy(utf8(JSON.stringify(vector.policy ?? world.policy)))
  const now = parseInstant(vector.now ?? world.now, 'now')
  const asOf = typeof vector.asOf === 'string' ? parseInstant(vector.asOf, 'asOf') : undefined
  try {
    if (vector.bundle !== undefined) {
      const bundle = parseBundle(utf8(JSON.stringify(vector.bundle)))
      const evidence = evidenceOfBundle(bundle, policy)
      return verify(bundle.certificate, evidence, policy, now, asOf ?? momentOf(evidence)).checks
    }
    const bytes = vector.hex === undefined ? utf8(vector.text ?? '') : fromHex(vector.hex)
    const evidence = vector.evidence ?? world.evidence
    return verify(parseCertificate(bytes), evidence, policy, now, asOf).checks
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    return verdictOfMalformed(error, policy, now).checks
  }
}

describe('the verifier written from SPEC alone', function () {
  this.timeout(120_000)
  let ended: Ended

  before(async function () {
    ended = await runIndependent(engineFor(this, 'python'))
  })

  it('agrees with every vector', () => {
    expect(ended.code, ended.stderr).to.equal(0)
  })

  it('gives each certificate and bundle the seven checks that the library gives it', async () => {
    const theirs = JSON.parse(ended.stdout) as Record<string, Checks>
    const world = await readVector<World>('attacks/world.json')
    const honest = await readVector<{ certificate: string }>('certificates/v1/3.json')
    expect(Object.keys(theirs)).to.have.length.above(100)
    for (const [path, checks] of Object.entries(theirs)) {
      const isWorld = path === 'attacks/world.json'
      const vector = isWorld ? { text: honest.certificate } : await readVector<Vector>(path)
      expect(checks, path).to.deep.equal(libraryChecks(vector, world))
    }
  })
})
