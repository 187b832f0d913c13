/** One certificate: whose it is, how it stands and came to, what its link became, and what can be done to it. */
import { useCallback } from 'preact/hooks'
import { useWords } from '../../words/language.tsx'
import { Heading } from '../heading.tsx'
import { useLoaded } from '../load.ts'
import type { Loaded } from '../load.ts'
import { hrefOf } from '../place.ts'
import { ProblemNote } from '../problem-note.tsx'
import { useApi, useSession } from '../session.tsx'
import { Waiting } from '../waiting.tsx'
import { ActList } from './act-list.tsx'
import { BATCH, VIEW } from './answers.ts'
import type { Batch, View } from './answers.ts'
import { DETAILS } from './details.words.ts'
import { Facts } from './facts.tsx'
import { useFollowed } from './following.ts'
import { History } from './history.tsx'
import { Letters, Shares } from './letters.tsx'
import { OperationNotes } from './operation-notes.tsx'
import { Standing } from './standing-card.tsx'

export function Details({ cid }: { readonly cid: string }) {
  const words = useWords(DETAILS)
  const view = useView(cid)
  const batch = useBatchOf(view.value?.batchId)
  const again = useCallback(() => {
    view.again()
  }, [view.again])
  const operations = useFollowed(view.value?.queued, again)
  const back = { href: hrefOf('certificates'), label: words.back }
  if (view.value === undefined) {
    return (
      <>
        <Heading title={words.title} back={back} />
        {view.problem ? <ProblemNote problem={view.problem} again={again} /> : <Waiting />}
      </>
    )
  }
  const parts = { view: view.value, batch: batch.value }
  return (
    <>
      <Heading title={words.title} back={back} />
      {view.problem && <ProblemNote problem={view.problem} again={again} />}
      <div class="people-details">
        <div class="desk-stack people-first">
          <Standing view={view.value} />
          <OperationNotes operations={operations} />
        </div>
        <ActList {...parts} changed={again} />
        <div class="desk-stack people-rest">
          <Facts {...parts} />
          <History {...parts} />
          <Letters view={view.value} />
          <Shares view={view.value} />
        </div>
      </div>
    </>
  )
}

export function useView(cid: string): Loaded<View> {
  const api = useApi()
  const path = `/api/v1/certificates/${encodeURIComponent(cid)}`
  return useLoaded((ended) => api.get(path, VIEW, ended), [cid])
}

/** Undefined for a key that may not read batches: then less is shown. */
export function useBatchOf(batchId: string | undefined): Loaded<Batch | undefined> {
  const { api, may } = useSession()
  const isRead = may('batches:read')
  return useLoaded(
    async (ended) =>
      batchId === undefined || !isRead
        ? undefined
        : api.get(`/api/v1/batches/${batchId}`, BATCH, ended),
    [batchId, isRead],
  )
}
