import { z } from 'zod'
import { invariant } from '../../src/index.ts'
import { json } from '../http/reply.ts'
import { MOST_PROBLEMS_NAMED, ROW_CODES } from '../rows/problems.ts'
import { warningSchema } from './batch.ts'
import { NONE, route } from './route.ts'
import { lintSchema, printLint } from './template.ts'
import { rowsBody, uploadOf, uploadQuery } from './upload.ts'
import { count } from './names.ts'

const MOST_ROWS = 1_000_001

const problemSchema = z
  .strictObject({
    code: z.enum(ROW_CODES),
    row: z.int().meta({ description: 'Line of the file, from 1; 0 for the file as a whole' }),
    column: z.string().optional(),
    reason: z.string().optional(),
    first: z.int().optional(),
    message: z.string(),
  })
  .meta({ id: 'RowProblem', title: 'What is wrong with a row' })

/** `POST /api/v1/batches/dry-runs`: what would become of these rows. Nothing is kept. */
export const postDryRuns = route({
  method: 'POST',
  path: '/api/v1/batches/dry-runs',
  name: 'postDryRuns',
  summary: 'Try rows out: every fault, every warning, a sample',
  access: 'batches:write',
  rate: 'issue',
  params: NONE,
  query: z.strictObject({
    ...uploadQuery,
    row: count(1, MOST_ROWS, 'The row to show').optional(),
    problems: count(1, MOST_PROBLEMS_NAMED, 'How many problems to name; default 1000').optional(),
  }),
  body: rowsBody,
  responses: {
    200: {
      description: 'Whether the same request would be taken, and why not.',
      schema: z.strictObject({
        isAccepted: z.boolean(),
        needsApproval: z.boolean(),
        size: z.int(),
        problems: z.array(problemSchema),
        more: z.int(),
        warnings: z.array(warningSchema),
        lint: lintSchema,
        sample: z
          .strictObject({ row: z.int(), credential: z.record(z.string(), z.unknown()) })
          .nullable(),
      }),
    },
  },
  problems: ['not-found', 'conflict', 'busy', 'locked'],
  handle: async ({ caller, query, headers, body }, context) => {
    invariant(caller !== undefined, 'a scope has a caller')
    const { batches } = context.as(caller.issuer, caller.keyId)
    const run = await batches.dryRun(uploadOf(body, headers, query), {
      row: query.row,
      mostProblems: query.problems,
    })
    const { isAccepted, needsApproval, size, problems, more, warnings, lint, sample } = run
    return json({
      isAccepted,
      needsApproval,
      size,
      problems,
      more,
      warnings,
      lint: printLint(lint),
      sample: sample ?? null,
    })
  },
})
