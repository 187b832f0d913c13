import { z } from 'zod'

/** What a row says of its learner; members that the template does not fill are absent. */
export const learnerSchema = z
  .strictObject({
    name: z.string().optional(),
    email: z.string().optional(),
    externalId: z.string().optional(),
  })
  .meta({ id: 'Learner', title: 'A learner' })
