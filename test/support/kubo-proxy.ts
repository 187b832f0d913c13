/** A Kubo that fails on demand: an HTTP server on loopback between the code under test and a real daemon's RPC. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What becomes of one call: its answer is another, never comes, is cut off, or is lost after Kubo has done it. */
export type KuboFault =
  | { readonly kind: 'hang' | 'reset' | 'lost' }
  | { readonly kind: 'status'; readonly status: number; readonly body: string }
  | { readonly kind: 'change'; readonly change: (body: Buffer) => Buffer }
  /** Done before the call goes on to Kubo. */
  | { readonly kind: 'before'; readonly work: () => Promise<void> }

export type KuboProxy = {
  readonly url: string
  /** Fails from now on at every call of this name (`block/put`), or at all. */
  fail(fault: KuboFault, call?: string): void
  reset(): void
  /** How often each call was made since the last reset. */
  readonly calls: ReadonlyMap<string, number>
  close(): Promise<void>
}

/** `target` gives the daemon's URL of the moment. */
export async function openKuboProxy(target: () => string): Promise<KuboProxy> {
  const faults = new Map<string | undefined, KuboFault>()
  const calls = new Map<string, number>()
  const server = createServer((request, response) => {
    const call = new URL(request.url ?? '', 'http://x').pathname.replace('/api/v0/', '')
    calls.set(call, (calls.get(call) ?? 0) + 1)
    const fault = faults.get(call) ?? faults.get(undefined)
    pass(request, response, target(), fault).catch(() => response.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    fail: (fault, call) => void faults.set(call, fault),
    reset: () => {
      faults.clear()
      calls.clear()
    },
    calls,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function pass(
  request: IncomingMessage,
  response: ServerResponse,
  target: string,
  fault: KuboFault | undefined,
): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  if (fault?.kind === 'hang') return
  if (fault?.kind === 'reset') {
    request.socket.resetAndDestroy()
    return
  }
  if (fault?.kind === 'status') {
    response.writeHead(fault.status, { 'content-type': 'application/json' }).end(fault.body)
    return
  }
  if (fault?.kind === 'before') await fault.work()
  const type = request.headers['content-type']
  const answer = await fetch(`${target}${request.url ?? ''}`, {
    method: 'POST',
    headers: type === undefined ? {} : { 'content-type': type },
    ...(chunks.length === 0 ? {} : { body: Buffer.concat(chunks) }),
  })
  const body = Buffer.from(await answer.arrayBuffer())
  if (fault?.kind === 'lost') {
    request.socket.resetAndDestroy()
    return
  }
  const kind = answer.headers.get('content-type')
  response.writeHead(answer.status, kind === null ? {} : { 'content-type': kind })
  response.end(fault?.kind === 'change' ? fault.change(body) : body)
}
