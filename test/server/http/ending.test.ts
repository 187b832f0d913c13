/** Defends the end of a server, its readiness and its metrics (E1, E33). */
import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'chai'
import { z } from 'zod'
import { noBody } from '../../../server/http/body.ts'
import { json, stream } from '../../../server/http/reply.ts'
import { readinessOf } from '../../../server/readiness.ts'
import { NONE, route } from '../../../server/routes/route.ts'
import { newServer } from '../routes/server.ts'

describe('a server that ends', () => {
  let entered = (): void => undefined
  let release = (): void => undefined
  const described = {
    method: 'GET',
    access: 'public',
    rate: 'unlimited',
    params: NONE,
    query: NONE,
    body: noBody(),
  } as const
  const slow = route({
    ...described,
    path: '/slow',
    name: 'slow',
    summary: 'answers when it may',
    responses: { 200: { description: 'late', schema: z.strictObject({ late: z.boolean() }) } },
    handle: async () => {
      const may = new Promise<void>((resolve) => (release = resolve))
      entered()
      await may
      return json({ late: true })
    },
  })
  const events = route({
    ...described,
    path: '/events',
    name: 'events',
    summary: 'goes on until it is stopped',
    responses: { 200: { description: 'events', types: ['text/event-stream'] } },
    handle: () =>
      stream('text/event-stream', async (response, signal) => {
        response.write('data: 1\n\n')
        entered()
        if (!signal.aborted) await once(signal, 'abort')
      }),
  })

  it('answers what is under way, and takes nothing new', async () => {
    const server = await newServer({ routes: [slow] })
    const isIn = new Promise<void>((resolve) => (entered = resolve))
    const answer = fetch(`${server.url}/slow`)
    await isIn
    const closed = server.served.close()
    await wait(20)
    const refused = await fetch(`${server.url}/slow`).catch((error: unknown) => error)
    expect(refused).to.be.instanceOf(TypeError)
    release()
    expect(await (await answer).json()).to.deep.equal({ late: true })
    await closed
    await server.remove()
  })

  it('ends streams, and connections on which nothing happens', async () => {
    const server = await newServer({ routes: [events] })
    const isIn = new Promise<void>((resolve) => (entered = resolve))
    const response = await fetch(`${server.url}/events`)
    await isIn
    const idle = connect(Number(new URL(server.url).port), '127.0.0.1')
    await once(idle, 'connect')
    const started = performance.now()
    const [text] = await Promise.all([response.text(), server.served.close()])
    expect(text).to.equal('data: 1\n\n')
    expect(performance.now() - started).to.be.lessThan(5000)
    idle.destroy()
    await server.remove()
  }).timeout(20_000)
})

describe('readiness', () => {
  const there = (): Promise<unknown> => Promise.resolve()
  const away = (): Promise<unknown> => Promise.reject(new Error('away'))

  it('is 503 with the part that is away while /health stays 200', async () => {
    for (const part of ['store', 'chain', 'documents'] as const) {
      const checks = { store: there, chain: there, documents: there, [part]: away }
      const server = await newServer({ context: { readiness: readinessOf(checks) } })
      const ready = await fetch(`${server.url}/ready`)
      expect(ready.status).to.equal(503)
      const answer = (await ready.json()) as { status: string; checks: Record<string, boolean> }
      expect(answer.checks[part]).to.equal(false)
      expect(Object.values(answer.checks).filter(Boolean)).to.have.length(2)
      expect((await fetch(`${server.url}/health`)).status).to.equal(200)
      await server.remove()
    }
  })

  it('is 200 when all are there', async () => {
    const server = await newServer()
    expect((await fetch(`${server.url}/ready`)).status).to.equal(200)
    await server.remove()
  })
})

describe('metrics', () => {
  it('stand on a listener of their own, by patterns, with gauges of others, and not on the public one', async () => {
    const server = await newServer({ metricsAt: { host: '127.0.0.1', port: 0 } })
    const { metrics } = server.context
    metrics.gauge({
      name: 'test_things',
      help: 'things',
      labels: ['state'],
      read: () => Promise.resolve([{ value: 4, labels: { state: 'open' } }]),
    })
    metrics.gauge({ name: 'test_broken', help: 'x', read: () => Promise.reject(new Error('x')) })
    metrics.verdict('invalid')
    await (await fetch(`${server.url}/ipfs/somebody?format=raw`)).text()
    expect((await fetch(`${server.url}/metrics`)).status).to.equal(404)
    const url = server.served.metricsUrl ?? expect.fail('there are metrics')
    expect((await fetch(`${url}/other`)).status).to.equal(404)
    const text = await (await fetch(`${url}/metrics`)).text()
    expect(text).to.match(/inaltera_request_seconds_count\{.*route="\/ipfs\/:cid".*\} 1/)
    expect(text).to.include('inaltera_test_things{state="open"} 4')
    expect(text).to.include('inaltera_verdicts_total{outcome="invalid"} 1')
    expect(text).to.include('eventloop_lag').and.include('process_resident_memory_bytes')
    expect(text).not.to.include('somebody')
    await server.remove()
  })
})
