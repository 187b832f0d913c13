import { z } from 'zod'
import { noBody } from '../http/body.ts'
import { json } from '../http/reply.ts'
import { moment, printMoment } from './moment.ts'
import { NONE, route } from './route.ts'
import { shareId, UNLISTED } from './share.ts'

const schema = z.strictObject({
  id: shareId,
  presentation: z.string().meta({ description: 'Its text; the verdict on it is the reader’s' }),
  createdAt: moment,
  expiresAt: moment.nullable(),
})

/** `GET /api/v1/shares/<id>`: what its holder shows. That it was asked for is counted, and nothing of who asked. */
export const getShare = route({
  method: 'GET',
  path: '/api/v1/shares/:shareId',
  name: 'getShare',
  summary: 'A presentation that its holder published',
  access: 'public',
  rate: 'default',
  foreign: true,
  params: z.strictObject({ shareId }),
  query: NONE,
  body: noBody(),
  responses: { 200: { description: 'The presentation.', schema } },
  problems: ['not-found', 'gone'],
  handle: async ({ params }, { sharing }) => {
    const { id, presentation, createdAt, expiresAt } = await sharing.open(params.shareId)
    const share = {
      id,
      presentation: new TextDecoder().decode(presentation),
      createdAt: printMoment(createdAt),
      expiresAt: expiresAt === undefined ? null : printMoment(expiresAt),
    }
    return json(share, 200, UNLISTED)
  },
})
