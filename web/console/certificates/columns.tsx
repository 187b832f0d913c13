/** The columns of a list of certificates. */
import { useLanguage, useWords } from '../../words/language.tsx'
import { printNumber } from '../../words/print.ts'
import { Told } from '../../ui/text.tsx'
import type { Column } from '../table.tsx'
import type { Line } from './answers.ts'
import { LIST } from './list.words.ts'
import { shownState, StandingBadge } from './standing-badge.tsx'
import type { Standing } from './standing.ts'
import { STATES } from './states.words.ts'

type Choosing = {
  readonly chosen: ReadonlyMap<string, Line>
  readonly choose: (line: Line, isChosen: boolean) => void
}

/** @param choosing undefined where nothing can be done to several */
export function useColumns(
  standing: Standing,
  choosing: Choosing | undefined,
): readonly Column<Line>[] {
  const words = useWords(LIST)
  const language = useLanguage()
  const choice: Column<Line> = {
    key: 'choice',
    title: '',
    width: '2.75rem',
    onPhone: true,
    cell: (line) =>
      choosing && line.learner !== null ? <ChooseLine line={line} choosing={choosing} /> : null,
  }
  return [
    ...(choosing === undefined ? [] : [choice]),
    {
      key: 'learner',
      title: words.columns.learner,
      width: 'minmax(0, 2fr)',
      onPhone: true,
      cell: (line) => <Who line={line} standing={standing} />,
    },
    {
      key: 'id',
      title: words.columns.id,
      width: 'minmax(0, 1fr)',
      cell: ({ learner }) => <Told>{learner?.externalId ?? ''}</Told>,
    },
    {
      key: 'row',
      title: words.columns.row,
      width: '8rem',
      isNumber: true,
      cell: ({ row }) => printNumber(row, language),
    },
    {
      key: 'state',
      title: words.columns.state,
      width: '13rem',
      cell: (line) => <State line={line} standing={standing} />,
    },
  ]
}

/** On a phone the state stands in the place of the address. */
function Who({ line, standing }: { readonly line: Line; readonly standing: Standing }) {
  const { learner } = line
  const words = useWords(LIST)
  const states = useWords(STATES).states
  if (learner === null) return <span class="quiet">{states.erased}</span>
  return (
    <span class="people-who">
      <strong>{learner.name === undefined ? words.nameless : <Told>{learner.name}</Told>}</strong>
      {learner.email !== undefined && (
        <span class="quiet not-on-phone">
          <Told>{learner.email}</Told>
        </span>
      )}
      <span class="people-phone-state">
        <State line={line} standing={standing} />
      </span>
    </span>
  )
}

function State({ line, standing }: { readonly line: Line; readonly standing: Standing }) {
  if (line.learner === null) return <StandingBadge state="erased" />
  const known = standing.of(line.cid)
  if (known === undefined) return <StandingBadge state={undefined} />
  const state = shownState(known.state, { isErased: false, isReplaced: known.isReplaced })
  return <StandingBadge state={state} queued={known.queued} />
}

function ChooseLine({ line, choosing }: { readonly line: Line; readonly choosing: Choosing }) {
  const words = useWords(LIST)
  const name = line.learner?.name ?? `${words.columns.row} ${line.row}`
  return (
    <label class="people-choose">
      <input
        type="checkbox"
        aria-label={words.choose(name)}
        checked={choosing.chosen.has(line.cid)}
        onChange={({ currentTarget }) => {
          choosing.choose(line, currentTarget.checked)
        }}
      />
    </label>
  )
}
