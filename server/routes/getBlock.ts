import { z } from 'zod'
import { parseCid } from '../../src/index.ts'
import { noBody } from '../http/body.ts'
import { Refusal } from '../http/problems.ts'
import { bytes, empty, piecesOf } from '../http/reply.ts'
import type { Headers, Reply } from '../http/reply.ts'
import { carStream } from '../ipfs/car.ts'
import { depthFirst, linksOf } from '../ipfs/dag.ts'
import { BlockError } from '../ipfs/documents.ts'
import type { Block } from '../ipfs/documents.ts'
import { CAR, etagOf, isKnown, isStrong, PROBE, RAW, wantedOf } from '../ipfs/wanted.ts'
import type { Asked } from '../ipfs/wanted.ts'
import type { RouteContext } from './context.ts'
import { route } from './route.ts'

const FOR_EVER = 'public, max-age=29030400, immutable'
/** A batch loses what is erased of it. */
const FOR_A_WHILE = 'public, max-age=300'

const word = z.string().max(40).optional()

/**
 * `GET /ipfs/<cid>`: a block of ciphertext, or a batch as a CAR, as a trustless gateway gives them
 * (https://specs.ipfs.tech/http-gateways/trustless-gateway/); the caller hashes, and we did so before.
 */
export const getBlock = route({
  method: 'GET',
  path: '/ipfs/:cid',
  name: 'getBlock',
  summary: 'A block of ciphertext, or a batch as a CAR, as a trustless gateway gives it',
  access: 'public',
  rate: 'default',
  foreign: true,
  params: z.strictObject({ cid: z.string().max(100) }),
  query: z.strictObject({
    format: word,
    'dag-scope': word,
    'entity-bytes': word,
    'car-version': word,
    'car-order': word,
    'car-dups': word,
  }),
  body: noBody(),
  responses: {
    200: {
      description: 'Bytes that hash to the CID, or a CAR of blocks that do.',
      types: [RAW, CAR],
    },
    304: { description: 'The caller has them.' },
  },
  problems: [
    'bad-request',
    'not-acceptable',
    'not-found',
    'gone',
    'replaced',
    'document-damaged',
    'unavailable',
  ],
  handle: async ({ params, query, headers }, context) => {
    const cid = params.cid === PROBE ? PROBE : parseCid(params.cid, 'path/cid').text
    const wanted = wantedOf(query, headers.accept)
    if (typeof wanted === 'string') {
      const message = `ask with ?format=raw or ?format=car, or Accept: ${RAW} or ${CAR}; version=1`
      throw new Refusal(wanted === 'none' ? 'bad-request' : 'not-acceptable', message)
    }
    const asked = { cid, wanted, isNamed: query.format !== undefined }
    if (cid === PROBE) return replyWith(asked, new Uint8Array(0), noBlocks())
    await refuseGone(context, cid)
    const etag = etagOf(asked)
    if (isStrong(etag) && isKnown(headers['if-none-match'], etag)) {
      return empty(304, { vary: 'accept', etag })
    }
    const block = await blockOf(context, cid)
    // Only batches have something below them.
    if (wanted.format === 'car') linksOf(cid, block)
    return replyWith(asked, block, blocksBelow(context, asked))
  },
})

function replyWith(asked: Asked, block: Uint8Array, blocks: AsyncGenerator<Block>): Reply {
  const { cid, wanted, isNamed } = asked
  const etag = etagOf(asked)
  const ending = wanted.format === 'raw' ? 'bin' : 'car'
  const headers: Headers = {
    vary: 'accept',
    'content-disposition': `attachment; filename="${cid}.${ending}"`,
    'cache-control': isStrong(etag) ? FOR_EVER : FOR_A_WHILE,
    etag,
    'x-ipfs-path': `/ipfs/${cid}`,
    ...(isNamed ? {} : { 'content-location': `/ipfs/${cid}?format=${wanted.format}` }),
  }
  if (wanted.format === 'raw') return bytes(RAW, block, headers)
  const type = `${CAR}; version=1; order=dfs; dups=${wanted.dups}`
  return piecesOf(type, carStream(cid, blocks), headers)
}

/** What is erased is left out; what is lost or damaged ends the answer. */
function blocksBelow(context: RouteContext, { cid: root, wanted }: Asked): AsyncGenerator<Block> {
  const isWhole = wanted.format === 'car' && wanted.scope === 'all'
  const walk = depthFirst(root, (cid) =>
    blockOf(context, cid, root).catch((error: unknown) => {
      if (error instanceof Refusal && (error.code === 'gone' || error.code === 'replaced'))
        return undefined
      throw error
    }),
  )
  return isWhole ? walk : first(walk)
}

async function* first(blocks: AsyncGenerator<Block>): AsyncGenerator<Block> {
  for await (const block of blocks) {
    yield block
    return
  }
}

async function* noBlocks(): AsyncGenerator<Block> {
  // The identity CID holds its bytes itself.
}

async function blockOf(context: RouteContext, cid: string, root?: string): Promise<Uint8Array> {
  await refuseGone(context, cid)
  try {
    return await readBlock(context, cid, root)
  } finally {
    // It may have been erased while it was read.
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

async function readBlock(
  { documents, store }: RouteContext,
  cid: string,
  root?: string,
): Promise<Uint8Array> {
  if (root !== undefined) return documents.get(cid, root)
  try {
    return await documents.get(cid)
  } catch (error) {
    if (!(error instanceof BlockError)) throw error
    // One of ours has a second copy; of others nobody looks for one.
    if (parseCid(cid, 'cid').codec === 'dag-cbor') return documents.get(cid, cid)
    const certificate = await store.findCertificate(cid)
    const batch = certificate && (await store.findBatch({ id: certificate.batchId }))
    if (batch === undefined || !('manifest' in batch)) throw error
    return documents.get(cid, batch.manifest)
  }
}
