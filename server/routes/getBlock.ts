import type { Request, RequestHandler } from 'express'
import { parseCid } from '../../src/index.ts'
import { BlockError } from '../ipfs/documents.ts'
import type { RouteContext } from './context.ts'
import { Refusal } from './problems.ts'

const RAW = 'application/vnd.ipld.raw'
const FOR_EVER = 'public, max-age=29030400, immutable'

/**
 * `GET /ipfs/<cid>`: one block of ciphertext as a trustless gateway gives it
 * (https://specs.ipfs.tech/http-gateways/trustless-gateway/), which the caller hashes; we did so before.
 */
export function getBlock(context: RouteContext): RequestHandler {
  return async (request, response) => {
    const { text: cid } = parseCid(request.params['cid'], 'cid')
    if (!wantsRaw(request)) {
      throw new Refusal('not-acceptable', `ask with ?format=raw or Accept: ${RAW}`)
    }
    const etag = `"${cid}.raw"`
    response.setHeader('vary', 'accept')
    if (request.headers['if-none-match'] === etag) {
      response.status(304).end()
      return
    }
    const bytes = await blockOf(context, cid)
    response.setHeader('content-type', RAW)
    response.setHeader('content-disposition', `attachment; filename="${cid}.bin"`)
    response.setHeader('cache-control', FOR_EVER)
    response.setHeader('etag', etag)
    response.setHeader('x-ipfs-path', `/ipfs/${cid}`)
    response.setHeader('access-control-allow-origin', '*')
    response.setHeader('cross-origin-resource-policy', 'cross-origin')
    // As a Buffer: Express would print a plain array of bytes as JSON.
    response.send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  }
}

function wantsRaw(request: Request): boolean {
  const format = request.query['format']
  if (format !== undefined) return format === 'raw'
  return (request.headers.accept ?? '').split(',').some((type) => type.trim().startsWith(RAW))
}

async function blockOf(context: RouteContext, cid: string): Promise<Uint8Array> {
  await refuseErased(context, cid)
  try {
    return await readBlock(context, cid)
  } finally {
    // It may have been erased while it was read.
    await refuseErased(context, cid)
  }
}

async function refuseErased({ store }: RouteContext, cid: string): Promise<void> {
  if ((await store.findTombstone(cid)) === undefined) return
  throw new Refusal('gone', 'this document was erased by its issuer')
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
