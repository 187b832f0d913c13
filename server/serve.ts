/** Listening, with limits on how long a client may take and how many connections it may have, and a clean end. */

import { once } from 'node:events'
import { createServer } from 'node:http'
import type { RequestListener, Server } from 'node:http'
import type { Socket } from 'node:net'
import { UnavailableError } from '../src/index.ts'
import { appOf } from './app.ts'
import type { AppOptions } from './app.ts'
import { clientOf } from './http/limits.ts'
import type { Metrics } from './http/metrics.ts'
import { PROBLEMS, problemOf, Refusal } from './http/problems.ts'
import type { ProblemCode } from './http/problems.ts'

export type Served = {
  /** `http://<host>:<port>` */
  readonly url: string
  /** Of the metrics, where they are configured. */
  readonly metricsUrl: string | undefined
  /** Answers what is under way, for at most twenty seconds, and listens no more. */
  close(): Promise<void>
}

export type At = { readonly host: string; readonly port: number }

const HEADERS_TIMEOUT = 10_000
/** For the longest upload; `server/http/body.ts` is stricter with the slow. */
const REQUEST_TIMEOUT = 15 * 60_000
const DRAIN_TIMEOUT = 20_000
const MAX_CONNECTIONS = 2000
/** Of one address; behind a proxy all have the proxy's, and only the proxy can tell. */
const MAX_PER_CLIENT = 200

/** Throws `UnavailableError` where a port is taken. */
export async function startServer(
  options: Omit<AppOptions, 'ending'> & At & { readonly metricsAt?: At | undefined },
): Promise<Served> {
  const { context, trustProxy = false, metricsAt } = options
  const ending = new AbortController()
  const server = serverOf(appOf({ ...options, ending: ending.signal }), ending.signal)
  if (trustProxy === false) limitClients(server)
  const url = await listen(server, options)
  const metrics = metricsAt && serverOf(metricsListener(context.metrics), ending.signal)
  const metricsUrl = metricsAt && metrics && (await listenOrEnd(metrics, metricsAt, server))
  return {
    url,
    metricsUrl,
    close: async () => {
      ending.abort()
      await Promise.all([drain(server), metrics && drain(metrics)])
    },
  }
}

function serverOf(listener: RequestListener, ending: AbortSignal): Server {
  const server = createServer({
    headersTimeout: HEADERS_TIMEOUT,
    requestTimeout: REQUEST_TIMEOUT,
    keepAliveTimeout: 5000,
    connectionsCheckingInterval: 2000,
    maxHeaderSize: 16 * 1024,
  })
  server.maxConnections = MAX_CONNECTIONS
  server.on('clientError', refuse)
  server.on('request', listener)
  cutIdle(server, ending)
  return server
}

/**
 * At the end, a connection without a request under way is cut at once, and the others when theirs is answered. Node's own
 * `closeIdleConnections` waits for those that never sent anything.
 */
function cutIdle(server: Server, ending: AbortSignal): void {
  const requests = new Map<Socket, number>()
  const change = (socket: Socket, by: number): void => {
    const count = (requests.get(socket) ?? 0) + by
    if (requests.has(socket)) requests.set(socket, count)
    if (count === 0 && ending.aborted) socket.destroySoon()
  }
  server.on('connection', (socket) => {
    requests.set(socket, 0)
    socket.on('close', () => requests.delete(socket))
  })
  server.on('request', ({ socket }, response) => {
    change(socket, 1)
    response.on('close', () => {
      change(socket, -1)
    })
  })
  ending.addEventListener('abort', () => {
    for (const [socket, count] of requests) if (count === 0) socket.destroy()
  })
}

async function listen(server: Server, { host, port }: At): Promise<string> {
  server.listen(port, host)
  await once(server, 'listening').catch((cause: unknown) => {
    throw new UnavailableError('refused', `port ${port} of ${host} is taken`, { cause })
  })
  const address = server.address()
  const found = typeof address === 'object' && address !== null ? address.port : port
  return `http://${host.includes(':') ? `[${host}]` : host}:${found}`
}

async function listenOrEnd(metrics: Server, at: At, server: Server): Promise<string> {
  try {
    return await listen(metrics, at)
  } catch (error) {
    await drain(server)
    throw error
  }
}

/** Lets what is under way end, cuts what does not, and listens no more. Twice is once. */
async function drain(server: Server): Promise<void> {
  if (!server.listening) return
  const closed = once(server, 'close')
  server.close()
  const late = setTimeout(() => {
    server.closeAllConnections()
  }, DRAIN_TIMEOUT)
  await closed
  clearTimeout(late)
}

/** One client cannot take all the connections that there are. */
function limitClients(server: Server): void {
  const open = new Map<string, number>()
  server.on('connection', (socket) => {
    const client = clientOf(socket.remoteAddress)
    const count = (open.get(client) ?? 0) + 1
    open.set(client, count)
    socket.on('close', () => {
      const left = (open.get(client) ?? 1) - 1
      if (left === 0) open.delete(client)
      else open.set(client, left)
    })
    if (count > MAX_PER_CLIENT) socket.destroy()
  })
}

/** What is no HTTP, is too slow or too long is told so and cut; nothing of it is repeated or logged. */
function refuse(error: Error & { readonly code?: string }, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy()
    return
  }
  const code = codeOf(error.code)
  const problem = JSON.stringify(problemOf(new Refusal(code, PROBLEMS[code].meaning)))
  const head = [
    `HTTP/1.1 ${PROBLEMS[code].status} ${code}`,
    'content-type: application/problem+json',
    `content-length: ${Buffer.byteLength(problem)}`,
    'connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${problem}`)
}

function codeOf(code: string | undefined): ProblemCode {
  if (code === 'HPE_HEADER_OVERFLOW') return 'headers-too-large'
  return code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 'timeout' : 'bad-request'
}

/** `GET /metrics`, on a listener of its own that need not be reachable from outside. */
function metricsListener(metrics: Metrics): RequestListener {
  return (request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') {
      response.writeHead(404).end()
      return
    }
    metrics.text().then(
      (text) => response.writeHead(200, { 'content-type': metrics.contentType }).end(text),
      () => response.writeHead(500).end(),
    )
  }
}
