/** A verifier written from SPEC alone agrees with the library on every vector: SPEC says what the library does. */
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { expect } from 'chai'
import {
  FormatError,
  parseCertificate,
  parseInstant,
  parsePolicy,
  utf8,
  verdictOfMalformed,
  verify,
} from '../src/index.ts'
import type { Checks, Evidence } from '../src/index.ts'
import type { Attack } from './support/attacks/forge.ts'
import { engineFor } from './support/engines.ts'
import { ROOT } from './support/source.ts'

const VECTORS = new URL('./vectors/', import.meta.url)

interface World {
  readonly now: string
  readonly policy: Record<string, unknown>
  readonly evidence: Evidence
}

interface Ended {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

async function runIndependent(python: string): Promise<Ended> {
  return await new Promise((resolve) => {
    const script = ['docs/independent/verify.py', '--vectors', 'test/vectors', '--json']
    const options = { cwd: ROOT, timeout: 100_000, maxBuffer: 2 ** 26 }
    execFile(python, script, options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1
      resolve({ code, stdout, stderr })
    })
  })
}

async function readVector<T>(path: string): Promise<T> {
  return JSON.parse(await readFile(new URL(path, VECTORS), 'utf8')) as T
}

function libraryChecks(attack: Partial<Attack>, world: World): Checks {
  const bytes = attack.hex === undefined ? utf8(attack.text ?? '') : Buffer.from(attack.hex, 'hex')
  const policy = parsePolicy(utf8(JSON.stringify(attack.policy ?? world.policy)))
  const now = parseInstant(attack.now ?? world.now, 'now')
  try {
    const certificate = parseCertificate(Uint8Array.from(bytes))
    return verify(certificate, attack.evidence ?? world.evidence, policy, now).checks
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

  it('gives each forged certificate the seven checks that the library gives it', async () => {
    const theirs = JSON.parse(ended.stdout) as Record<string, Checks>
    const world = await readVector<World>('attacks/world.json')
    const honest = await readVector<{ certificate: string }>('certificates/v1/3.json')
    expect(Object.keys(theirs)).to.have.length.above(50)
    for (const [path, checks] of Object.entries(theirs)) {
      const attack =
        path === 'attacks/world.json'
          ? { text: honest.certificate }
          : await readVector<Attack>(path)
      expect(checks, path).to.deep.equal(libraryChecks(attack, world))
    }
  })
})
