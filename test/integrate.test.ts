/** Defends docs/INTEGRATE.md: its programs run as they stand, against the package as it is built; its answers are true. */
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { RequestListener, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { build } from 'esbuild'
import { EXIT } from '../cli/failure.ts'
import { sealCertificate } from '../server/ipfs/sealing.ts'
import { PROBLEM_CODES, problemOf, Refusal } from '../server/http/problems.ts'
import type { ProblemCode } from '../server/http/problems.ts'
import { base64urlOf, hideClaims, holderLink, printCertificate, utf8 } from '../src/index.ts'
import type { Certificate, Verdict } from '../src/index.ts'
import { bytesFor, Ledger } from './support/ledger.ts'
import { patiently } from './support/patience.ts'
import { providerOf } from './support/provider.ts'
import { ROOT } from './support/source.ts'
import {
  credentialJson,
  HOME,
  ISSUER,
  issueBatch,
  OPERATOR,
  policyJson,
  POINTERS,
} from './support/world.ts'

const PAPER = readFileSync(join(ROOT, 'docs/INTEGRATE.md'), 'utf8')

function blocksOf(language: string): string[] {
  const fences = PAPER.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))
  return [...fences].map(([, text = '']) => text)
}

/** The paper's programs, in its order. */
const [VERIFY = '', ANYTHING = '', OPEN = ''] = blocksOf('ts')
const FILES = { 'verify.ts': VERIFY, 'anything.ts': ANYTHING, 'open.ts': OPEN }

/** Prints the verdict on what a link or a file leads to. */
const RUN = `
import { readFileSync } from 'node:fs'
import { verdictOnAnything } from './anything.ts'
import { certificateBehind } from './open.ts'
const [target = '', policy = ''] = process.argv.slice(2)
const bytes = target.startsWith('http') ? await certificateBehind(target) : readFileSync(target)
console.log(JSON.stringify(await verdictOnAnything(new Uint8Array(bytes), readFileSync(policy))))
`

async function run(args: readonly string[], cwd: string): Promise<string> {
  return await new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd, timeout: patiently(60_000) }, (error, out, err) => {
      if (error === null) resolve(out)
      else reject(new Error(`${out}${err}`, { cause: error }))
    })
  })
}

/** A batch of this moment: examples outlive any date that a test could be born with. */
function freshBatch(): { certificate: Certificate; ledger: Ledger; headTime: number } {
  const headTime = Math.floor(Date.now() / 1000) - 30
  const { certificates, root, size } = issueBatch(
    [0, 1].map((i) => {
      const json = { ...credentialJson(i), validFrom: '2020-01-01T00:00:00Z' }
      Reflect.deleteProperty(json, 'validUntil')
      return json
    }),
  )
  const [certificate] = certificates
  if (certificate === undefined) throw new Error('an empty batch')
  const record = { operator: OPERATOR, anchoredAt: headTime - 600, size }
  return { certificate, ledger: new Ledger().anchor(ISSUER, root, record), headTime }
}

async function listening(listener: RequestListener): Promise<{ server: Server; url: string }> {
  const server = createServer(listener)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

/** A provider over HTTP, and the two paths that a holder link leads to. */
function hostOf(
  { ledger, headTime }: { ledger: Ledger; headTime: number },
  files: ReadonlyMap<string, Uint8Array>,
): RequestListener {
  const answer = providerOf(ledger, { headTime })
  return (request, response) => {
    const file = files.get((request.url ?? '').split('?')[0] ?? '')
    if (request.method === 'GET') {
      response.writeHead(file === undefined ? 404 : 200).end(file)
      return
    }
    void (async () => {
      const chunks: Uint8Array[] = []
      for await (const chunk of request) chunks.push(chunk as Uint8Array)
      const call = JSON.parse(Buffer.concat(chunks).toString()) as Parameters<typeof answer>[0]
      const said = await answer(call).then(
        (result) => ({ result }),
        (error: unknown) => ({ error: { code: -32_601, message: String(error) } }),
      )
      response.end(JSON.stringify({ jsonrpc: '2.0', id: 1, ...said }))
    })()
  }
}

/** The names of an object's members, at every depth, in their order. */
function shapeOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  return Object.entries(value).map(([name, member]) => [name, shapeOf(member)])
}

