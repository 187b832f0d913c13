import type { ServerResponse } from 'node:http'
import { invariant } from '../../src/index.ts'
import { noBody } from '../http/body.ts'
import { stream } from '../http/reply.ts'
import { whileAllowed } from '../http/while-allowed.ts'
import type { BatchView } from '../issuance/overview.ts'
import { printBatch } from './batch.ts'
import { NONE, route } from './route.ts'
import { batchParams } from './names.ts'

/** How often the store is asked what another server did. */
const POLL_MS = 1000
/** So often something is said, so that nobody in between takes the silence for the end. */
const HEARTBEAT_MS = 15_000

/**
 * `GET /api/v1/batches/<id>/events`: server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html),
 * one `batch` now and one after every change, until the batch is final or rejected, or the key or session counts no more.
 */
export const getBatchEvents = route({
  method: 'GET',
  path: '/api/v1/batches/:batchId/events',
  name: 'getBatchEvents',
  summary: 'Progress of a batch as server-sent events',
  access: 'batches:read',
  rate: 'default',
  params: batchParams,
  query: NONE,
  body: noBody(),
  responses: {
    200: {
      description: 'Events `batch`, each with a Batch as JSON.',
      types: ['text/event-stream'],
    },
  },
  problems: ['not-found'],
  handle: async ({ caller, session, params }, context) => {
    invariant(caller !== undefined, 'a scope has a caller')
    const { batches } = context.as(caller.issuer, caller.keyId)
    // What does not exist is refused before the stream begins.
    await batches.view(params.batchId)
    return stream('text/event-stream', async (response, left) => {
      const allowed = whileAllowed({ caller, session }, context)
      const signal = AbortSignal.any([left, allowed.signal])
      try {
        await tell(response, batches.watch(params.batchId, { signal, pollMs: POLL_MS }))
      } finally {
        allowed.stop()
      }
    })
  },
})

async function tell(response: ServerResponse, views: AsyncGenerator<BatchView>): Promise<void> {
  const beat = setInterval(() => {
    response.write(': still here\n\n')
  }, HEARTBEAT_MS)
  try {
    for await (const view of views) {
      response.write(`event: batch\ndata: ${JSON.stringify(printBatch(view))}\n\n`)
    }
  } finally {
    clearInterval(beat)
  }
}
