/** The template that is being written, for every field of its form. */
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Json } from '../../../src/index.ts'
import { useWords } from '../../words/language.tsx'
import { listAt, textAt, withValue } from './draft.ts'
import type { Draft } from './draft.ts'
import { EDITOR } from './editor.words.ts'
import { FIELDS } from './fields.words.ts'
import type { FieldWords } from './fields-en.words.ts'
import type { Judgement } from './judge.ts'

export type Editing = {
  readonly draft: Draft
  readonly judgement: Judgement
  /** Somebody tried to keep it: what is missing is said from then on. */
  readonly isTried: boolean
  readonly change: (how: (draft: Draft) => Draft) => void
}

const Context = createContext<Editing | undefined>(undefined)
export const EditingProvider = Context.Provider

export function useEditing(): Editing {
  const editing = useContext(Context)
  if (editing === undefined) throw new Error('no template is being written here')
  return editing
}

export type Bound = {
  readonly label: string
  readonly hint: string | undefined
  readonly error: string | undefined
  readonly value: string
  readonly anchor: string
  readonly put: (value: Json | undefined) => void
}

/** What a field at a JSON Pointer needs. */
export function useBound(at: string): Bound {
  const { draft, change } = useEditing()
  const words = useFieldWords(at)
  return {
    label: words.label,
    hint: words.hint,
    error: useFault(at),
    value: textAt(draft, at),
    anchor: at,
    put: (value) => {
      change((before) => withValue(before, at, value))
    },
  }
}

/** A list of objects: what is in it, and how to lengthen and shorten it. */
export function useList(at: string): {
  readonly count: number
  readonly add: (item: Json) => void
  readonly remove: (place: number) => void
} {
  const { draft, change } = useEditing()
  const items = listAt(draft, at)
  return {
    count: items.length,
    add: (item) => {
      change((before) => withValue(before, at, [...listAt(before, at), item]))
    },
    remove: (place) => {
      change((before) => withValue(before, `${at}/${place}`, undefined))
    },
  }
}

/** What is wrong at a pointer, in words; what is only missing is said once somebody tried to keep the template. */
export function useFault(at: string): string | undefined {
  const { judgement, isTried } = useEditing()
  const editor = useWords(EDITOR)
  const { wrong } = useFieldWords(at)
  const fault = judgement.faults.find((one) => one.at === at)
  if (fault === undefined || (fault.isMissing && !isTried)) return undefined
  return fault.isMissing ? editor.missing : (wrong ?? editor.wrong[fault.code] ?? editor.unfit)
}

function useFieldWords(at: string): FieldWords {
  const fields: Readonly<Record<string, FieldWords>> = useWords(FIELDS)
  const pattern = at.replaceAll(/\/\d+(?=\/|$)/g, '/*')
  return fields[pattern] ?? { label: at }
}
