/** Defends that a thread which fails under a batch fails no more than the step it was in, and that nothing hangs of it. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { expect } from 'chai'
import type { Context } from '../../../server/context.ts'
import { lenderOf } from '../../../server/issuance/lender.ts'
import { openThreads, startThread } from '../../../server/issuance/threads.ts'
import type { StartThread } from '../../../server/issuance/threads.ts'
import { heapBytes } from '../../../src/index.ts'
import { exampleTemplate, PASSPHRASE } from '../folder.ts'
import type { ThreadFault } from './faulty-thread.ts'
import { openRange } from './killing.ts'
import type { Range } from './killing.ts'
import { writeRows } from './many-rows.ts'

const SIZE = 300
const LENDING = { from: 1, count: 2 }
const MAIN = join(import.meta.dirname, '..', '..', '..', 'cli', 'main.ts')

/** The first thread meets a fault; those beside it and after it do not. */
function startFaulty(fault: ThreadFault): StartThread & { readonly started: Worker[] } {
  const started: Worker[] = []
  const start = (): Worker => {
    const isFirst = started.length === 0
    const options = {
      workerData: fault,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: 64 },
    }
    const worker = isFirst
      ? new Worker(new URL('faulty-thread.ts', import.meta.url), options)
      : startThread()
    started.push(worker)
    return worker
  }
  return Object.assign(start, { started })
}

function growing(): { kind: 'grow'; commitments: Uint8Array; nodes: Uint8Array; position: number } {
  const shared = (length: number): Uint8Array => new Uint8Array(new SharedArrayBuffer(length))
  return { kind: 'grow', commitments: shared(64), nodes: shared(heapBytes(2)), position: 1 }
}

const FAULTS: readonly ThreadFault[] = [
  { kind: 'draft', how: 'throws' },
  { kind: 'grow', how: 'exits' },
  { kind: 'seal', how: 'runs out of memory' },
  { kind: 'seal', how: 'cannot do its task' },
  { kind: 'prove', how: 'exits' },
]

describe('a batch whose thread fails', function () {
  this.timeout(60_000)
  let range: Range
  let rows = ''
  let template: Uint8Array
  before(async function () {
    range = await openRange(this, 'SQLite')
    rows = await writeRows(join(range.data.folder, 'rows.csv'), SIZE)
    template = await exampleTemplate()
  })
  after(() => (range as Range | undefined)?.close())

  const opened = (start: StartThread): Promise<Context> =>
    range.data.open({ passphrase: PASSPHRASE, lender: lenderOf(LENDING, start) })

  for (const fault of FAULTS) {
    it(`that ${fault.how} at ${fault.kind}: the step fails, and goes well when it is asked for again`, async () => {
      const start = startFaulty(fault)
      const context = await opened(start)
      const request = { rows, template, idempotencyKey: `${fault.kind} ${fault.how}` }
      const error: unknown = await context.issue(request).catch((thrown: unknown) => thrown)
      expect(error).to.be.instanceOf(Error)
      const { findings } = await context.fsck({ quick: true })
      const codes = findings.map(({ code }) => code)
      expect(codes.filter((code) => code !== 'batch-unfinished')).to.deep.equal([])
      const issued = await context.issue(request)
      expect(new Set(issued.links.map(({ link }) => link))).to.have.length(SIZE)
      // One that ended was replaced; one that answered was not.
      expect(start.started).to.have.length(fault.how === 'cannot do its task' ? 2 : 3)
      await context.close()
    })
  }

  it('is tried again behind whoever asked, and others that are under way come to their end', async () => {
    const context = await opened(startFaulty({ kind: 'seal', how: 'exits' }))
    await context.serve({ port: 0 })
    const one = async (): Promise<void> => {
      async function* read(): AsyncGenerator<Uint8Array> {
        yield await readFile(rows)
      }
      const upload = { rows: read(), format: 'csv', template: { body: template }, by: 'key-1' }
      const { batchId } = await context.batches.intake({ ...upload, format: 'csv' })
      let state = ''
      const watched = { signal: AbortSignal.timeout(40_000), pollMs: 50 }
      for await (const view of context.batches.watch(batchId, watched)) state = view.state
      expect(state).to.equal('anchored')
    }
    await Promise.all([one(), one(), one()])
    expect((await context.fsck({ quick: true })).findings).to.deep.equal([])
    await context.close()
  })
})

