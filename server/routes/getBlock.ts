import { z } from 'zod'
import { parseCid } from '../../src/index.ts'
import { noBody } from '../http/body.ts'
import { Refusal } from '../http/problems.ts'
import { bytes, empty } from '../http/reply.ts'
import { BlockError } from '../ipfs/documents.ts'
import type { RouteContext } from './context.ts'
import { route } from './route.ts'

const RAW = 'application/vnd.ipld.raw'
const FOR_EVER = 'public, max-age=29030400, immutable'

/**
 * `GET /ipfs/<cid>`: one block of ciphertext as a trustless gateway gives it
 * (https://specs.ipfs.tech/http-gateways/trustless-gateway/), which the caller hashes; we did so before.
 */
export const getBlock = route({
  method: 'GET',
  path: '/ipfs/:cid',
  name: 'getBlock',
  summary: 'One block of ciphertext, as a trustless gateway gives it',
  access: 'public',
  rate: 'default',
  params: z.strictObject({ cid: z.string().max(100) }),
  query: z.strictObject({ format: z.string().max(20).optional() }),
  body: noBody(),
  responses: {
    200: { description: 'The bytes, which hash to the CID.', types: [RAW] },
    304: { description: 'The caller has them.' },
  },
  problems: ['not-acceptable', 'not-found', 'gone', 'replaced', 'document-damaged'],
  handle: async ({ params, query, headers }, context) => {
    const { text: cid } = parseCid(params.cid, 'path/cid')
    if (!wantsRaw(query.format, headers.accept)) {
      throw new Refusal('not-acceptable', `ask with ?format=raw or Accept: ${RAW}`)
    }
    const etag = `"${cid}.raw"`
    if (headers['if-none-match'] === etag) return empty(304, { vary: 'accept' })
    return bytes(RAW, await blockOf(context, cid), {
      vary: 'accept',
      'content-disposition': `attachment; filename="${cid}.bin"`,
      'cache-control': FOR_EVER,
      etag,
      'x-ipfs-path': `/ipfs/${cid}`,
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
    })
  },
})

function wantsRaw(format: string | undefined, accept = ''): boolean {
  if (format !== undefined) return format === 'raw'
  return accept.split(',').some((type) => type.trim().startsWith(RAW))
}

async function blockOf(context: RouteContext, cid: string): Promise<Uint8Array> {
  await refuseGone(context, cid)
  try {
    return await readBlock(context, cid)
  } finally {
    // It may have been erased or replaced while it was read.
    await refuseGone(context, cid)
  }
}

async function refuseGone({ store }: RouteContext, cid: string): Promise<void> {
  if ((await store.findTombstone(cid)) !== undefined) {
    throw new Refusal('gone', 'this document was erased by its issuer')
  }
  if ((await store.findReplaced(cid)) === undefined) return
  throw new Refusal('replaced', 'the link to this document was replaced by a new one')
}

async function readBlock({ documents, store }: RouteContext, cid: string): Promise<Uint8Array> {
  try {
    return await documents.get(cid)
  } catch (error) {
    if (!(error instanceof BlockError)) throw error
    // One of ours has a second copy; of others nobody looks for one.
    const certificate = await store.findCertificate(cid)
    const batch = certificate && (await store.findBatch({ id: certificate.batchId }))
    if (batch === undefined || !('manifest' in batch)) throw error
    return documents.get(cid, batch.manifest)
  }
}
