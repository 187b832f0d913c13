/** Defends that a client which sends too slowly, or stops, is told so, and one whom we keep waiting is not. */
import { once } from 'node:events'
import { createServer, request as httpRequest } from 'node:http'
import type { IncomingMessage, RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'chai'
import { intakeOf, streamBody } from '../../../server/http/body.ts'
import { Refusal } from '../../../server/http/problems.ts'

const PATIENCE = { startMs: 300, bytesPerSecond: 1e9 }

/** What reading said of a body that is sent in these parts, with a pause before each. */
async function reading(pauseMs: number, parts: readonly string[], handlerMs = 0): Promise<string> {
  const read = async (request: IncomingMessage): Promise<string> => {
    try {
      let text = ''
      const body = streamBody(['text/csv'], 100)
      for await (const chunk of intakeOf(request, body, PATIENCE).chunks) {
        await wait(handlerMs)
        text += Buffer.from(chunk).toString()
      }
      return text
    } catch (error) {
      return error instanceof Refusal ? error.code : String(error)
    }
  }
  const listener: RequestListener = (request, response) => {
    void read(request).then((text) => response.end(text))
  }
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const headers = { 'content-type': 'text/csv' }
  const sent = httpRequest({ port, host: '127.0.0.1', method: 'POST', headers })
  sent.on('error', () => undefined)
  const answered = once(sent, 'response') as Promise<[IncomingMessage]>
  for (const part of parts) {
    sent.write(part)
    await wait(pauseMs)
  }
  if (pauseMs < PATIENCE.startMs) sent.end()
  const [response] = await answered
  let text = ''
  for await (const chunk of response) text += String(chunk)
  sent.destroy()
  server.close()
  return text
}

describe('a body that comes slowly', () => {
  it('is read where each part comes in time', async () => {
    expect(await reading(5, ['a', 'b', 'c'])).to.equal('abc')
  })

  it('is refused where nothing more comes', async () => {
    expect(await reading(400, ['a'])).to.equal('timeout')
  })

  it('is not refused for the time that its handler takes', async () => {
    expect(await reading(1, ['a', 'b', 'c'], 150)).to.equal('abc')
  })
})
