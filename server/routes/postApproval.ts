import { decisionRoute } from './decisionRoute.ts'

/** A second person lets a batch go on: another key than the one that asked for it. */
export const postApproval = decisionRoute(
  'approve',
  'approval',
  'postApproval',
  'Approve a batch that awaits it',
)
