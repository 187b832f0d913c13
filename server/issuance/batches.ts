/** What the API and the console ask about an issuer's batches and templates: one service, whichever door it is asked at. */

import { parseJson, parseTemplate } from '../../src/index.ts'
import type { Queue as Slots } from '../http/queue.ts'
import { csvOfWorkbook } from '../rows/as-csv.ts'
import { ROW_LIMITS } from '../rows/limits.ts'
import type { RowFormat } from '../rows/read.ts'
import { spool } from '../rows/spool.ts'
import type { Spool } from '../rows/spool.ts'
import type { BatchPage } from '../storage/queue.ts'
import type { TemplatePage, TemplateSummary } from '../storage/templates.ts'
import { dryRun, previewRows } from './dry-run.ts'
import type { DryRun, DryRunOptions, Preview } from './dry-run.ts'
import { IssuingError } from './errors.ts'
import { intake } from './intake.ts'
import { listBatches, listCertificates, viewOf, watchBatch } from './overview.ts'
import type { BatchView, CertificateView, WatchOptions } from './overview.ts'
import type { IssuingParts } from './parts.ts'
import type { Queue } from './queue.ts'
import {
  archiveTemplate,
  listTemplates,
  putTemplate,
  templateOf,
  usableTemplate,
} from './templates.ts'
import type { LintedTemplate, NewTemplateRequest } from './templates.ts'
import type { IntakeReport, IntakeRequest } from './types.ts'

/** An upload: bytes as they come, and what they are. */
export type Upload = Omit<IntakeRequest, 'rows' | 'format' | 'template' | 'templateId'> & {
  readonly rows: AsyncIterable<Uint8Array>
  readonly format: RowFormat
  /** A stored template's id, or a template's file. */
  readonly template: { readonly id: string } | { readonly body: Uint8Array }
}

export type BatchService = {
  /**
   * Answers when every row is durable: the batch is then issued behind the caller, or awaits approval. Throws
   * `RowsError`, `FormatError` (template), `IssuingError`, and what the stream throws; then nothing is kept.
   */
  intake(upload: Upload & { readonly by: string }): Promise<IntakeReport>
  /** Everything of an intake but keeping it. */
  dryRun(upload: Upload, options?: DryRunOptions): Promise<DryRun & NeedsApproval>
  /** Columns, first rows and a mapping to propose. Throws `RowsError`. */
  preview(upload: Pick<Upload, 'rows' | 'format' | 'template'>, limit: number): Promise<Preview>
  /** The rows of a workbook as CSV. Throws `RowsError`. */
  csvOf(workbook: AsyncIterable<Uint8Array>): Promise<readonly string[]>
  /** `by` must be another than who asked for the batch. Throws `IssuingError`. */
  approve(batchId: string, by: string): Promise<BatchView>
  /** Deletes the batch and its rows; who and when stays. Throws `IssuingError`. */
  reject(batchId: string, by: string): Promise<BatchView>
  view(batchId: string): Promise<BatchView>
  list(page: BatchPage): Promise<BatchView[]>
  watch(batchId: string, options: Omit<WatchOptions, 'onProgress'>): AsyncGenerator<BatchView>
  certificates(
    batchId: string,
    page: { readonly from: number; readonly limit: number },
  ): Promise<CertificateView[]>
  readonly templates: {
    put(request: NewTemplateRequest): Promise<LintedTemplate>
    get(id: string): Promise<LintedTemplate>
    list(page: TemplatePage): Promise<TemplateSummary[]>
    archive(id: string, by: string): Promise<void>
  }
}

/** Whether as many certificates of this issuer wait for a second person before anything is issued. */
export type NeedsApproval = { readonly needsApproval: boolean }

export type BatchServiceParts = {
  /** Of the issuer whose batches these are. */
  readonly parts: () => Promise<IssuingParts>
  /** Throws `IssuingError` for links that could not be sent as asked. */
  readonly refuse: (request: Pick<IntakeRequest, 'send' | 'permanent'>) => void
  /** Where uploads are laid down, encrypted, while they are read. */
  readonly spoolFolder: string
  /** How many uploads this process reads at a time; throws `Refusal` `busy` beyond that. */
  readonly uploads: Slots
  /** Who works on what is taken in, where this process does. */
  readonly queue: () => Queue | undefined
}

