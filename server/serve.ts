/** Listening, with limits on how long a client may take, and a clean end. */

import { once } from 'node:events'
import { createServer } from 'node:http'
import { UnavailableError } from '../src/index.ts'
import { appOf, loggerOf } from './app.ts'
import type { RouteContext } from './routes/context.ts'

export type Served = {
  /** `http://<host>:<port>` */
  readonly url: string
  /** Answers what is under way, for at most ten seconds, and listens no more. */
  close(): Promise<void>
}

const HEADERS_TIMEOUT = 10_000
const REQUEST_TIMEOUT = 30_000
const DRAIN_TIMEOUT = 10_000
const MAX_CONNECTIONS = 2000

/** Throws `UnavailableError` where the port is taken. */
export async function startServer(
  options: RouteContext & {
    readonly log: (line: string) => void
    readonly host: string
    readonly port: number
  },
): Promise<Served> {
  const { host, log } = options
  const server = createServer(
    {
      headersTimeout: HEADERS_TIMEOUT,
      requestTimeout: REQUEST_TIMEOUT,
      keepAliveTimeout: 5000,
      connectionsCheckingInterval: 2000,
      maxHeaderSize: 16 * 1024,
    },
    appOf(options, loggerOf(log)),
  )
  server.maxConnections = MAX_CONNECTIONS
  server.listen(options.port, host)
  await once(server, 'listening').catch((cause: unknown) => {
    throw new UnavailableError('refused', `port ${options.port} of ${host} is taken`, { cause })
  })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : options.port
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    close: async () => {
      if (!server.listening) return
      const closed = once(server, 'close')
      server.close()
      server.closeIdleConnections()
      const late = setTimeout(() => {
        server.closeAllConnections()
      }, DRAIN_TIMEOUT)
      await closed
      clearTimeout(late)
    },
  }
}
