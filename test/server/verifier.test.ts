import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'chai'
import { Refusal } from '../../server/http/problems.ts'
import { verifierOf } from '../../server/verifier.ts'
import { FormatError, printCertificate, utf8 } from '../../src/index.ts'
import { thrown } from '../support/errors.ts'
import { Ledger } from '../support/ledger.ts'
import { providerOf } from '../support/provider.ts'
import { certificateAt, credentialJson, HEAD_TIME, issueBatch, policyOf } from '../support/world.ts'

/** A certificate of a batch of its own. */
function bytesOfBatch(label: string): Uint8Array {
  const { certificates } = issueBatch([credentialJson(0), credentialJson(1)], { label })
  return printCertificate(certificates[0] ?? expect.fail())
}

describe('the verifier of the server', () => {
  const policy = policyOf({ providers: { '31337': [] } })
  const bytes = printCertificate(certificateAt(0))

  it('has a verdict on bytes that do not parse', async () => {
    const { outcome, checks } = await verifierOf(policy, Date.now).verdictOn(utf8('{'))
    expect([outcome, checks.integrity.outcome]).to.deep.equal(['invalid', 'failed'])
  })

  it('calls no certificate invalid for a fault of ours after it was parsed', async () => {
    let calls = 0
    const now = (): number => {
      calls += 1
      if (calls === 1) throw new FormatError('out-of-range', 'now', 'the clock is broken')
      return HEAD_TIME * 1000
    }
    const error = await verifierOf(policy, now)
      .verdictOn(bytes)
      .catch((e: unknown) => e)
    expect(error).to.be.instanceOf(FormatError)
    const { outcome } = await verifierOf(policy, () => HEAD_TIME * 1000).verdictOn(bytes)
    expect(outcome).to.equal('undetermined')
  })

  it('turns away at once what is more than it can judge soon', async () => {
    let answer = (): void => undefined
    const isHeld = new Promise<void>((resolve) => (answer = resolve))
    const { url, close } = await provider(() => isHeld)
    try {
      const slow = policyOf({ providers: { '31337': [url] } })
      const now = (): number => HEAD_TIME * 1000
      const verifier = verifierOf(slow, now, { running: 1, waiting: 2 })
      const [one, other, third] = ['a', 'b', 'c'].map(bytesOfBatch)
      if (one === undefined || other === undefined || third === undefined) expect.fail()
      const first = verifier.verdictOn(one)
      const second = verifier.verdictOn(other)
      expect([verifier.queue.running, verifier.queue.waiting]).to.deep.equal([1, 2])
      const refused = await thrown(verifier.verdictOn(third))
      expect(refused).to.be.instanceOf(Refusal).and.include({ code: 'busy', retryAfter: 1 })
      answer()
      await Promise.all([first, second])
      expect([verifier.queue.running, verifier.queue.waiting]).to.deep.equal([0, 0])
      expect((await verifier.verdictOn(third)).inaltera).to.equal('verdict/1')
    } finally {
      await close()
    }
  })

  it('holds no more bytes of those who wait than it may', async () => {
    let answer = (): void => undefined
    const isHeld = new Promise<void>((resolve) => (answer = resolve))
    const { url, close } = await provider(() => isHeld)
    try {
      const slow = policyOf({ providers: { '31337': [url] } })
      const waitingBytes = 2 * bytes.length - 1
      const verifier = verifierOf(slow, () => HEAD_TIME * 1000, { waitingBytes })
      const first = verifier.verdictOn(bytes)
      expect(await thrown(verifier.verdictOn(bytes))).to.include({ code: 'busy' })
      answer()
      await first
      // What is warm waits for nothing.
      await Promise.all([verifier.verdictOn(bytes), verifier.verdictOn(bytes)])
    } finally {
      await close()
    }
  })

  it('asks a provider for a crowd what it asks for one', async () => {
    const { url, asked, close } = await provider(() => wait(30))
    try {
      const now = (): number => HEAD_TIME * 1000
      const verifier = verifierOf(policyOf({ providers: { '31337': [url] } }), now)
      await verifier.verdictOn(bytes)
      const forOne = asked()
      const crowd = Array.from({ length: 60 }, (_, i) => printCertificate(certificateAt(i % 3)))
      await Promise.all(crowd.map((one) => verifier.verdictOn(one)))
      expect(forOne).to.be.greaterThan(0)
      expect(asked() - forOne).to.be.at.most(forOne * 4)
    } finally {
      await close()
    }
  })
})

/** A provider over HTTP that answers once `held` lets it. */
async function provider(held: () => Promise<unknown>): Promise<{
  readonly url: string
  readonly asked: () => number
  readonly close: () => Promise<void>
}> {
  let asked = 0
  const answer = providerOf(new Ledger(), { headTime: HEAD_TIME })
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Uint8Array[] = []
      for await (const chunk of request) chunks.push(chunk as Uint8Array)
      const call = JSON.parse(Buffer.concat(chunks).toString()) as { id: number } & Parameters<
        typeof answer
      >[0]
      asked += 1
      await held()
      const result = await answer(call).catch(() => null)
      response.end(JSON.stringify({ jsonrpc: '2.0', id: call.id, result }))
    })()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: () => asked,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
