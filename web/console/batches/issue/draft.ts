/**
 * What was entered to issue a batch: kept beside the pages, so that neither another place of the console nor a session
 * that ends loses it. It is in this window's memory alone, since it holds learners.
 */
import type { Correction, Opened } from '../rows/messages.ts'
import type { DryRun, Preview } from '../shapes.ts'
import type { RowFaults } from './rows-view.ts'

export type Options = {
  readonly permanent: boolean
  readonly send: boolean
  readonly allowDuplicates: boolean
  readonly allowIncomplete: boolean
}

export type DraftFile = { readonly name: string; readonly opened: Opened }

export type Draft = {
  readonly templateId: string | undefined
  readonly file: DraftFile | undefined
  /** What the server reads of the file for this template; undefined until it did. */
  readonly preview: Preview | undefined
  /** From a column of the template to the column of the file that fills it. */
  readonly chosen: ReadonlyMap<string, string>
  /** Rows written anew since the last check, by index. */
  readonly corrections: ReadonlyMap<number, Correction>
  readonly options: Options
  /** What the server says of the rows as they were last checked. */
  readonly run: DryRun | undefined
  /** The same by row, where rows are shown. */
  readonly faults: RowFaults | undefined
}

export const EMPTY_DRAFT: Draft = {
  templateId: undefined,
  file: undefined,
  preview: undefined,
  chosen: new Map(),
  corrections: new Map(),
  options: { permanent: false, send: false, allowDuplicates: false, allowIncomplete: false },
  run: undefined,
  faults: undefined,
}

/** Columns of the same name, and what the server proposes for the others. */
export function proposedColumns({
  columns,
  wanted,
  mapping,
}: Preview): ReadonlyMap<string, string> {
  const proposed = new Map(Object.entries(mapping).map(([inFile, name]) => [name, inFile]))
  return new Map(
    wanted.flatMap((name): [string, string][] => {
      const inFile = columns.includes(name) ? name : proposed.get(name)
      return inFile === undefined ? [] : [[name, inFile]]
    }),
  )
}

/** Columns of the template that nothing fills yet. */
export function missingColumns({ preview, chosen }: Draft): string[] {
  return preview?.wanted.filter((name) => !chosen.has(name)) ?? []
}

/** Columns of the file that are to fill more than one of the template: one fills one. */
export function doubledColumns({ chosen }: Draft): string[] {
  const seen = [...chosen.values()]
  return [...new Set(seen.filter((inFile, i) => seen.indexOf(inFile) !== i))]
}

/** Columns of the file that are not issued. */
export function ignoredColumns({ preview, chosen }: Draft): string[] {
  const used = new Set(chosen.values())
  return preview?.columns.filter((column) => !used.has(column)) ?? []
}

export function isMapped(draft: Draft): boolean {
  const { preview } = draft
  if (preview === undefined) return false
  return missingColumns(draft).length === 0 && doubledColumns(draft).length === 0
}

/** As the API asks for it: what has the same name needs no word. */
export function mappingOf({ chosen }: Draft): string {
  const pairs = [...chosen].flatMap(([name, inFile]) => (name === inFile ? [] : [[inFile, name]]))
  return JSON.stringify(Object.fromEntries(pairs))
}

/** The parameters under which rows are tried out and issued. */
export function queryOf(draft: Draft): URLSearchParams {
  const query = new URLSearchParams({ template: draft.templateId ?? '', mapping: mappingOf(draft) })
  for (const [name, isOn] of Object.entries(draft.options)) if (isOn) query.set(name, 'true')
  return query
}
