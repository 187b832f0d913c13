/** A provider far away: a node's answers, each so many milliseconds later, and a count of what was asked. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

export type FarProvider = {
  readonly url: string
  readonly calls: () => number
  close(): Promise<void>
}

export async function farProviderOf(node: string, latencyMs: number): Promise<FarProvider> {
  let calls = 0
  const server = createServer((request, response) => {
    calls += 1
    forward(node, request, latencyMs).then(
      (answer) => {
        response.setHeader('content-type', 'application/json')
        response.end(answer)
      },
      () => response.destroy(),
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls: () => calls,
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

async function forward(node: string, request: IncomingMessage, latencyMs: number): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of request) chunks.push(chunk as Uint8Array)
  const headers = { 'content-type': 'application/json' }
  const [response] = await Promise.all([
    fetch(node, { method: 'POST', headers, body: Buffer.concat(chunks) }),
    sleep(latencyMs),
  ])
  return Buffer.from(await response.arrayBuffer())
}
