/** Choosing or dropping the table, and saying which of its columns fills what. */
import { useRef, useState } from 'preact/hooks'
import { Icon } from '../../../ui/icons.tsx'
import { Told } from '../../../ui/text.tsx'
import { useLanguage, useWords } from '../../../words/language.tsx'
import { printNumber } from '../../../words/print.ts'
import { ProblemNote } from '../../problem-note.tsx'
import { useApi } from '../../session.tsx'
import { FILE_STEP } from './file-step.words.ts'
import { chooseFile, lookAtFile } from './keep.ts'
import type { DraftState } from './keep.ts'
import type { DraftFile } from './draft.ts'
import { Mapping } from './mapping.tsx'

const TAKEN = /\.(csv|txt|tsv|xlsx)$/i

export function FileStep({ state }: { readonly state: DraftState }) {
  const words = useWords(FILE_STEP)
  const api = useApi()
  const { draft, doing, problem } = state
  const [isWrongKind, setWrongKind] = useState(false)
  const take = (file: File | undefined): void => {
    if (file === undefined) return
    const isTaken = TAKEN.test(file.name)
    setWrongKind(!isTaken)
    if (isTaken) void chooseFile(api, file)
  }
  const isFailed = problem !== undefined && problem.of !== 'checking'
  return (
    <div class="desk-stack">
      <DropZone file={draft.file} take={take} />
      {isWrongKind && (
        <p class="desk-error" role="alert">
          {words.wrongKind}
        </p>
      )}
      <p class="quiet issue-doing" role="status">
        {doing === 'reading' ? words.reading : doing === 'mapping' ? words.mapping : ''}
      </p>
      {isFailed && <ProblemNote problem={problem.what} again={() => void lookAtFile(api)} />}
      {draft.preview !== undefined && <Mapping draft={draft} preview={draft.preview} />}
    </div>
  )
}

type DropZoneProps = {
  readonly file: DraftFile | undefined
  readonly take: (file: File | undefined) => void
}

function DropZone({ file, take }: DropZoneProps) {
  const words = useWords(FILE_STEP)
  const [isOver, setOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  return (
    <div
      class={`issue-drop${isOver ? ' over' : ''}${file === undefined ? '' : ' filled'}`}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => {
        setOver(false)
      }}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        take(event.dataTransfer?.files[0])
      }}
    >
      <input
        ref={input}
        type="file"
        class="visually-hidden"
        tabIndex={-1}
        aria-hidden="true"
        accept=".csv,.txt,.tsv,.xlsx"
        onChange={({ currentTarget }) => {
          take(currentTarget.files?.[0])
          // The same file may be chosen again, once it was changed.
          currentTarget.value = ''
        }}
      />
      {file === undefined ? <Icon name="file" size={32} /> : <FileFacts file={file} />}
      <p class="issue-drop-row">
        <button
          type="button"
          class={`button${file === undefined ? ' primary' : ''}`}
          onClick={() => input.current?.click()}
        >
          {file === undefined ? words.choose : words.other}
        </button>
        <span class="quiet">{words.drop}</span>
      </p>
      {file === undefined && <p class="quiet issue-drop-hint">{words.hint}</p>}
    </div>
  )
}

function FileFacts({ file: { name, opened } }: { readonly file: DraftFile }) {
  const words = useWords(FILE_STEP)
  const language = useLanguage()
  return (
    <div class="issue-file">
      <Icon name="file" size={32} />
      <p>
        <strong>
          <Told>{name}</Told>
        </strong>
        <span class="quiet">
          {(opened.kind === 'xlsx' || (opened.kind === 'csv' && opened.isSheet)) && words.workbook}
          {opened.kind === 'csv' && opened.isSheet && ' · '}
          {opened.kind === 'csv' && words.rows(opened.count, printNumber(opened.count, language))}
          {opened.kind === 'large' && words.large}
        </span>
        {opened.kind === 'csv' && opened.wasConverted && (
          <span class="issue-warning">{words.converted}</span>
        )}
      </p>
    </div>
  )
}
