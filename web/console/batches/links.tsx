/** The links of a batch: as a file, by e-mail, and forgotten once permanent ones are handed out. */
import { useState } from 'preact/hooks'
import { Icon } from '../../ui/icons.tsx'
import { useWords } from '../../words/language.tsx'
import type { Api } from '../api.ts'
import { NOTHING } from '../api.ts'
import { Confirm } from '../confirm.tsx'
import { useAct } from '../load.ts'
import { ProblemNote } from '../problem-note.tsx'
import { useSession } from '../session.tsx'
import { Letters } from './letters.tsx'
import { LINKS } from './links.words.ts'
import { nameOf } from './shapes.ts'
import type { Batch } from './shapes.ts'
import { pathOf } from './use-batch.ts'

type DownloadProps = { readonly batch: Batch; readonly again: () => void }

type LinksProps = DownloadProps & {
  /** Nobody is written to about certificates that were revoked. */
  readonly isRevoked: boolean
}

export function Links({ batch, again, isRevoked }: LinksProps) {
  const words = useWords(LINKS)
  const { may } = useSession()
  const mayRead = may('links:read')
  return (
    <section class="card batch-card" aria-label={words.title}>
      <h2>{words.title}</h2>
      {batch.isDelivered && <p>{words.delivered}</p>}
      {!batch.isDelivered && !mayRead && <p class="quiet">{words.mayNot}</p>}
      {!batch.isDelivered && mayRead && <Download batch={batch} again={again} />}
      {batch.permanent && !batch.isDelivered && mayRead && may('batches:write') && (
        <Forget batch={batch} again={again} />
      )}
      {!batch.permanent && !isRevoked && may('batches:write') && <Letters batchId={batch.id} />}
    </section>
  )
}

function Download({ batch, again }: DownloadProps) {
  const words = useWords(LINKS)
  const { api } = useSession()
  const [isAsking, setAsking] = useState(false)
  const { isBusy, problem, act } = useAct(async () => {
    await save(api, batch, false)
    again()
  })
  // Somebody else may have downloaded them since this page was read.
  const hasLeft = batch.exports > 0 || problem?.code === 'exported'
  return (
    <div class="desk-stack tight">
      <p>{words.what}</p>
      <p class="quiet">{hasLeft ? words.left(Math.max(1, batch.exports)) : words.once}</p>
      {problem && problem.code !== 'exported' && <ProblemNote problem={problem} />}
      <div class="desk-actions">
        <button
          type="button"
          class={`button${hasLeft ? '' : ' primary'}`}
          disabled={isBusy}
          onClick={() => {
            if (hasLeft) setAsking(true)
            else void act()
          }}
        >
          <Icon name="download" />
          {isBusy ? words.busy : hasLeft ? words.again : words.download}
        </button>
      </div>
      {isAsking && (
        <Confirm
          title={words.againTitle}
          verb={words.again}
          ask={{ for: 'nothing' }}
          confirm={async () => {
            await save(api, batch, true)
            again()
          }}
          close={() => {
            setAsking(false)
          }}
        >
          <p>{words.againWhat}</p>
        </Confirm>
      )}
    </div>
  )
}

/** A file of the reader's; nothing of it stays in the page. */
async function save(api: Api, batch: Batch, isAgain: boolean): Promise<void> {
  const query = isAgain ? '?again=true' : ''
  const file = await api.file(`${pathOf(batch.id)}/links${query}`, 'text/csv')
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = `links-${nameOf(batch)}.csv`
  link.click()
  // The browser has taken it by the next turn.
  setTimeout(() => {
    URL.revokeObjectURL(url)
  })
}

function Forget({ batch, again }: DownloadProps) {
  const words = useWords(LINKS)
  const { api } = useSession()
  const [isAsking, setAsking] = useState(false)
  return (
    <div class="desk-stack tight batch-part">
      <p>{words.permanent}</p>
      <div class="desk-actions">
        <button
          type="button"
          class="button danger"
          disabled={batch.exports === 0}
          onClick={() => {
            setAsking(true)
          }}
        >
          {words.forget}
        </button>
      </div>
      {isAsking && (
        <Confirm
          title={words.forgetTitle}
          verb={words.forget}
          ask={{ for: 'name', name: nameOf(batch) }}
          confirm={async () => {
            await api.send('POST', `${pathOf(batch.id)}/links/delivered`, NOTHING)
            again()
          }}
          close={() => {
            setAsking(false)
          }}
        >
          <p>{words.forgetWhat}</p>
        </Confirm>
      )}
    </div>
  )
}
