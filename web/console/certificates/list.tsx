/** All certificates of a batch, or those that a search finds as one types; some of them chosen, to act on together. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { useLanguage, useWords } from '../../words/language.tsx'
import { printNumber } from '../../words/print.ts'
import { Empty } from '../empty.tsx'
import { FRAME } from '../frame.words.ts'
import { IssueFirst } from '../issue-first.tsx'
import { Heading } from '../heading.tsx'
import { go, hrefOf } from '../place.ts'
import { ProblemNote } from '../problem-note.tsx'
import { useSession } from '../session.tsx'
import { Table } from '../table.tsx'
import { Waiting } from '../waiting.tsx'
import type { Line } from './answers.ts'
import { useBatches } from './batches.ts'
import { BulkBar } from './bulk-bar.tsx'
import { useColumns } from './columns.tsx'
import { useBatchLines, useSearch } from './found.ts'
import type { Lines } from './found.ts'
import { LIST } from './list.words.ts'
import { queriesOf } from './query.ts'
import { SearchBar } from './search-bar.tsx'
import { useStanding } from './standing.ts'
import type { Standing } from './standing.ts'

const TYPING_MS = 250
const MOST_CHOSEN = 200

/** What is looked for stays while one looks at a certificate, in this page alone. */
let kept = { account: '', typed: '', batchId: '' }

export function CertificateList() {
  const names = useWords(FRAME).names
  const words = useWords(LIST)
  const { session, may } = useSession()
  const { account } = session.issuer
  const before = kept.account === account ? kept : { typed: '', batchId: '' }
  const [typed, setTyped] = useState(before.typed)
  const [batchId, setBatchId] = useState(before.batchId)
  kept = { account, typed, batchId }
  const batches = useBatches()
  const batch =
    batches.value?.find(({ id }) => id === batchId) ??
    batches.value?.find(({ size }) => size > 1) ??
    batches.value?.[0]
  const wanted = useRested(typed, TYPING_MS)
  const isSearch = queriesOf(wanted).length > 0
  const ofBatch = useBatchLines(batch)
  const found = useSearch(wanted)
  const lines = isSearch ? found : ofBatch
  if (batches.value === undefined) {
    return batches.problem ? (
      <ProblemNote problem={batches.problem} again={batches.again} />
    ) : (
      <Waiting />
    )
  }
  if (batches.value.length === 0 && may('batches:read')) return <NothingYet />
  return (
    <>
      <Heading title={names.certificates}>{words.about}</Heading>
      <SearchBar
        typed={typed}
        take={setTyped}
        batches={batches.value}
        batch={isSearch ? undefined : batch}
        choose={setBatchId}
      />
      {(isSearch || batch !== undefined) && (
        <Shown lines={lines} isSearch={isSearch} key={isSearch ? 'search' : batch?.id} />
      )}
      {isSearch && !lines.isLoading && lines.count === 0 && lines.problem === undefined && (
        <Empty
          title={words.none}
          action={
            <button
              type="button"
              class="button"
              onClick={() => {
                setTyped('')
              }}
            >
              {words.clear}
            </button>
          }
        >
          {words.noneHint}
        </Empty>
      )}
    </>
  )
}

function NothingYet() {
  const names = useWords(FRAME).names
  const words = useWords(LIST)
  return (
    <>
      <Heading title={names.certificates} />
      <IssueFirst title={words.emptyTitle} verb={words.emptyAction}>
        {words.empty}
      </IssueFirst>
    </>
  )
}

function Shown({ lines, isSearch }: { readonly lines: Lines; readonly isSearch: boolean }) {
  const words = useWords(LIST)
  const { may } = useSession()
  const standing = useStanding()
  const [chosen, setChosen] = useState<ReadonlyMap<string, Line>>(new Map())
  const range = useSight(lines, standing)
  const columns = useColumns(
    standing,
    may('certificates:status')
      ? {
          chosen,
          choose: (line, isChosen) => {
            setChosen((before) => withChosen(before, line, isChosen))
          },
        }
      : undefined,
  )
  return (
    <>
      {lines.problem && <ProblemNote problem={lines.problem} again={lines.again} />}
      <div class="people-above">
        <Count lines={lines} isSearch={isSearch} />
        <BulkBar
          chosen={chosen}
          most={MOST_CHOSEN}
          standing={standing}
          clear={() => {
            setChosen(new Map())
          }}
        />
      </div>
      {lines.count > 0 && (
        <Table
          label={words.table}
          columns={columns}
          count={lines.count}
          rowAt={lines.rowAt}
          keyOf={({ cid }) => cid}
          open={({ cid }) => {
            go(hrefOf('certificates', [cid]))
          }}
          show={range}
          isChosen={({ cid }) => chosen.has(cid)}
        />
      )}
    </>
  )
}

/** How many there are, said as it changes. */
function Count({ lines, isSearch }: { readonly lines: Lines; readonly isSearch: boolean }) {
  const words = useWords(LIST)
  const language = useLanguage()
  const { count, isOpen, isLoading } = lines
  const printed = printNumber(count, language)
  const say = (): string => {
    if (!isSearch) return words.inBatch(printed)
    if (isLoading && count === 0) return words.searching
    if (count === 0) return words.none
    return count === 1 && !isOpen ? words.one : words.found(printed, isOpen)
  }
  return (
    <p class="people-count quiet" role="status" aria-live="polite">
      {say()}
    </p>
  )
}

/** Tells lines and states what is in sight; stable, since the table tells anew when it differs. */
function useSight(lines: Lines, standing: Standing): (from: number, to: number) => void {
  const sight = useRef({ from: 0, to: 0 })
  const { show } = lines
  useEffect(() => {
    const { from, to } = sight.current
    const seen = Array.from({ length: to - from }, (_, i) => lines.rowAt(from + i))
    standing.look(seen.flatMap((line) => (line?.learner ? [line.cid] : [])))
  })
  return useCallback(
    (from: number, to: number) => {
      sight.current = { from, to }
      show(from, to)
    },
    [show],
  )
}

function withChosen(
  before: ReadonlyMap<string, Line>,
  line: Line,
  isChosen: boolean,
): ReadonlyMap<string, Line> {
  const after = new Map(before)
  if (!isChosen) after.delete(line.cid)
  else if (after.size < MOST_CHOSEN) after.set(line.cid, line)
  return after
}

/** A value once it has not changed for a while. */
function useRested(value: string, ms: number): string {
  const [rested, setRested] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => {
      setRested(value)
    }, ms)
    return () => {
      clearTimeout(timer)
    }
  }, [value, ms])
  return rested
}
