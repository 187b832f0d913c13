/** Times in the API: RFC 3339 in UTC. */

import { z } from 'zod'

export const moment = z.iso.datetime().meta({ description: 'RFC 3339, UTC' })

/** From milliseconds since 1970. */
export function printMoment(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}
