/** Defends the ports that data folders are given: free today, and no outgoing connection's tomorrow. */
import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect } from 'chai'
import { freePort, isFree } from '../../../server/chain/port.ts'

describe('a free port', () => {
  it('is one that nobody listens on, and below those of outgoing connections', async () => {
    const ports = await Promise.all(Array.from({ length: 200 }, freePort))
    for (const port of ports) expect(port).to.be.within(10_081, 32_767)
    expect(new Set(ports).size).to.be.above(100)
  })

  it('is not free while somebody listens on it', async () => {
    const port = await freePort()
    const server = createServer().listen(port, '127.0.0.1')
    await once(server, 'listening')
    expect(await isFree(port)).to.equal(false)
    server.close()
    await once(server, 'close')
    expect(await isFree(port)).to.equal(true)
  })
})
