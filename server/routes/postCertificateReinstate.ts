import { changeRoute } from './changeRoute.ts'

/** `POST /api/v1/certificates/<cid>/reinstate`: a certificate that is suspended. */
export const postCertificateReinstate = changeRoute(
  'reinstate',
  'postCertificateReinstate',
  'Reinstate a certificate',
)
