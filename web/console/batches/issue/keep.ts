/** The one draft of this window, and what is done with it; pages only show it. */
import { useEffect, useReducer } from 'preact/hooks'
import type { Api } from '../../api.ts'
import { asProblem } from '../../problem.ts'
import type { Problem } from '../../problem.ts'
import { CSV } from '../rows/messages.ts'
import type { Correction, Opened, Sent } from '../rows/messages.ts'
import { readerOf } from '../rows/reader.ts'
import type { Reader } from '../rows/reader.ts'
import { CREATED, DRY_RUN_ANSWER, dryRunOf, PREVIEW } from '../shapes.ts'
import { EMPTY_DRAFT, isMapped, proposedColumns, queryOf } from './draft.ts'
import type { Draft, DraftFile, Options } from './draft.ts'
import { calledAsHere, faultsOf } from './rows-view.ts'

export type Doing = 'reading' | 'mapping' | 'checking'

export type DraftState = {
  readonly draft: Draft
  readonly doing: Doing | undefined
  /** What went wrong last, and at what. */
  readonly problem: { readonly of: Doing; readonly what: Problem } | undefined
}

const BATCHES = '/api/v1/batches'
/** As many bad rows as the server names. */
const MOST_PROBLEMS = 100_000
const NOTHING: DraftState = { draft: EMPTY_DRAFT, doing: undefined, problem: undefined }

let state = NOTHING
let owner: string | undefined
let reader: Reader | undefined
/** What is under way; what comes back of an earlier turn is of a draft that is no more. */
let turn = 0
const watchers = new Set<() => void>()

function put(more: Partial<DraftState>): void {
  state = { ...state, ...more }
  for (const watcher of watchers) watcher()
}

function change(more: Partial<Draft>): void {
  put({ draft: { ...state.draft, ...more } })
}

/** @param account whose draft it is: that of another issuer is not shown */
export function useDraft(account: string): DraftState {
  const [, redraw] = useReducer((count: number) => count + 1, 0)
  if (owner !== account) {
    owner = account
    clearDraft()
  }
  useEffect(() => {
    const watcher = (): void => {
      redraw(undefined)
    }
    watchers.add(watcher)
    addEventListener('beforeunload', warn)
    return () => {
      watchers.delete(watcher)
      removeEventListener('beforeunload', warn)
    }
  }, [])
  return state
}

/** The browser asks before the window goes, and a file with it. */
function warn(event: Event): void {
  if (state.draft.file !== undefined) event.preventDefault()
}

export function clearDraft(): void {
  turn += 1
  reader?.close()
  reader = undefined
  put(NOTHING)
}

/** Does one thing after the other; of two that were begun, the later one counts. False where it was not done. */
async function doing(
  what: Doing,
  work: (isCurrent: () => boolean) => Promise<void>,
): Promise<boolean> {
  turn += 1
  const own = turn
  const isCurrent = (): boolean => own === turn
  put({ doing: what, problem: undefined })
  try {
    await work(isCurrent)
    if (isCurrent()) put({ doing: undefined })
    return isCurrent()
  } catch (error) {
    if (isCurrent()) put({ doing: undefined, problem: { of: what, what: asProblem(error) } })
    return false
  }
}

export async function chooseTemplate(api: Api, templateId: string): Promise<void> {
  change({ templateId, preview: undefined, chosen: new Map(), run: undefined })
  await lookAtFile(api)
}

export async function chooseFile(api: Api, file: File): Promise<void> {
  const isRead = await doing('reading', async (isCurrent) => {
    reader ??= readerOf()
    const opened = await reader.open(file)
    if (!isCurrent()) return
    const { name } = file
    const fresh = { preview: undefined, chosen: new Map<string, string>(), run: undefined }
    change({ file: { name, opened }, corrections: new Map(), ...fresh })
  })
  if (isRead) await lookAtFile(api)
}

/** The server reads the head of the file and says which column may fill which; where none is missing, rows are checked. */
export async function lookAtFile(api: Api): Promise<void> {
  const { templateId, file } = state.draft
  if (templateId === undefined || file === undefined) return
  const isRead = await doing('mapping', async (isCurrent) => {
    const path = `${BATCHES}/previews?${new URLSearchParams({ template: templateId }).toString()}`
    const opened = await withRows(api, file)
    if (!isCurrent()) return
    change({ file: { ...file, opened } })
    const preview = await api.send('POST', path, PREVIEW, headOf(opened))
    if (isCurrent()) change({ preview, chosen: proposedColumns(preview) })
  })
  if (isRead && isMapped(state.draft)) await checkRows(api)
}

/** The rows of a workbook are read by the server, so that those shown are those that it will take. */
async function withRows(api: Api, { opened }: DraftFile): Promise<Opened> {
  if (opened.kind !== 'xlsx' || reader === undefined) return opened
  const csv = await api.fileOf(`${BATCHES}/tables`, CSV, opened.sent)
  return reader.openSheet(opened.sent.body, csv)
}

function headOf(opened: Opened): Sent {
  if (opened.kind !== 'csv') return opened.sent
  return { body: opened.file.slice(0, opened.headBytes), type: CSV }
}

export function chooseColumn(name: string, inFile: string | undefined): void {
  const chosen = new Map(state.draft.chosen)
  if (inFile === undefined) chosen.delete(name)
  else chosen.set(name, inFile)
  change({ chosen, run: undefined })
}

export function setOption(name: keyof Options, isOn: boolean): void {
  change({ options: { ...state.draft.options, [name]: isOn } })
}

/** @param cells undefined: as it stands in the file */
export function correctRow(index: number, cells: Correction | undefined): void {
  const corrections = new Map(state.draft.corrections)
  if (cells === undefined) corrections.delete(index)
  else corrections.set(index, cells)
  change({ corrections })
}

export function readRows(indexes: readonly number[]): ReturnType<Reader['rows']> {
  return reader?.rows(indexes) ?? Promise.resolve([])
}

/** Puts the corrections into the file, and asks the server of every row. */
export async function checkRows(api: Api): Promise<void> {
  await doing('checking', async (isCurrent) => {
    const { corrections, file } = state.draft
    if (file === undefined) return
    if (corrections.size > 0 && reader !== undefined) {
      const opened = await reader.correct(corrections)
      if (!isCurrent()) return
      change({ file: { ...file, opened }, corrections: new Map(), run: undefined })
    }
    const { opened } = state.draft.file ?? file
    const query = queryOf(state.draft)
    query.delete('permanent')
    query.delete('send')
    query.set('problems', String(MOST_PROBLEMS))
    const path = `${BATCHES}/dry-runs?${query.toString()}`
    const told = await dryRunOf(await api.send('POST', path, DRY_RUN_ANSWER, opened.sent))
    const run = opened.kind === 'csv' ? calledAsHere(opened, told) : told
    const faults = opened.kind === 'csv' ? await faultsOf(opened, run) : undefined
    if (isCurrent()) change({ run, faults })
  })
}

/** Sends the batch in, and answers with its id. Rejects with a `Problem`; the draft then stays. */
export async function issueDraft(api: Api, idempotencyKey: string): Promise<string> {
  const { draft } = state
  if (draft.file === undefined) throw new Error('there is no file')
  const path = `${BATCHES}?${queryOf(draft).toString()}`
  const sending = { ...draft.file.opened.sent, idempotencyKey }
  const { id } = await api.send('POST', path, CREATED, sending)
  clearDraft()
  return id
}
