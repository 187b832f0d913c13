/** Defends the process against a database that ends a connection in the moment in which it makes it ready. */
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { expect } from 'chai'
import { UnavailableError } from '../../../src/index.ts'
import { PostgresDatabase } from '../../../server/storage/postgres-database.ts'
import { thrown } from '../../support/errors.ts'

/** A message of the protocol: its letter, its length, its content (PostgreSQL manual, "Message Formats"). */
function message(letter: string, content: Buffer): Buffer {
  const head = Buffer.alloc(5)
  head.write(letter)
  head.writeInt32BE(4 + content.length, 1)
  return Buffer.concat([head, content])
}

const READY_AND_GONE = Buffer.concat([
  message('R', Buffer.alloc(4)),
  message('Z', Buffer.from('I')),
  message('E', Buffer.from('SFATAL\0C57P01\0Mterminating connection\0\0')),
])

describe('a connection that is ended as it is made ready', () => {
  it('is a database that is away, and ends nothing else', async () => {
    const server = createServer((socket) => {
      socket.once('data', () => {
        socket.write(READY_AND_GONE)
        socket.end()
      })
      socket.on('error', () => undefined)
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const url = `postgres://u:p@127.0.0.1:${port}/d`
    const database = new PostgresDatabase({ url, member: 'm' })
    try {
      expect(await thrown(database.one('SELECT 1'))).to.be.instanceOf(UnavailableError)
    } finally {
      await database.close()
      server.close()
    }
  })
})
