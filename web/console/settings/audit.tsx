/** Who did what, newest first. */
import { useMemo, useState } from 'preact/hooks'
import { useLanguage, useWords } from '../../words/language.tsx'
import { printTime } from '../../words/print.ts'
import { SelectField, TextField } from '../field.tsx'
import { Toolbar } from '../heading.tsx'
import { useLoaded } from '../load.ts'
import { Pager } from '../pager.tsx'
import { usePages } from '../pages.ts'
import { ProblemNote } from '../problem-note.tsx'
import { useSession } from '../session.tsx'
import { Table } from '../table.tsx'
import type { Column } from '../table.tsx'
import { ACTION_WORDS, AUDIT } from './audit.words.ts'
import { AuditDetails } from './audit-details.tsx'
import { readAudit, readKeys } from './settings-api.ts'
import type { AuditEntry } from './settings-api.ts'

export function Audit() {
  const words = useWords(AUDIT)
  const { api } = useSession()
  const pages = usePages((after, ended) => readAudit(api, after, ended), [])
  const actorOf = useActors()
  const actionOf = useActions()
  const [action, setAction] = useState('')
  const [wanted, setWanted] = useState('')
  const [opened, setOpened] = useState<AuditEntry>()
  const actions = useMemo(() => [...new Set(pages.items.map((one) => one.action))], [pages.items])
  const rows = pages.items.filter(
    (entry) =>
      (action === '' || entry.action === action) &&
      `${entry.subject} ${actorOf(entry.actor)}`
        .toLowerCase()
        .includes(wanted.trim().toLowerCase()),
  )
  return (
    <section class="desk-stack" aria-labelledby="audit-title">
      <div>
        <h2 id="audit-title">{words.title}</h2>
        <p class="quiet">{words.lead}</p>
      </div>
      {pages.problem && <ProblemNote problem={pages.problem} again={pages.again} />}
      <Toolbar>
        <TextField label={words.search} type="search" value={wanted} take={setWanted} />
        <SelectField
          label={words.action}
          value={action}
          choices={[
            { value: '', label: words.every },
            ...actions.map((value) => ({ value, label: actionOf(value) })),
          ]}
          take={setAction}
        />
      </Toolbar>
      <Rows rows={rows} actorOf={actorOf} actionOf={actionOf} open={setOpened} />
      {rows.length === 0 && !pages.isLoading && <p class="quiet">{words.none}</p>}
      <Pager
        shown={rows.length}
        hasMore={pages.hasMore}
        isLoading={pages.isLoading}
        more={pages.more}
      />
      {opened && (
        <AuditDetails
          entry={opened}
          action={actionOf(opened.action)}
          actor={actorOf(opened.actor)}
          close={() => {
            setOpened(undefined)
          }}
        />
      )}
    </section>
  )
}

type RowsProps = {
  readonly rows: readonly AuditEntry[]
  readonly actorOf: (actor: string) => string
  readonly actionOf: (action: string) => string
  readonly open: (entry: AuditEntry) => void
}

function Rows({ rows, actorOf, actionOf, open }: RowsProps) {
  const words = useWords(AUDIT)
  const language = useLanguage()
  const columns: Column<AuditEntry>[] = [
    {
      key: 'at',
      title: words.at,
      width: 'minmax(0, 1fr)',
      onPhone: true,
      cell: ({ at }) => <span class="desk-wrap">{printTime(at, language)}</span>,
    },
    {
      key: 'action',
      title: words.action,
      width: 'minmax(0, 1fr)',
      onPhone: true,
      cell: ({ action }) => actionOf(action),
    },
    {
      key: 'actor',
      title: words.actor,
      width: 'minmax(0, 0.8fr)',
      cell: ({ actor }) => actorOf(actor),
    },
    {
      key: 'subject',
      title: words.subject,
      width: 'minmax(0, 1fr)',
      cell: ({ subject }) => <span class="mono desk-nowrap">{subject}</span>,
    },
  ]
  return (
    <Table
      label={words.title}
      columns={columns}
      count={rows.length}
      rowAt={(i) => rows[i]}
      keyOf={({ id }) => String(id)}
      open={open}
    />
  )
}

/** A key by its label, where keys may be seen. */
function useActors(): (actor: string) => string {
  const words = useWords(AUDIT)
  const { api, session, may } = useSession()
  const { value: keys } = useLoaded(
    (ended) => (may('keys') ? readKeys(api, ended) : Promise.resolve([])),
    [],
  )
  const labels = new Map([session.key, ...(keys ?? [])].map(({ id, label }) => [id, label]))
  return (actor) => {
    const others: Readonly<Record<string, string>> = words.actors
    return labels.get(actor) ?? others[actor] ?? actor
  }
}

function useActions(): (action: string) => string {
  const words = useWords(AUDIT)
  const actions: Readonly<Record<string, string>> = useWords(ACTION_WORDS)
  return (action) => {
    const [, trouble] = /^trouble:(.+)$/.exec(action) ?? []
    if (trouble !== undefined) return `${words.trouble} ${trouble}`
    return actions[action] ?? action
  }
}
