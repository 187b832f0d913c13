/** HTTP over kept connections with as little work for each request as can be: the generator shares its machine. */
import { once } from 'node:events'
import { connect } from 'node:net'
import type { Socket } from 'node:net'

export type Answer = { readonly status: number; readonly ms: number }

export type Lane = {
  /** One request at a time. Rejects where the connection ends before the answer does. */
  ask(request: Uint8Array): Promise<Answer>
  /** The server has not ended the connection, as it does with one that is idle. */
  readonly isOpen: boolean
  end(): void
}

/** The bytes of a request; `client` is the address that a proxy would name. */
export function requestOf(
  method: 'GET' | 'POST',
  path: string,
  client: string,
  body: Uint8Array = new Uint8Array(),
): Uint8Array {
  const head = [
    `${method} ${path} HTTP/1.1`,
    'host: bench.example',
    `x-forwarded-for: ${client}`,
    ...(method === 'POST'
      ? ['content-type: application/vc', `content-length: ${body.length}`]
      : []),
  ]
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body])
}

/** A client of its own for every `n`-th request: nobody asks more often than the server lets one. */
export function clientAt(n: number): string {
  return `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`
}

export async function openLane(url: string): Promise<Lane> {
  const { hostname, port } = new URL(url)
  const socket = connect({ host: hostname, port: Number(port), noDelay: true })
  await once(socket, 'connect')
  return laneOn(socket)
}

function laneOn(socket: Socket): Lane {
  let read = Buffer.alloc(0)
  let waiting: { answer: (status: number) => void; fail: (error: Error) => void } | undefined
  socket.on('data', (bytes) => {
    read = read.length === 0 ? bytes : Buffer.concat([read, bytes])
    const status = wholeIn(read)
    if (status === undefined) return
    read = Buffer.alloc(0)
    waiting?.answer(status)
  })
  const gone = (): void => {
    waiting?.fail(new Error('the connection ended'))
  }
  socket.on('error', gone)
  socket.on('close', gone)
  return {
    get isOpen() {
      return !socket.destroyed && socket.writable && !socket.readableEnded
    },
    ask: async (request) => {
      if (socket.destroyed) throw new Error('the connection has ended')
      const since = performance.now()
      const answered = new Promise<number>((answer, fail) => (waiting = { answer, fail }))
      socket.write(request)
      try {
        return { status: await answered, ms: performance.now() - since }
      } finally {
        waiting = undefined
      }
    },
    end: () => socket.destroy(),
  }
}

/** The status, once the answer is there to its last byte. */
function wholeIn(read: Buffer): number | undefined {
  const end = read.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const head = read.toString('latin1', 0, end)
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1]
  if (length === undefined) throw new Error('an answer without its length')
  return read.length < end + 4 + Number(length) ? undefined : Number(head.slice(9, 12))
}

export type Figures = {
  readonly requests: number
  readonly errors: number
  readonly seconds: number
  readonly p50: number
  readonly p99: number
}

/** What the answers come to; whatever is no 200 is an error, whether refused, failed or cut. */
export function figuresOf(answers: readonly Answer[], seconds: number): Figures {
  const times = answers.map(({ ms }) => ms).sort((a, b) => a - b)
  const at = (share: number): number => times[Math.floor(times.length * share)] ?? 0
  const errors = answers.filter(({ status }) => status !== 200).length
  return { requests: answers.length, errors, seconds, p50: at(0.5), p99: at(0.99) }
}

/** So many requests over so many connections, each of which asks again as soon as it is answered. */
export async function flood(
  url: string,
  connections: number,
  requests: number,
  requestAt: (n: number) => Uint8Array,
): Promise<Figures> {
  const lanes = await Promise.all(Array.from({ length: connections }, () => openLane(url)))
  const answers: Answer[] = []
  let next = 0
  const since = performance.now()
  await Promise.all(
    lanes.map(async (first) => {
      let lane = first
      for (let n = next++; n < requests; n = next++) {
        try {
          answers.push(await lane.ask(requestAt(n)))
        } catch {
          answers.push({ status: 0, ms: performance.now() - since })
          lane = await openLane(url)
        }
      }
      lane.end()
    }),
  )
  return figuresOf(answers, (performance.now() - since) / 1000)
}

/** So many requests a second, whether or not those before are answered. */
export async function pour(
  url: string,
  perSecond: number,
  seconds: number,
  requestAt: (n: number) => Uint8Array,
): Promise<Figures> {
  let free: Lane[] = []
  const open: Promise<void>[] = []
  const answers: Answer[] = []
  const one = async (n: number): Promise<void> => {
    free = free.filter(({ isOpen }) => isOpen)
    const lane = free.pop() ?? (await openLane(url))
    answers.push(await lane.ask(requestAt(n)).catch(() => ({ status: 0, ms: Infinity })))
    free.push(lane)
  }
  const since = performance.now()
  for (let n = 0; n < perSecond * seconds; n += 1) {
    const early = since + (n * 1000) / perSecond - performance.now()
    if (early > 0) await new Promise((resolve) => setTimeout(resolve, early))
    open.push(one(n))
  }
  await Promise.all(open)
  for (const lane of free) lane.end()
  return figuresOf(answers, (performance.now() - since) / 1000)
}
