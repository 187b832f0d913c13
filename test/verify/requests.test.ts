/** Defends the learner against those who are asked: what a verifier or a holder sends tells them nothing of the content. */
import { expect } from 'chai'
import {
  base64urlOf,
  cidOf,
  fetchBlock,
  fetchServerKey,
  gather,
  hexOf,
  serverKeyAuthOf,
  utf8,
} from '../../src/index.ts'
import type { FetchLike, Request } from '../../src/index.ts'
import { bytesFor } from '../support/ledger.ts'
import { providerOf } from '../support/provider.ts'
import { ACCREDITOR, certificateAt, HEAD_TIME, ledgerOf, policyOf } from '../support/world.ts'

describe('what a provider is asked', () => {
  it('holds no claim, salt or commitment of the certificate', async () => {
    const asked: string[] = []
    const honest = providerOf(ledgerOf(), { headTime: HEAD_TIME })
    const request: Request = (call) => {
      asked.push(JSON.stringify(call))
      return honest(call)
    }
    const accreditors = [{ account: `eip155:31337:${ACCREDITOR}`, name: 'Ministry' }]
    const certificate = certificateAt(1)
    await gather(certificate, policyOf({ issuers: [], accreditors }), {
      connect: () => request,
      delay: () => new Promise(() => undefined),
    })
    const text = asked.join('\n')
    expect(text).to.include('eth_getStorageAt').and.include('eth_getLogs')
    const subject = certificate.credential['credentialSubject'] as Record<string, unknown>
    const claims = ['givenName', 'familyName', 'email', 'birthDate', 'id'].map((name) =>
      String(subject[name]),
    )
    const secrets = [certificate.salt, ...certificate.disclosed.values()]
    for (const one of [...claims, ...secrets]) expect(text).not.to.include(one)
  })
})

describe('what the host of a link is asked', () => {
  it('holds no link secret, in no spelling', async () => {
    const linkSecret = bytesFor('link secret')
    const block = utf8('a block')
    const key = base64urlOf(bytesFor('server key'))
    const asked: string[] = []
    const fetch: FetchLike = (url, init) => {
      asked.push(JSON.stringify([url, init]))
      return Promise.resolve(answerOf(url.includes('/k/') ? utf8(key) : block))
    }
    await fetchBlock(fetch, 'https://host.example', cidOf(block))
    const auth = serverKeyAuthOf(linkSecret)
    await fetchServerKey(fetch, 'https://host.example', cidOf(block), auth)
    const text = asked.join('\n')
    expect(text).to.include(base64urlOf(auth))
    for (const spelling of [base64urlOf(linkSecret), hexOf(linkSecret).slice(2)]) {
      expect(text.toLowerCase()).not.to.include(spelling.toLowerCase())
    }
  })
})

function answerOf(bytes: Uint8Array): Awaited<ReturnType<FetchLike>> {
  const chunks = [bytes]
  const read = () => {
    const value = chunks.shift()
    return Promise.resolve({ done: value === undefined, value })
  }
  return { status: 200, body: { getReader: () => ({ read, cancel: () => Promise.resolve() }) } }
}
