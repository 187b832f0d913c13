/** Approving or rejecting a batch: by another person than the one who asked for it. */
import { useState } from 'preact/hooks'
import { useWords } from '../../words/language.tsx'
import { Confirm } from '../confirm.tsx'
import { useAct } from '../load.ts'
import { ProblemNote } from '../problem-note.tsx'
import { useSession } from '../session.tsx'
import { DECISION } from './decision.words.ts'
import { BATCH, nameOf } from './shapes.ts'
import type { Batch } from './shapes.ts'
import { pathOf } from './use-batch.ts'

type DecisionProps = { readonly batch: Batch; readonly take: (batch: Batch) => void }

export function Decision({ batch, take }: DecisionProps) {
  const words = useWords(DECISION)
  const { session, may } = useSession()
  const isOwn = batch.createdBy === session.key.id
  const mayDecide = may('batches:approve') && !isOwn
  return (
    <section class="card batch-card batch-decision" aria-label={words.title}>
      <h2>{words.title}</h2>
      {isOwn && <p>{words.own}</p>}
      {!isOwn && !mayDecide && <p>{words.mayNot}</p>}
      {mayDecide && (
        <>
          <p>{words.ask(batch.createdBy ?? '–')}</p>
          <p class="quiet">{words.what}</p>
          <Deciding batch={batch} take={take} />
        </>
      )}
    </section>
  )
}

function Deciding({ batch, take }: DecisionProps) {
  const words = useWords(DECISION)
  const { api } = useSession()
  const [isRejecting, setRejecting] = useState(false)
  const path = pathOf(batch.id)
  const { isBusy, problem, act } = useAct(async () => {
    take(await api.send('POST', `${path}/approval`, BATCH))
  })
  return (
    <>
      {problem && <ProblemNote problem={problem} />}
      <div class="desk-actions">
        <button type="button" class="button primary" disabled={isBusy} onClick={() => void act()}>
          {isBusy ? words.approving : words.approve}
        </button>
        <button
          type="button"
          class="button danger"
          disabled={isBusy}
          onClick={() => {
            setRejecting(true)
          }}
        >
          {words.reject}
        </button>
      </div>
      {isRejecting && (
        <Confirm
          title={words.rejectTitle(nameOf(batch))}
          verb={words.reject}
          ask={{ for: 'name', name: nameOf(batch) }}
          confirm={async () => {
            take(await api.send('POST', `${path}/rejection`, BATCH))
          }}
          close={() => {
            setRejecting(false)
          }}
        >
          <p>{words.rejectWhat}</p>
        </Confirm>
      )}
    </>
  )
}
