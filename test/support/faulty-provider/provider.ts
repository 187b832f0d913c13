/**
 * A JSON-RPC provider that fails on demand: a real HTTP server on loopback between the code under test and a real
 * node. Faults are chosen for all calls or by method; what was asked is counted.
 */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { answerWith, isRecord, isTransportFault } from './faults.ts'
import type { Ask, Fault, RpcCall, RpcReply, TransportFault } from './faults.ts'

export interface FaultyProvider {
  readonly url: string
  /** As evidence names it. */
  readonly host: string
  /** Fails from now on, at every call or at those of one method; a method's own fault goes first. */
  fail(fault: Fault, method?: string): void
  /** Answers well again, and has counted nothing. */
  reset(): void
  /** How often each method was called. */
  readonly calls: ReadonlyMap<string, number>
  /** HTTP requests, each with one call or a batch. */
  readonly exchanges: number
  /** How many of the exchanges could not overlap: what the caller waited for one after the other. */
  roundTrips(): number
  /** Drops who still waits, and frees the port. */
  close(): Promise<void>
}

interface Span {
  readonly from: number
  to: number
}

/** One HTTP request, answered or not. */
interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly span: Span
  /** Fires when the provider is closed. */
  readonly closing: AbortSignal
}

interface Watch {
  readonly faults: Map<string | undefined, Fault>
  readonly calls: Map<string, number>
  spans: Span[]
}

/** The provider in front of the node at `node`, a URL. */
export async function openFaultyProvider(node: string): Promise<FaultyProvider> {
  const watch: Watch = { faults: new Map(), calls: new Map(), spans: [] }
  const closing = new AbortController()
  const server = createServer((request, response) => {
    const span = { from: performance.now(), to: Infinity }
    watch.spans.push(span)
    response.on('close', () => {
      end(span)
    })
    const exchange = { request, response, span, closing: closing.signal }
    serve(node, watch, exchange).catch(() => response.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url: `http://${host}/`,
    host,
    fail: (fault, method) => {
      watch.faults.set(method, fault)
    },
    reset: () => {
      watch.faults.clear()
      watch.calls.clear()
      watch.spans = []
    },
    calls: watch.calls,
    get exchanges() {
      return watch.spans.length
    },
    roundTrips: () => disjoint(watch.spans),
    close: async () => {
      closing.abort()
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

async function serve(node: string, watch: Watch, exchange: Exchange): Promise<void> {
  const body: unknown = JSON.parse(await textOf(exchange.request))
  const calls = (Array.isArray(body) ? (body as unknown[]) : [body]).map(callOf)
  for (const { method } of calls) watch.calls.set(method, (watch.calls.get(method) ?? 0) + 1)
  const faultOf = ({ method }: RpcCall): Fault =>
    watch.faults.get(method) ?? watch.faults.get(undefined) ?? { mode: 'pass' }
  const faults = calls.map(faultOf)
  const transport = faults.find(isTransportFault)
  const ask: Ask = (method, params) => post(node, method, params, exchange.closing)
  const answer = async (): Promise<Buffer> => {
    const replies = await Promise.all(
      calls.map((call, position) => {
        const fault = faults[position] ?? { mode: 'pass' }
        return answerWith(isTransportFault(fault) ? { mode: 'pass' } : fault, call, ask)
      }),
    )
    const whole = replies.map((reply) => ({ jsonrpc: '2.0', ...reply }))
    return Buffer.from(JSON.stringify(Array.isArray(body) ? whole : whole[0]))
  }
  if (transport === undefined) send(exchange, await answer())
  else await failWith(transport, exchange, answer)
}

async function failWith(
  fault: TransportFault,
  exchange: Exchange,
  answer: () => Promise<Buffer>,
): Promise<void> {
  const { request, response, closing } = exchange
  switch (fault.mode) {
    case 'delay':
      await sleep(fault.ms, undefined, { signal: closing })
      send(exchange, await answer())
      return
    case 'hang':
      return
    case 'status': {
      const { status, retryAfter } = fault
      response.statusCode = status
      if (retryAfter !== undefined) response.setHeader('retry-after', retryAfter)
      response.end('try again later')
      return
    }
    case 'reset':
      request.socket.resetAndDestroy()
      return
    case 'garbage':
      send(exchange, Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x00, 0x3c, 0x68, 0x74, 0x6d, 0x6c]))
      return
    case 'truncated': {
      const whole = await answer()
      response.writeHead(200, {
        'content-type': 'application/json',
        'content-length': whole.length,
      })
      response.write(whole.subarray(0, whole.length / 2), () => request.socket.destroy())
      return
    }
    case 'persist-then-drop':
      await answer()
      request.socket.destroy()
      return
  }
}

function send({ response, span }: Exchange, body: Buffer): void {
  // Before the caller can know: its next request must not seem to overlap with this one.
  end(span)
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length })
  response.end(body)
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of request as AsyncIterable<Uint8Array>) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

function callOf(value: unknown): RpcCall {
  const call = isRecord(value) ? value : {}
  const params: unknown[] = Array.isArray(call['params']) ? call['params'] : []
  return { id: call['id'], method: String(call['method']), params }
}

async function post(
  node: string,
  method: string,
  params: readonly unknown[],
  signal: AbortSignal,
): Promise<RpcReply> {
  const response = await fetch(node, {
    method: 'POST',
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
    headers: { 'content-type': 'application/json' },
    signal,
  })
  return (await response.json()) as RpcReply
}

function end(span: Span): void {
  span.to = Math.min(span.to, performance.now())
}

/** The largest number of spans of which no two overlap: by the earliest end, greedily. */
function disjoint(spans: readonly Span[]): number {
  let count = 0
  let end = -Infinity
  for (const { from, to } of [...spans].sort((a, b) => a.to - b.to)) {
    if (from < end) continue
    count += 1
    end = to
  }
  return count
}
