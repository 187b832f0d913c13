/** Uploads for tests of the service of batches, and what they come to. */
import { expect } from 'chai'
import { IssuingError } from '../../../server/context.ts'
import type { BatchService } from '../../../server/issuance/batches.ts'
import type { BatchView } from '../../../server/issuance/overview.ts'
import { utf8 } from '../../../src/index.ts'
import { thrown } from '../../support/errors.ts'

export async function* streamOf(text: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(utf8(text))
}

/** The code of the `IssuingError` that a call throws, any other error as it is. */
export async function codeOf(work: Promise<unknown>): Promise<unknown> {
  const error = await thrown(work)
  return error instanceof IssuingError ? error.code : error
}

/** Every view that is told of a batch, until it is anchored. */
export async function viewsOf(service: BatchService, id: string): Promise<BatchView[]> {
  const seen: BatchView[] = []
  const signal = AbortSignal.timeout(90_000)
  for await (const view of service.watch(id, { signal, pollMs: 50 })) seen.push(view)
  expect(signal.aborted, 'the batch took too long').to.equal(false)
  return seen
}

/** What issuing gives; where whoever serves took the batch up first, once it is anchored. */
export async function issuedAtLast<T>(
  service: BatchService,
  id: string,
  issue: () => Promise<T>,
): Promise<T> {
  return issue().catch(async (error: unknown) => {
    if (!(error instanceof IssuingError) || error.code !== 'in-progress') throw error
    await viewsOf(service, id)
    return issue()
  })
}