describe('threads of which one fails', function () {
  this.timeout(20_000)

  it('do what the others were asked, and what is asked afterwards', async () => {
    const threads = openThreads(2, startFaulty({ kind: 'grow', how: 'exits' }))
    const asked = await Promise.allSettled([threads.run(growing()), threads.run(growing())])
    expect(asked.map(({ status }) => status)).to.deep.equal(['rejected', 'fulfilled'])
    expect(await threads.run(growing())).to.equal(null)
    await threads.close()
  })

  it('wait for no answer that cannot be read, nor for a task that cannot be sent', async () => {
    const start = startFaulty({ kind: 'prove', how: 'exits' })
    const threads = openThreads(1, start)
    const lost = threads.run(growing())
    start.started[0]?.emit('messageerror', new Error('cannot be read'))
    expect(await lost.catch((error: unknown) => String(error))).to.include('cannot be read')
    const unsendable = Object.assign(growing(), { more: () => undefined })
    const unsent: unknown = await threads.run(unsendable).catch((error: unknown) => error)
    expect(unsent).to.include({ name: 'DataCloneError' })
    expect(await threads.run(growing())).to.equal(null)
    await threads.close()
  })

  it('keep no process alive once their work is done or failed', async () => {
    const entry = new URL('../../../server/issuance/lender.ts', import.meta.url).href
    const script = `import { lenderOf } from ${JSON.stringify(entry)}
      const lender = lenderOf({ from: 1, count: 2 })
      const tree = await lender.lend(8, (hands) => hands.grow(new Uint8Array(32 * 8).map((_, i) => i), async () => undefined))
      await lender.lend(8, (hands) => hands.prove({ kind: 'prove', batch: () => 1, rows: [] })).catch(() => undefined)
      await lender.lend(8, (hands) => hands.prove({ kind: 'prove', batch: null, rows: [null] })).catch(() => undefined)
      process.stdout.write(String(tree.root.length))`
    const since = performance.now()
    const child = spawn(process.execPath, ['--input-type=module', '-e', script])
    let out = ''
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
    expect((await once(child, 'close'))[0]).to.equal(0)
    expect(out).to.equal('66')
    // Threads without work linger for longer.
    expect(performance.now() - since).to.be.lessThan(9000)
  })
})

describe('issuing with threads that is told to stop', function () {
  this.timeout(60_000)

  it('ends by the signal, and the next process finishes the batch', async function () {
    const range = await openRange(this, 'SQLite')
    try {
      const size = 2100
      const { folder } = range.data
      const rows = await writeRows(join(folder, 'rows.csv'), size)
      const template = join(import.meta.dirname, '..', '..', '..', 'examples', 'template.json')
      const issue = ['issue', rows, '--template', template, '--data', folder, '--again']
      const spawned = (): ReturnType<typeof spawn> =>
        spawn(process.execPath, [MAIN, ...issue, '-o', join(folder, 'links.csv')], {
          stdio: 'ignore',
          env: { ...process.env, INALTERA_PASSPHRASE: PASSPHRASE },
        })
      const child = spawned()
      const ended = once(child, 'exit')
      const sealed = async (): Promise<number> =>
        (await range.rows('SELECT cid FROM sealed LIMIT 1')).length
      while ((await sealed()) === 0 && child.exitCode === null) await sleep(20)
      child.kill('SIGTERM')
      expect((await ended)[1]).to.equal('SIGTERM')
      await range.context.resume()
      expect((await range.context.fsck({ quick: true })).findings).to.deep.equal([])
    } finally {
      await range.close()
    }
  })
})
