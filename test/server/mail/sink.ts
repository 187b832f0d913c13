/** A mail server for tests: keeps what it is given, and says what a test tells it to say. */
import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import { connect, createServer } from 'node:net'
import { SMTPServer } from 'smtp-server'
import type { SMTPServerOptions } from 'smtp-server'

export type Sink = {
  readonly port: number
  /** Letters as they came, headers and all. */
  readonly letters: string[]
  /** What to answer to a recipient and to a letter from now on: undefined accepts, a number refuses with it. */
  answer: { recipient?: number | undefined; letter?: number | undefined }
  close(): Promise<void>
}

export async function openSink(options: SMTPServerOptions = {}): Promise<Sink> {
  const letters: string[] = []
  const sink: Pick<Sink, 'answer'> = { answer: {} }
  const refusal = (responseCode: number): Error =>
    Object.assign(new Error('refused by the test'), { responseCode })
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: options.key === undefined ? ['STARTTLS', 'AUTH'] : ['AUTH'],
    disableReverseLookup: true,
    ...options,
    onRcptTo: (_address, _session, done) => {
      const { recipient } = sink.answer
      done(recipient === undefined ? undefined : refusal(recipient))
    },
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const { letter } = sink.answer
        if (letter === undefined) letters.push(Buffer.concat(chunks).toString('utf8'))
        done(letter === undefined ? undefined : refusal(letter))
      })
    },
  })
  server.on('error', () => undefined)
  const listening = server.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  return Object.assign(sink, {
    port: (listening.address() as AddressInfo).port,
    letters,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => {
          resolve()
        })
      }),
  })
}

/** Between a client and a mail server: cuts the line once a letter has gone through, before its answer comes back. */
export async function cuttingProxy(
  target: number,
): Promise<{ readonly port: number; close(): Promise<void> }> {
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1')
    let sent = ''
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => sockets.delete(socket))
    }
    client.on('data', (chunk: Buffer) => {
      sent += chunk.toString('latin1')
      upstream.write(chunk)
    })
    upstream.on('data', (chunk: Buffer) => {
      if (!sent.endsWith('\r\n.\r\n')) client.write(chunk)
      else for (const socket of [client, upstream]) socket.destroy()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
