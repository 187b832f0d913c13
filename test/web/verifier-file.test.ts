/** Defends the verifier that is one file: small, of few packages, the same for the same sources, closed to all else. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect } from 'chai'
import { NETWORKS, parsePolicy, policyPinOf } from '../../src/index.ts'
import { buildVerifierFile } from '../../web/verifier.config.ts'
import type { VerifierFile } from '../../web/verifier.config.ts'
import { ROOT } from '../support/source.ts'

const MAX_PACKED = 150_000
const PACKAGES = ['@ethereumjs/rlp', '@noble/hashes', 'preact', 'qr', 'zod']
/** Elements, attributes and rules by which a page loads something by itself. */
const LOADS =
  /<(?:link|img|iframe|script|object|embed|source)\b[^>]*\b(?:href|src|data)=|@import|url\(/g

describe('the verifier in one file', function () {
  this.timeout(60_000)
  let built: VerifierFile
  let text: string

  before(async () => {
    built = await buildVerifierFile()
    text = Buffer.from(built.html).toString()
  })

  it('has the same bytes whenever it is built of the same sources', async () => {
    const again = await buildVerifierFile()
    expect(Buffer.from(again.html).equals(built.html)).to.equal(true)
  })

  it(`has at most ${MAX_PACKED} bytes compressed, and code of five packages`, () => {
    expect(gzipSync(built.html, { level: 9 }).length).to.be.lessThan(MAX_PACKED)
    expect(built.packages).to.deep.equal(PACKAGES)
  })

  it('runs its own script and style, known by their hashes, and loads nothing', () => {
    const [, policy = ''] = /content-security-policy" content="([^"]+)"/.exec(text) ?? []
    const scripts = [...text.matchAll(/<script[^>]*>([^]*?)<\/script>/g)]
    const styles = [...text.matchAll(/<style>([^]*?)<\/style>/g)]
    expect([scripts.length, styles.length]).to.deep.equal([1, 1])
    const hashOf = (content = ''): string =>
      `'sha256-${createHash('sha256').update(content).digest('base64')}'`
    expect(policy).to.contain("default-src 'none'; ")
    expect(policy).to.contain(`script-src ${hashOf(scripts[0]?.[1])} 'wasm-unsafe-eval';`)
    expect(policy).to.contain(`style-src ${hashOf(styles[0]?.[1])};`)
    expect(policy).to.not.contain('unsafe-inline').and.not.contain("'unsafe-eval'")
    const page = text.replace(scripts[0]?.[1] ?? '', '')
    expect(page.match(LOADS)).to.deep.equal(['<link rel="icon" href='])
    expect(page).to.contain('<link rel="icon" href="data:,"')
  })

  it('has a policy in it that pins the public test networks, and trusts and asks nobody', () => {
    const bytes = readFileSync(join(ROOT, 'web/verifier/policy.json'))
    const { registries, issuers, accreditors, providers, domains } = JSON.parse(
      bytes.toString(),
    ) as Record<string, unknown>
    const networks = NETWORKS.filter(({ kind }) => kind === 'test')
    expect(registries).to.deep.equal(networks.map((network) => policyPinOf(network)))
    expect([issuers, accreditors, domains, providers]).to.deep.equal([[], [], [], {}])
    expect(parsePolicy(bytes).level).to.equal('proven')
    // It stands in the file as it is, so that the file's hash covers it.
    expect(text).to.contain(parsePolicy(bytes).registries[0]?.genesis)
  })
})
