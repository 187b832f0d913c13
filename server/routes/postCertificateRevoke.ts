import { changeRoute } from './changeRoute.ts'

/** `POST /api/v1/certificates/<cid>/revoke`: for good. */
export const postCertificateRevoke = changeRoute(
  'revoke',
  'postCertificateRevoke',
  'Revoke a certificate',
)
