/** A batch on its way through the API: template kept, rows tried out, taken in, followed to the anchor; a revocation. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parse } from 'csv-parse/sync'
import { textIn } from './demo-api.ts'
import type { Api, Json } from './demo-api.ts'

const EXAMPLES = join(import.meta.dirname, '..', 'examples')
/** Where nothing more can happen to a batch by itself. */
const FINAL = 'anchored'
const LOOKS_EVERY_MS = 250

export type IssuedBatch = { readonly id: string; readonly root: string; readonly size: number }

/** Throws where the rows are not taken, or where the batch does not become final. */
export async function issueOverHttp(api: Api, step: (text: string) => void): Promise<IssuedBatch> {
  step('POST /api/v1/templates                 examples/template.json')
  const body = await readFile(join(EXAMPLES, 'template.json'))
  const template = textIn(await api.post('/templates', { body, type: 'application/json' }), 'id')
  const rows = { body: await readFile(join(EXAMPLES, 'apprenants.csv')), type: 'text/csv' }
  step('POST /api/v1/batches/dry-runs          examples/apprenants.csv')
  const tried = await api.post(`/batches/dry-runs?template=${template}`, rows)
  if (tried['isAccepted'] !== true) throw new Error(`the rows are refused: ${print(tried)}`)
  step(`POST /api/v1/batches                   ${String(tried['size'])} rows, none at fault`)
  const id = textIn(await api.post(`/batches?template=${template}`, rows), 'id')
  step(`GET  /api/v1/batches/${id}/events`)
  const last = await follow(api, id, step)
  if (last['state'] !== FINAL) throw new Error(`the batch is not final: ${print(last)}`)
  return { id, root: textIn(last, 'root'), size: Number(last['size']) }
}

/** A row of the file of links. */
export type HeldLink = {
  readonly name: string
  readonly index: number
  readonly cid: string
  readonly link: string
}

/** The links leave once, as the file that an issuer hands out. */
export async function linksOverHttp(api: Api, batchId: string): Promise<HeldLink[]> {
  const file = await api.text(`/batches/${batchId}/links`)
  const rows = parse<Record<string, string>>(file, { bom: true, columns: true })
  return rows.map(({ name = '', index = '', cid = '', link = '' }) => {
    return { name, index: Number(index), cid, link }
  })
}

/** Asks for a revocation, and looks until the chain has it. Throws where it fails. */
export async function revokeOverHttp(api: Api, cid: string, reason: string): Promise<void> {
  const body = Buffer.from(JSON.stringify({ reason }))
  const path = `/certificates/${cid}/revoke`
  let operation = await api.post(path, { body, type: 'application/json' })
  while (operation['state'] === 'queued') {
    await sleep(LOOKS_EVERY_MS)
    operation = await api.get(`/operations/${textIn(operation, 'id')}`)
  }
  if (operation['state'] !== 'done') throw new Error(`not revoked: ${print(operation)}`)
}

/** Says each state once; gives the batch as the last event shows it. */
async function follow(api: Api, id: string, step: (text: string) => void): Promise<Json> {
  let last: Json = {}
  for await (const batch of api.events(`/batches/${id}/events`)) {
    if (batch['state'] !== last['state']) step(`  ${textIn(batch, 'state')}`)
    last = batch
  }
  return last
}

function print(json: Json): string {
  return JSON.stringify(json, null, 2)
}
