/** The batches: what became of each, and the way to a new one. */
import { useEffect, useState } from 'preact/hooks'
import type { Language } from '../../../src/index.ts'
import { Told } from '../../ui/text.tsx'
import { useLanguage, useWords } from '../../words/language.tsx'
import { printDay, printNumber } from '../../words/print.ts'
import { Empty } from '../empty.tsx'
import { SelectField, TextField } from '../field.tsx'
import { Heading, Toolbar } from '../heading.tsx'
import { Pager } from '../pager.tsx'
import { go, hrefOf } from '../place.ts'
import { ProblemNote } from '../problem-note.tsx'
import { useSession } from '../session.tsx'
import { Table } from '../table.tsx'
import type { Column } from '../table.tsx'
import { Waiting } from '../waiting.tsx'
import { BatchBadge } from './batch-badge.tsx'
import { LIST } from './list.words.ts'
import { BATCH_STATES, nameOf } from './shapes.ts'
import type { Batch, BatchState } from './shapes.ts'
import { STATE_WORDS } from './states.words.ts'
import { useBatches, useTemplateNames } from './use-batches.ts'

export function BatchList() {
  const words = useWords(LIST)
  const { may } = useSession()
  const pages = useBatches()
  const names = useTemplateNames()
  const isEmpty = pages.items.length === 0 && !pages.isLoading && pages.problem === undefined
  const issue = may('batches:write') ? (
    <a class="button primary" href={hrefOf('batches', ['new'])}>
      {words.issue}
    </a>
  ) : undefined
  return (
    <>
      <Heading title={words.title} actions={isEmpty ? undefined : issue} />
      {pages.problem && <ProblemNote problem={pages.problem} again={pages.again} />}
      {pages.items.length === 0 && pages.isLoading ? <Waiting /> : null}
      {isEmpty && <NoBatches hasTemplate={names.size > 0} issue={issue} />}
      {pages.items.length > 0 && <Batches pages={pages} names={names} />}
    </>
  )
}

type NoBatchesProps = { readonly hasTemplate: boolean; readonly issue: preact.VNode | undefined }

function NoBatches({ hasTemplate, issue }: NoBatchesProps) {
  const words = useWords(LIST)
  const template = (
    <a class="button primary" href={hrefOf('templates')}>
      {words.makeTemplate}
    </a>
  )
  return (
    <Empty title={words.empty} action={hasTemplate ? issue : template}>
      {words.emptyHint} {hasTemplate ? null : words.firstTemplate}
    </Empty>
  )
}

type BatchesProps = {
  readonly pages: ReturnType<typeof useBatches>
  readonly names: ReadonlyMap<string, string>
}

function Batches({ pages, names }: BatchesProps) {
  const words = useWords(LIST)
  const states = useWords(STATE_WORDS)
  const language = useLanguage()
  const [wanted, setWanted] = useState('')
  const [state, setState] = useState<BatchState | 'all'>('all')
  const { items, hasMore, isLoading, more } = pages
  const isFiltered = wanted.trim() !== '' || state !== 'all'
  const found = items.filter(
    (batch) =>
      (state === 'all' || batch.state === state) &&
      holds(batch, textOf(batch, names, language), wanted),
  )
  useEffect(() => {
    // What is searched for may stand on a later page.
    if (isFiltered && hasMore && !isLoading) more()
  }, [isFiltered, hasMore, isLoading])
  const shown = BATCH_STATES.filter((one) => items.some((batch) => batch.state === one))
  const choices = [
    { value: 'all' as const, label: words.all },
    ...shown.map((value) => ({ value, label: states[value] })),
  ]
  const waiting = items.filter((batch) => batch.state === 'awaiting-approval').length
  return (
    <>
      {waiting > 0 && state !== 'awaiting-approval' && (
        <div class="batch-notice">
          <p>{words.waiting(waiting)}</p>
          <button
            type="button"
            class="button"
            onClick={() => {
              setState('awaiting-approval')
            }}
          >
            {words.show}
          </button>
        </div>
      )}
      <Toolbar>
        <TextField label={words.search} type="search" value={wanted} take={setWanted} />
        <SelectField label={words.filter} value={state} choices={choices} take={setState} />
      </Toolbar>
      {found.length === 0 && !isLoading ? (
        <p class="desk-waiting quiet" role="status">
          {words.none}
        </p>
      ) : (
        <Table
          label={words.label}
          columns={columnsOf(words, names, language)}
          count={found.length}
          rowAt={(index) => found[index]}
          keyOf={({ id }) => id}
          open={({ id }) => {
            go(hrefOf('batches', [id]))
          }}
        />
      )}
      <Pager shown={found.length} hasMore={hasMore} isLoading={isLoading} more={more} />
    </>
  )
}

function columnsOf(
  words: (typeof LIST)['en'],
  names: ReadonlyMap<string, string>,
  language: Language,
): Column<Batch>[] {
  const titles = words.columns
  const templateOf = ({ templateId }: Batch) => names.get(templateId ?? '')
  return [
    {
      key: 'batch',
      title: titles.batch,
      width: 'minmax(0, 2.6fr)',
      onPhone: true,
      cell: (batch) => (
        <span class="batch-cell">
          <a href={hrefOf('batches', [batch.id])} tabIndex={-1}>
            <Told>{templateOf(batch) ?? words.number(nameOf(batch))}</Told>
          </a>
          <small class="quiet">
            {templateOf(batch) !== undefined && `${words.number(nameOf(batch))} · `}
            {printDay(batch.createdAt, language)}
          </small>
        </span>
      ),
    },
    {
      key: 'size',
      title: titles.size,
      width: '8rem',
      isNumber: true,
      cell: ({ size }) => printNumber(size, language),
    },
    {
      key: 'state',
      title: titles.state,
      width: 'minmax(9.5rem, 1fr)',
      onPhone: true,
      cell: (batch) => <BatchBadge batch={batch} />,
    },
  ]
}

/** What a search looks into, beside the beginning of the id. */
function textOf(batch: Batch, names: ReadonlyMap<string, string>, language: Language): string {
  const { state, size, createdAt, templateId } = batch
  const texts = [names.get(templateId ?? '') ?? '', STATE_WORDS[language][state], String(size)]
  return [...texts, printDay(createdAt, language)].join(' ')
}

/** Every word stands somewhere; a number that stands in the middle of an id says nothing. */
function holds({ id }: Batch, text: string, wanted: string): boolean {
  const [plain, name] = [plainOf(text), plainOf(id)]
  return plainOf(wanted)
    .split(/\s+/)
    .every((word) => plain.includes(word) || name.startsWith(word))
}

function plainOf(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
}