describe('docs/INTEGRATE.md', function () {
  this.timeout(120_000)
  let folder = ''
  let policy = ''
  let url = ''
  let server: Server
  const world = freshBatch()
  const files = new Map<string, Uint8Array>()
  const fileOf = (name: string): string => join(folder, name)

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'inaltera-integrate-'))
    const modules = join(folder, 'node_modules')
    mkdirSync(modules)
    await run(['scripts/build-package.ts', '--out', join(modules, 'inaltera')], ROOT)
    for (const name of ['@ethereumjs', '@noble', 'zod']) {
      symlinkSync(join(ROOT, 'node_modules', name), join(modules, name))
    }
    writeFileSync(fileOf('package.json'), '{ "type": "module" }')
    for (const [name, text] of Object.entries({ ...FILES, 'run.ts': RUN })) {
      writeFileSync(fileOf(name), text)
    }
    ;({ server, url } = await listening(hostOf(world, files)))
    policy = fileOf('policy.json')
    const providers = { [HOME.chainId]: [url] }
    writeFileSync(policy, JSON.stringify(policyJson({ providers, timeoutMs: 20_000 })))
  })

  after(() => {
    server.close()
    rmSync(folder, { recursive: true, force: true })
  })

  async function verdictOn(target: string): Promise<Verdict> {
    return JSON.parse(await run(['run.ts', target, policy], folder)) as Verdict
  }

  async function verdictOnText(text: string): Promise<Verdict> {
    writeFileSync(fileOf('certificate.json'), text)
    return verdictOn(fileOf('certificate.json'))
  }

  const honest = new TextDecoder().decode(printCertificate(world.certificate))

  it('verifies in 15 lines', () => {
    expect(VERIFY.split('\n').filter((line) => line.trim() !== '')).to.have.length.at.most(15)
  })

  it('says valid of a certificate, invalid of one with a changed value, and of what is none', async () => {
    expect((await verdictOnText(honest)).outcome).to.equal('valid')
    const changed = await verdictOnText(honest.replace('Soudage', 'Doctorat'))
    expect([changed.outcome, changed.checks.inclusion]).to.deep.equal([
      'invalid',
      { outcome: 'failed', code: 'root-differs' },
    ])
    const torn = await verdictOnText(honest.slice(0, -1))
    expect(torn.checks.integrity).to.deep.equal({ outcome: 'failed', code: 'not-json' })
  })

  it('says undetermined where the provider is away, and does not wait for the time limit', async () => {
    const providers = { [HOME.chainId]: ['http://127.0.0.1:9'] }
    writeFileSync(fileOf('away.json'), JSON.stringify(policyJson({ providers, timeoutMs: 20_000 })))
    writeFileSync(fileOf('certificate.json'), honest)
    const since = performance.now()
    const args = ['run.ts', fileOf('certificate.json'), fileOf('away.json')]
    const verdict = JSON.parse(await run(args, folder)) as Verdict
    expect(verdict.checks.status).to.deep.equal({ outcome: 'undetermined', code: 'unreachable' })
    expect(performance.now() - since).to.be.lessThan(20_000)
  })

  for (const kind of ['with a server key', 'permanent']) {
    it(`opens a holder link, ${kind}`, async () => {
      const linkSecret = bytesFor('link')
      const serverKey = kind === 'permanent' ? undefined : bytesFor('server key')
      const { cid, bytes } = await sealCertificate(utf8(honest), linkSecret, serverKey)
      files.set(`/ipfs/${cid}`, bytes)
      if (serverKey !== undefined) files.set(`/k/${cid}`, utf8(base64urlOf(serverKey)))
      expect((await verdictOn(holderLink(url, cid, linkSecret))).outcome).to.equal('valid')
    })
  }

  for (const [runtime, lib, types] of [
    ['a browser', ['es2023', 'dom'], []],
    ['Node.js', ['es2023'], ['node']],
  ] as const) {
    it(`has programs whose types fit ${runtime}`, async () => {
      const compilerOptions = {
        module: 'nodenext',
        target: 'es2023',
        lib,
        types,
        typeRoots: [join(ROOT, 'node_modules/@types')],
        strict: true,
        noEmit: true,
        allowImportingTsExtensions: true,
      }
      const project = { compilerOptions, files: Object.keys(FILES) }
      writeFileSync(fileOf('tsconfig.json'), JSON.stringify(project))
      await run([join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', '.'], folder)
    })
  }

  it('has programs that bundle for a browser', async () => {
    const entryPoints = Object.keys(FILES).map(fileOf)
    const { errors, warnings } = await build({
      entryPoints,
      bundle: true,
      platform: 'browser',
      format: 'esm',
      outdir: fileOf('bundled'),
      write: false,
    })
    expect([errors, warnings]).to.deep.equal([[], []])
  })

  it('shows a verdict with the members that a verdict has, in their order', async () => {
    const [shown = '{}', health, problem = '{}'] = blocksOf('json')
    const presentation = hideClaims(world.certificate, POINTERS.slice(0, 1))
    const verdict = await verdictOnText(new TextDecoder().decode(printCertificate(presentation)))
    expect(shapeOf(JSON.parse(shown))).to.deep.equal(shapeOf(verdict))
    expect(JSON.parse(health ?? '')).to.deep.equal({ status: 'ok' })
    const gone = new Refusal('gone', 'this certificate was erased by its issuer')
    expect(JSON.parse(problem)).to.deep.equal(problemOf(gone))
  })

  it('lists the problems of the API with their statuses, and the exit codes', () => {
    const rows = [...PAPER.matchAll(/^\| (\d{3}) \| `([a-z-]+)` \|/gm)]
    expect(rows.map(([, , code]) => code)).to.deep.equal(PROBLEM_CODES)
    for (const [, status, code = ''] of rows) {
      expect(problemOf(new Refusal(code as ProblemCode, '')).status, code).to.equal(Number(status))
    }
    const exits = [...PAPER.matchAll(/^\| (\d{1,2}) \|/gm)].map(([, exit]) => Number(exit))
    expect(exits).to.deep.equal(Object.values(EXIT))
  })
})
