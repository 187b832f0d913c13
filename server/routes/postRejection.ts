import { decisionRoute } from './decisionRoute.ts'

/** A batch that awaits approval is deleted with its rows; who and when stays. */
export const postRejection = decisionRoute(
  'reject',
  'rejection',
  'postRejection',
  'Reject a batch that awaits approval',
)
