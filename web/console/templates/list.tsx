/** All templates of the issuer, found by typing. */
import { useRef, useState } from 'preact/hooks'
import { useLanguage, useWords } from '../../words/language.tsx'
import { printDay } from '../../words/print.ts'
import { Told } from '../../ui/text.tsx'
import { Empty } from '../empty.tsx'
import { CheckField, TextField } from '../field.tsx'
import { Heading, Toolbar } from '../heading.tsx'
import { useAct } from '../load.ts'
import { Pager } from '../pager.tsx'
import { usePages } from '../pages.ts'
import type { Pages } from '../pages.ts'
import { go, hrefOf } from '../place.ts'
import { ProblemNote } from '../problem-note.tsx'
import { useSession } from '../session.tsx'
import { StatusBadge } from '../status-badge.tsx'
import { Table } from '../table.tsx'
import type { Column } from '../table.tsx'
import { importFile } from './files.ts'
import { keepDraft } from './kept-draft.ts'
import { LIST } from './list.words.ts'
import { readTemplates } from './templates-api.ts'
import type { TemplateSummary } from './templates-api.ts'

export function TemplateList() {
  const words = useWords(LIST)
  const { api, may } = useSession()
  const [isAll, setAll] = useState(false)
  const [wanted, setWanted] = useState('')
  const pages = usePages((after, ended) => readTemplates(api, after, isAll, ended), [isAll])
  const rows = pages.items.filter(({ name }) => holds(name, wanted))
  const isEmpty = pages.items.length === 0 && !pages.isLoading && pages.problem === undefined
  return (
    <>
      <Heading
        title={words.title}
        actions={may('templates:write') && <Actions hasNew={!isEmpty} />}
      >
        {words.lead}
      </Heading>
      {pages.problem && <ProblemNote problem={pages.problem} again={pages.again} />}
      {isEmpty && !isAll ? (
        <Empty title={words.emptyTitle} action={may('templates:write') && <NewLink />}>
          {words.empty}
        </Empty>
      ) : (
        <>
          <Toolbar>
            <TextField label={words.search} type="search" value={wanted} take={setWanted} />
            <CheckField label={words.all} isChecked={isAll} take={setAll} />
          </Toolbar>
          <Rows rows={rows} pages={pages} />
        </>
      )}
    </>
  )
}

type RowsProps = {
  readonly rows: readonly TemplateSummary[]
  readonly pages: Pages<TemplateSummary>
}

function Rows({ rows, pages }: RowsProps) {
  const words = useWords(LIST)
  const columns = useColumns()
  return (
    <>
      <Table
        label={words.title}
        columns={columns}
        count={rows.length}
        rowAt={(i) => rows[i]}
        keyOf={({ id }) => id}
        open={({ id }) => {
          go(hrefOf('templates', [id]))
        }}
      />
      {rows.length === 0 && !pages.isLoading && <p class="desk-none quiet">{words.none}</p>}
      <Pager
        shown={rows.length}
        hasMore={pages.hasMore}
        isLoading={pages.isLoading}
        more={pages.more}
      />
    </>
  )
}

function useColumns(): Column<TemplateSummary>[] {
  const words = useWords(LIST)
  const language = useLanguage()
  return [
    {
      key: 'name',
      title: words.name,
      width: 'minmax(0, 1fr)',
      onPhone: true,
      cell: ({ id, name }) => (
        <a href={hrefOf('templates', [id])}>
          <Told>{name}</Told>
        </a>
      ),
    },
    {
      key: 'state',
      title: words.state,
      width: '9.5rem',
      onPhone: true,
      cell: (template) => <State template={template} />,
    },
    {
      key: 'version',
      title: words.version,
      width: '5rem',
      cell: ({ version }) => version,
    },
    {
      key: 'created',
      title: words.created,
      width: '11rem',
      cell: ({ createdAt }) => printDay(createdAt, language),
    },
  ]
}

function State({ template }: { readonly template: TemplateSummary }) {
  const words = useWords(LIST)
  if (template.archivedAt !== null) return <StatusBadge tone="stopped">{words.deleted}</StatusBadge>
  if (template.isSuperseded) return <StatusBadge tone="quiet">{words.earlier}</StatusBadge>
  return template.isComplete ? (
    <StatusBadge tone="done">{words.complete}</StatusBadge>
  ) : (
    <StatusBadge tone="waiting">{words.incomplete}</StatusBadge>
  )
}

function Actions({ hasNew }: { readonly hasNew: boolean }) {
  const words = useWords(LIST)
  const { session } = useSession()
  const input = useRef<HTMLInputElement>(null)
  const importing = useAct(async (_key, file: File) => {
    const draft = await importFile(file)
    keepDraft(session.issuer.account, 'new', draft)
    go(hrefOf('templates', ['new']))
  })
  return (
    <>
      <button type="button" class="button" onClick={() => input.current?.click()}>
        {words.importFile}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        accept="application/json,.json"
        aria-label={words.importFile}
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.item(0)
          currentTarget.value = ''
          if (file) void importing.act(file)
        }}
      />
      {hasNew && <NewLink />}
      {importing.problem && (
        <p class="desk-error" role="alert">
          {words.noTemplate}
        </p>
      )}
    </>
  )
}

function NewLink() {
  const words = useWords(LIST)
  return (
    <a class="button primary" href={hrefOf('templates', ['new'])}>
      {words.create}
    </a>
  )
}

/** Letters alone count: `a` finds `À`. */
function holds(name: string, wanted: string): boolean {
  const plain = (text: string): string =>
    text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
  return plain(name).includes(plain(wanted.trim()))
}
