/** Ports of the loopback interface. */

import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

/**
 * Systems take the local port of an outgoing connection from 32768 (Linux) or 49152 (RFC 6335, section 6) upwards: a
 * port from there that is free today may be some connection's tomorrow, when a chain or a server is started on it anew.
 * Of those below, browsers open no page on 10080 and less (fetch.spec.whatwg.org, "bad port").
 */
const LOWEST = 10_081
const HIGHEST = 32_767
/** So many taken ones in a row mean that something other than chance is wrong. */
const TRIES = 100

/** A port of the loopback interface that is free now, of those that no outgoing connection takes. */
export async function freePort(): Promise<number> {
  for (let i = 0; i < TRIES; i += 1) {
    const port = randomInt(LOWEST, HIGHEST + 1)
    if (await isFree(port)) return port
  }
  throw new Error(`no port between ${LOWEST} and ${HIGHEST} of the loopback interface can be used`)
}

/** Whether nobody listens on this port now. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => {
      resolve(false)
    })
    server.listen(port, '127.0.0.1', () => {
      server.close(() => {
        resolve(true)
      })
    })
  })
}
