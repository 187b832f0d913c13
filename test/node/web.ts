/** A web of loopback addresses for tests: servers that speak HTTPS by a certificate of their own, and count who comes. */
import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import type { TestCertificate } from './certificate.ts'

export type Serve = (request: IncomingMessage, response: ServerResponse) => void

export interface Site {
  readonly port: number
  /** What to answer from now on. */
  serve(serve: Serve): void
  /** The requests since the last change of what is answered. */
  readonly requests: readonly IncomingMessage[]
  /** The local addresses at which connections came in since then, TLS or not. */
  readonly connections: readonly string[]
  close(): Promise<void>
}

/** Listens on every loopback address, so that a test can tell to which of them a connection went. */
export async function openSite(certificate: TestCertificate): Promise<Site> {
  const requests: IncomingMessage[] = []
  const connections: string[] = []
  let answer: Serve = (_, response) => response.writeHead(500).end()
  const server = createServer(certificate, (request, response) => {
    requests.push(request)
    answer(request, response)
  })
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    connections.push((socket.localAddress ?? '').replace('::ffff:', ''))
    socket.on('close', () => sockets.delete(socket))
  })
  server.on('tlsClientError', () => undefined)
  server.listen(0)
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    requests,
    connections,
    serve: (serve) => {
      answer = serve
      requests.length = 0
      connections.length = 0
    },
    close: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

export function says(
  body: string | Uint8Array,
  status = 200,
  headers: Record<string, string> = {},
): Serve {
  return (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body)
  }
}

/** A DID document that names accounts. */
export function didDocument(...accounts: readonly string[]): string {
  return JSON.stringify({
    id: 'did:web:school.example',
    alsoKnownAs: accounts.map((account) => `did:pkh:${account}`),
  })
}
