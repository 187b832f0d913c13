/** Defends fetching where no host is: whatever a runtime's own `fetch` does, nothing hangs and the cause is kept. */
import { expect } from 'chai'
import { cidOf } from '../../src/ipfs/cid.ts'
import { fetchBlock } from '../../src/ipfs/gateway.ts'
import type { FetchLike } from '../../src/ipfs/gateway.ts'
import { utf8 } from '../../src/primitives/bytes.ts'
import { FormatError, UnavailableError } from '../../src/primitives/errors.ts'

const CID = cidOf(utf8('a sealed document'))

async function codeOf(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(
    () => undefined,
    (e: unknown) => e,
  )
  if (error instanceof UnavailableError) return `unavailable: ${error.code}`
  return error instanceof FormatError ? `format: ${error.code}` : 'no error that we know'
}

describe('through any fetch,', () => {
  const cancelled: string[] = []
  const endless =
    (name: string): FetchLike =>
    () =>
      Promise.resolve({
        status: name === 'refused' ? 500 : 200,
        body: {
          getReader: () => ({
            read: () => Promise.resolve({ done: false, value: new Uint8Array(65_536) }),
            cancel: () => {
              cancelled.push(name)
              return Promise.reject(new Error('already closed'))
            },
          }),
        },
      })

  it('a body that is not wanted is cancelled, and cannot fail any more', async () => {
    expect(await codeOf(fetchBlock(endless('long'), 'https://a.example', CID))).to.contain(
      'damaged',
    )
    expect(await codeOf(fetchBlock(endless('refused'), 'https://a.example', CID))).to.contain(
      'bad-answer',
    )
    expect(cancelled).to.deep.equal(['long', 'refused'])
  })

  it('an answer without a body is one of no bytes', async () => {
    const none: FetchLike = () => Promise.resolve({ status: 200, body: null })
    expect(await codeOf(fetchBlock(none, 'https://a.example', CID))).to.equal(
      'format: block-damaged',
    )
    const nothing: FetchLike = () => Promise.resolve({ status: 404, body: null })
    expect(await codeOf(fetchBlock(nothing, 'https://a.example', CID))).to.contain('not-found')
  })

  it('what it throws is kept as the cause', async () => {
    const cause = new TypeError('fetch failed')
    const failing: FetchLike = () => Promise.reject(cause)
    const error: unknown = await fetchBlock(failing, 'https://a.example', CID).catch(
      (e: unknown) => e,
    )
    expect(error).to.be.instanceOf(UnavailableError).and.to.include({ code: 'unreachable', cause })
  })
})
