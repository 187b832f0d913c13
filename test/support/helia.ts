/** A client of IPFS that nobody here wrote, pointed at one gateway on loopback and at nothing else. */
import { withHTTP } from '@helia/http'
import { expect } from 'chai'
import type { CID } from 'multiformats/cid'

/** What a block broker of Helia is asked: bytes that pass the check that the caller brings, from any gateway. */
export type Broker = {
  retrieve(
    cid: CID,
    options: { validateFn: (bytes: Uint8Array) => Promise<void>; signal: AbortSignal },
  ): Promise<Uint8Array>
}

/** The parts that `withHTTP` adds to a node: who has blocks (our server alone), and how they are fetched. */
export function heliaAt(url: string): Broker {
  let routing: unknown
  let broker: ((components: unknown) => Broker) | undefined
  const nothing = Object.assign(() => undefined, { trace: () => undefined, error: () => undefined })
  const node = {
    addRouter: (router: unknown) => (routing = router),
    hasBlockBroker: () => false,
    addBlockBroker: (made: (components: unknown) => Broker) => (broker = made),
  }
  withHTTP(node as unknown as Parameters<typeof withHTTP>[0], {
    delegatedRouters: [],
    recursiveGateways: [url],
    allowInsecure: true,
    allowLocal: true,
  })
  const logger = { forComponent: () => nothing }
  return broker?.({ routing, logger }) ?? expect.fail('Helia has a broker')
}
