/** The certificates of a batch in a table of any length: pages are read as they come into sight. */
import { useCallback, useRef, useState } from 'preact/hooks'
import { Told } from '../../ui/text.tsx'
import { useLanguage, useWords } from '../../words/language.tsx'
import { printNumber } from '../../words/print.ts'
import { asProblem } from '../problem.ts'
import type { Problem } from '../problem.ts'
import { go, hrefOf } from '../place.ts'
import { ProblemNote } from '../problem-note.tsx'
import { useApi } from '../session.tsx'
import { Table } from '../table.tsx'
import type { Column } from '../table.tsx'
import { BATCH_PAGE } from './batch-page.words.ts'
import { CERTIFICATES } from './shapes.ts'
import type { Batch, BatchCertificate } from './shapes.ts'
import { pathOf } from './use-batch.ts'

const UNSEALED: readonly Batch['state'][] = ['awaiting-approval', 'drafted']

export function BatchCertificates({ batch }: { readonly batch: Batch }) {
  const words = useWords(BATCH_PAGE)
  const isSealed = !UNSEALED.includes(batch.state)
  return (
    <section class="batch-list" aria-label={words.listLabel}>
      <h2>{words.list}</h2>
      {isSealed ? <CertificateTable batch={batch} /> : <p class="quiet">{words.notYet}</p>}
    </section>
  )
}

function CertificateTable({ batch }: { readonly batch: Batch }) {
  const words = useWords(BATCH_PAGE)
  const language = useLanguage()
  const { rowAt, show, problem, again } = useCertificates(batch.id)
  const columns: Column<BatchCertificate>[] = [
    {
      key: 'name',
      title: words.columns.name,
      width: 'minmax(0, 2fr)',
      onPhone: true,
      cell: ({ learner }) =>
        learner === null ? (
          <span class="quiet">{words.erased}</span>
        ) : (
          <Told>{learner.name ?? words.unnamed}</Told>
        ),
    },
    {
      key: 'email',
      title: words.columns.email,
      width: 'minmax(0, 2fr)',
      cell: ({ learner }) => <Told>{learner?.email ?? ''}</Told>,
    },
    {
      key: 'externalId',
      title: words.columns.externalId,
      width: 'minmax(0, 1fr)',
      onPhone: true,
      cell: ({ learner }) => <Told>{learner?.externalId ?? ''}</Told>,
    },
    {
      key: 'row',
      title: words.columns.row,
      width: '6rem',
      isNumber: true,
      cell: ({ row }) => printNumber(row, language),
    },
  ]
  return (
    <>
      {problem && <ProblemNote problem={problem} again={again} />}
      <Table
        label={words.listLabel}
        columns={columns}
        count={batch.size}
        rowAt={rowAt}
        keyOf={({ cid }) => cid}
        show={show}
        open={({ cid }) => {
          go(hrefOf('certificates', [cid]))
        }}
      />
    </>
  )
}

/** As many as one request brings. */
const PAGE = 200

type Certificates = {
  readonly rowAt: (index: number) => BatchCertificate | undefined
  readonly show: (from: number, to: number) => void
  readonly problem: Problem | undefined
  readonly again: () => void
}

function useCertificates(batchId: string): Certificates {
  const api = useApi()
  const rows = useRef(new Map<number, BatchCertificate>())
  const asked = useRef(new Set<number>())
  const [, setTurn] = useState(0)
  const [problem, setProblem] = useState<Problem>()
  const read = useCallback(
    async (page: number): Promise<void> => {
      asked.current.add(page)
      const query = `from=${page * PAGE}&limit=${PAGE}`
      try {
        const path = `${pathOf(batchId)}/certificates?${query}`
        const { certificates } = await api.get(path, CERTIFICATES)
        for (const one of certificates) rows.current.set(one.index, one)
        setProblem(undefined)
        setTurn((turn) => turn + 1)
      } catch (error) {
        asked.current.delete(page)
        setProblem(asProblem(error))
      }
    },
    [api, batchId],
  )
  const show = useCallback(
    (from: number, to: number) => {
      for (let page = Math.floor(from / PAGE); page * PAGE < to; page += 1) {
        if (!asked.current.has(page)) void read(page)
      }
    },
    [read],
  )
  return {
    rowAt: (index) => rows.current.get(index),
    show,
    problem,
    again: () => {
      void read(0)
    },
  }
}
