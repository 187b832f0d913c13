import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'chai'
import { rpcOf } from '../../../node/rpc.ts'
import { openEmbeddedChain } from '../../../server/chain/embedded.ts'
import { freePort, isFree } from '../../../server/chain/port.ts'
import { isObject, parseQuantity } from '../../../server/chain/answers.ts'
import { UnavailableError } from '../../../src/index.ts'

const module = new URL('../../../server/chain/embedded.ts', import.meta.url).href

describe('the embedded chain', function () {
  this.timeout(60_000)
  let folder = ''
  let port = 0
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'inaltera-chain-'))
    port = await freePort()
  })
  afterEach(async () => {
    await rm(folder, { recursive: true })
  })

  async function genesisOf(url: string): Promise<unknown> {
    const block = await rpcOf(url)('eth_getBlockByNumber', ['0x0', false])
    return isObject(block) ? block['hash'] : undefined
  }

  /** Another process that joins the chain and then waits to be ended. */
  async function otherUser(path = ''): Promise<ReturnType<typeof spawn>> {
    const script = `import { openEmbeddedChain } from ${JSON.stringify(module)}
      await openEmbeddedChain(${JSON.stringify(folder)}, ${port})
      console.log('ready'); setInterval(() => {}, 1000)`
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, PATH: `${path}${process.env['PATH'] ?? ''}` },
    })
    await once(child.stdout, 'data')
    return child
  }

  async function kill(child: ReturnType<typeof spawn>): Promise<void> {
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }

  /** A folder, for `PATH`, whose `cat` keeps its file open for two seconds after the end of it. */
  async function slowReader(): Promise<string> {
    const cat = `#!/bin/sh\nexec 3<"$1"\nPATH=\${PATH#*:} cat <&3\nsleep 2\n`
    await writeFile(join(folder, 'cat'), cat, { mode: 0o700 })
    return `${folder}:`
  }

  /** Whether a chain goes on answering for longer than one takes to end. */
  async function staysUp(url: string): Promise<boolean> {
    for (let i = 0; i < 30; i += 1) {
      const answer = await rpcOf(url)('eth_chainId').catch(() => undefined)
      if (answer !== '0x7a69') return false
      await sleep(100)
    }
    return true
  }

  /** Until its state, which is written every second, holds this account. */
  async function untilKept(account: string): Promise<void> {
    for (let i = 0; i < 200; i += 1) {
      const text = await readFile(join(folder, 'state.json'), 'utf8').catch(() => '')
      if (text.includes(account)) return
      await sleep(50)
    }
  }

  function keeperOf(): number {
    const record: unknown = JSON.parse(readFileSync(join(folder, 'owner.json'), 'utf8'))
    return isObject(record) ? Number(record['pid']) : 0
  }

  async function untilFree(): Promise<boolean> {
    for (let i = 0; i < 200; i += 1) {
      if (await isFree(port)) return true
      await sleep(50)
    }
    return false
  }

  it('keeps genesis, height and state over a stop, and leaves nothing running', async () => {
    const first = await openEmbeddedChain(folder, port)
    const rpc = rpcOf(first.url)
    await rpc('anvil_setBalance', [`0x${'1'.repeat(40)}`, '0x7'])
    await rpc('anvil_mine', ['0x5'])
    const genesis = await genesisOf(first.url)
    await first.close()
    expect(await isFree(port)).to.equal(true)
    const second = await openEmbeddedChain(folder, port)
    const again = rpcOf(second.url)
    expect(await genesisOf(second.url)).to.equal(genesis)
    expect(Number(parseQuantity(await again('eth_blockNumber'), ''))).to.be.at.least(5)
    expect(await again('eth_getBalance', [`0x${'1'.repeat(40)}`, 'latest'])).to.equal('0x7')
    await second.close()
    expect(await isFree(port)).to.equal(true)
  })

  it('keeps one first block, however often it starts', async () => {
    const seen = new Set<unknown>()
    for (let i = 0; i < 8; i += 1) {
      const chain = await openEmbeddedChain(folder, port)
      seen.add(await genesisOf(chain.url))
      await rpcOf(chain.url)('anvil_mine', ['0x1'])
      await chain.close()
      // First blocks differ by their second.
      await sleep(1000)
    }
    expect([...seen]).to.have.length(1)
  })

  it('is shared by processes, and outlives whichever leaves first', async () => {
    const first = await openEmbeddedChain(folder, port)
    const keeper = keeperOf()
    const child = await otherUser()
    expect(keeperOf()).to.equal(keeper)
    await first.close()
    expect(await rpcOf(first.url)('eth_chainId')).to.equal('0x7a69')
    child.kill('SIGKILL')
    expect(await untilFree()).to.equal(true)
  })

  it('ends when its only user is killed', async () => {
    await kill(await otherUser())
    expect(await untilFree()).to.equal(true)
  })

  it('is joined or taken over by who comes as its only user is killed, and then stays', async () => {
    const child = await otherUser()
    child.kill('SIGKILL')
    const next = await openEmbeddedChain(folder, port)
    expect(await staysUp(next.url)).to.equal(true)
    await next.close()
    expect(await isFree(port)).to.equal(true)
  })

  it('is not joined once it is about to end', async () => {
    await kill(await otherUser(await slowReader()))
    await sleep(200)
    // Its pipe still has a reader, and nobody listens to it any more.
    const next = await openEmbeddedChain(folder, port)
    expect(await staysUp(next.url)).to.equal(true)
    await next.close()
    expect(await isFree(port)).to.equal(true)
  })

  it('takes over a record whose process is another program', async () => {
    await writeFile(join(folder, 'owner.json'), JSON.stringify({ pid: process.pid, port }))
    const chain = await openEmbeddedChain(folder, port)
    await chain.close()
    expect(await isFree(port)).to.equal(true)
  })

  it('is started once by processes that come together', async () => {
    const chains = await Promise.all([1, 2, 3].map(() => openEmbeddedChain(folder, port)))
    expect(new Set(chains.map((chain) => chain.url)).size).to.equal(1)
    for (const chain of chains) await chain.close()
    expect(await isFree(port)).to.equal(true)
  })

  function chainProcess(): number {
    const record: unknown = JSON.parse(readFileSync(join(folder, 'owner.json'), 'utf8'))
    return isObject(record) ? Number(record['chain']) : 0
  }

  async function answersAgain(url: string, former: number): Promise<boolean> {
    for (let i = 0; i < 200; i += 1) {
      const answer = await rpcOf(url, 1000)('eth_chainId').catch(() => undefined)
      if (answer === '0x7a69' && chainProcess() !== former) return true
      await sleep(100)
    }
    return false
  }

  it('killed itself, comes back on its port with its first block, for every process that uses it', async () => {
    const first = await openEmbeddedChain(folder, port)
    const child = await otherUser()
    const genesis = await genesisOf(first.url)
    await rpcOf(first.url)('anvil_setBalance', [`0x${'1'.repeat(40)}`, '0x7'])
    await untilKept('1'.repeat(40))
    for (let time = 0; time < 2; time += 1) {
      const former = chainProcess()
      process.kill(former, 'SIGKILL')
      expect(await answersAgain(first.url, former)).to.equal(true)
      expect(await genesisOf(first.url)).to.equal(genesis)
      const balance = await rpcOf(first.url)('eth_getBalance', [`0x${'1'.repeat(40)}`, 'latest'])
      expect(balance).to.equal('0x7')
    }
    await first.close()
    // The other process joined it too, or starts it again where it had not yet: it keeps it up.
    expect(await answersAgain(first.url, 0)).to.equal(true)
    expect(await genesisOf(first.url)).to.equal(genesis)
    expect(await staysUp(first.url)).to.equal(true)
    await kill(child)
    expect(await untilFree()).to.equal(true)
  })

  it('killed while it wrote its state, comes back from a copy', async () => {
    const first = await openEmbeddedChain(folder, port)
    const genesis = await genesisOf(first.url)
    await rpcOf(first.url)('anvil_setBalance', [`0x${'1'.repeat(40)}`, '0x7'])
    await sleep(5000)
    const former = chainProcess()
    process.kill(former, 'SIGKILL')
    await truncate(join(folder, 'state.json'), 1000)
    expect(await answersAgain(first.url, former)).to.equal(true)
    expect(await genesisOf(first.url)).to.equal(genesis)
    const balance = await rpcOf(first.url)('eth_getBalance', [`0x${'1'.repeat(40)}`, 'latest'])
    expect(balance).to.equal('0x7')
    await first.close()
  })

  for (const isHeld of [false, true]) {
    const held = isHeld
      ? 'though it answers and another holds it'
      : 'when nobody is left to hold it'
    it(`whose keeper was killed, is ended before another starts, ${held}`, async () => {
      const child = await otherUser()
      const orphan = chainProcess()
      process.kill(keeperOf(), 'SIGKILL')
      if (!isHeld) await kill(child)
      const next = await openEmbeddedChain(folder, port)
      expect(chainProcess()).not.to.equal(orphan)
      expect(await staysUp(next.url)).to.equal(true)
      if (isHeld) await kill(child)
      await next.close()
      expect(await untilFree()).to.equal(true)
    })
  }

  it('says so where the port is taken', async () => {
    const server = createServer().listen(port, '127.0.0.1')
    await once(server, 'listening')
    const error = await openEmbeddedChain(folder, port).catch((e: unknown) => e)
    server.close()
    expect(error).to.be.instanceOf(UnavailableError)
  })
})
