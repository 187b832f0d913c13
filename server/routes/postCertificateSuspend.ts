import { changeRoute } from './changeRoute.ts'

/** `POST /api/v1/certificates/<cid>/suspend`: until it is reinstated. */
export const postCertificateSuspend = changeRoute(
  'suspend',
  'postCertificateSuspend',
  'Suspend a certificate',
)