export function batchServiceOf({
  parts,
  refuse,
  spoolFolder,
  uploads,
  queue,
}: BatchServiceParts): BatchService {
  const spooled = <T>(
    rows: AsyncIterable<Uint8Array>,
    work: (rows: Spool) => Promise<T>,
  ): Promise<T> =>
    uploads.run(async () => {
      const laid = await spool(rows, spoolFolder, ROW_LIMITS.fileBytes)
      try {
        return await work(laid)
      } finally {
        await laid.close()
      }
    })
  return {
    intake: async ({ rows: stream, ...upload }) => {
      refuse(upload)
      const own = await parts()
      const request = await requestOf(own, upload)
      const report = await spooled(stream, (rows) => intake(own, { ...request, rows }))
      queue()?.wake()
      return report
    },
    dryRun: async ({ rows: stream, ...upload }, options) => {
      const own = await parts()
      const request = await requestOf(own, upload)
      const run = await spooled(stream, (rows) => dryRun(own, { ...request, rows }, options))
      const { approval } = own
      return { ...run, needsApproval: approval !== undefined && run.size >= approval.from }
    },
    preview: async ({ rows: stream, ...upload }, limit) => {
      const { template } = await requestOf(await parts(), upload)
      const parsed = parseTemplate(parseJson(template))
      const { format } = upload
      return spooled(stream, (rows) => previewRows(rows, parsed, { format, limit }))
    },
    csvOf: (workbook) => spooled(workbook, (rows) => csvOfWorkbook(rows)),
    approve: async (batchId, by) => {
      const view = await approve(await parts(), batchId, by)
      queue()?.wake()
      return view
    },
    reject: async (batchId, by) => reject(await parts(), batchId, by),
    view: async (batchId) => viewOf(await parts(), batchId),
    list: async (page) => listBatches(await parts(), page),
    watch: async function* (batchId, options) {
      const worker = queue()
      const onProgress = worker && ((told: (id: string) => void) => worker.onProgress(told))
      yield* watchBatch(await parts(), batchId, { ...options, onProgress })
    },
    certificates: async (batchId, page) => listCertificates(await parts(), batchId, page),
    templates: {
      put: async (request) => putTemplate(await parts(), request),
      get: async (id) => templateOf(await parts(), id),
      list: async (page) => listTemplates(await parts(), page),
      archive: async (id, by) => archiveTemplate(await parts(), id, by),
    },
  }
}

/** The request but for its rows. */
async function requestOf(
  parts: IssuingParts,
  { template, ...upload }: Omit<Upload, 'rows'>,
): Promise<Omit<IntakeRequest, 'rows'>> {
  if ('body' in template) return { ...upload, template: template.body }
  return { ...upload, template: await usableTemplate(parts, template.id), templateId: template.id }
}

async function approve(parts: IssuingParts, batchId: string, by: string): Promise<BatchView> {
  const { store, issuer, now } = parts
  const view = await awaiting(parts, batchId)
  if (view.createdBy === by) {
    throw new IssuingError('same-person', 'whoever asked for a batch does not approve it')
  }
  if (!(await store.approveBatch(issuer, batchId, by, now()))) throw notAwaiting(batchId)
  await store.audit({ at: now(), action: 'approve', subject: batchId, actor: by, issuer })
  return viewOf(parts, batchId)
}

async function reject(parts: IssuingParts, batchId: string, by: string): Promise<BatchView> {
  const { store, issuer, now } = parts
  await awaiting(parts, batchId)
  if (!(await store.rejectBatch(issuer, batchId, by, now()))) throw notAwaiting(batchId)
  await store.audit({ at: now(), action: 'reject', subject: batchId, actor: by, issuer })
  return viewOf(parts, batchId)
}

async function awaiting(parts: IssuingParts, batchId: string): Promise<BatchView> {
  const view = await viewOf(parts, batchId)
  if (view.state === 'rejected') {
    throw new IssuingError('rejected', `batch ${batchId} was rejected`)
  }
  if (view.state !== 'awaiting-approval') throw notAwaiting(batchId)
  return view
}

function notAwaiting(batchId: string): IssuingError {
  return new IssuingError('not-awaiting', `batch ${batchId} awaits no approval`)
}
