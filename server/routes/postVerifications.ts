import { z } from 'zod'
import { MAX_BUNDLE_BYTES, parseInstant } from '../../src/index.ts'
import type { Verdict } from '../../src/index.ts'
import { bytesBody } from '../http/body.ts'
import { json } from '../http/reply.ts'
import { NONE, route } from './route.ts'

const TYPES = ['application/json', 'application/vc', 'application/vc+ld+json']

/** `docs/SPEC.md` has the verdict; the members that every one has are checked here. */
const verdict = z
  .looseObject({
    outcome: z.enum(['valid', 'invalid', 'undetermined']),
    checks: z.record(z.string(), z.looseObject({ outcome: z.string() })),
  })
  .meta({ id: 'Verdict', title: 'A verdict' })

/** It leads to its root: whoever made that root made this certificate. */
function isWhole({ checks }: Verdict): boolean {
  const { integrity, inclusion, anchor } = checks
  const leads = integrity.outcome === 'passed' && inclusion.outcome === 'passed'
  return leads && anchor.outcome !== 'failed'
}

/**
 * `POST /api/v1/verifications`: the bytes of a certificate, a presentation or an evidence bundle in, a verdict out: an
 * answer (200) whatever it says. The body is read raw: the library alone parses it.
 */
export const postVerifications = route({
  method: 'POST',
  path: '/api/v1/verifications',
  name: 'postVerifications',
  summary: 'The verdict on a certificate, a presentation or an evidence bundle',
  access: 'public',
  rate: 'verify',
  params: NONE,
  query: z.strictObject({
    asOf: z.string().max(40).optional().meta({ description: 'A moment of the past, RFC 3339' }),
  }),
  body: bytesBody(TYPES, MAX_BUNDLE_BYTES),
  responses: { 200: { description: 'The verdict, whatever it says.', schema: verdict } },
  problems: ['busy'],
  handle: async ({ query, body }, { verifier, metrics, counter }) => {
    const asOf = query.asOf === undefined ? undefined : parseInstant(query.asOf, 'query/asOf')
    const { verdict: found, root } = await verifier.judge(body, asOf)
    metrics.verdict(found.outcome)
    // Of another's batch nothing is kept: the store knows its own by their roots.
    if (root !== undefined && isWhole(found)) counter.count('verified', { root })
    return json(found)
  },
})
