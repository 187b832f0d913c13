/** What can be done to a certificate, and the dialog of what was chosen. */
import { useState } from 'preact/hooks'
import { useWords } from '../../words/language.tsx'
import { hrefOf } from '../place.ts'
import { useSession } from '../session.tsx'
import { actsFor } from './acts.ts'
import type { Act } from './acts.ts'
import { ACT_WORDS } from './acts.words.ts'
import type { Batch, View } from './answers.ts'
import { ChangeDialog } from './change-dialog.tsx'
import { DETAILS } from './details.words.ts'
import { EraseDialog } from './erase-dialog.tsx'
import { MailDialog } from './mail-dialog.tsx'
import { ResealDialog } from './reseal-dialog.tsx'

type ActListProps = {
  readonly view: View
  readonly batch: Batch | undefined
  /** Something was done: what is shown is old. */
  readonly changed: () => void
}

export function ActList({ view, batch, changed }: ActListProps) {
  const words = useWords(DETAILS)
  const { may } = useSession()
  const [act, setAct] = useState<Act>()
  const isPermanent = batch?.permanent === true
  const acts = actsFor(view, isPermanent, may)
  return (
    <aside class="card people-acts" aria-label={words.acts}>
      <h2>{words.acts}</h2>
      {acts.length === 0 && <p class="quiet">{words.noActs}</p>}
      <ul role="list">
        {acts.map((one) => (
          <li key={one}>
            <ActButton
              act={one}
              cid={view.cid}
              start={() => {
                setAct(one)
              }}
            />
          </li>
        ))}
      </ul>
      {isPermanent && view.erased === null && <p class="quiet people-small">{words.permanent}</p>}
      {act !== undefined && (
        <ActDialog
          act={act}
          view={view}
          changed={changed}
          close={() => {
            setAct(undefined)
          }}
        />
      )}
    </aside>
  )
}

type ActButtonProps = { readonly act: Act; readonly cid: string; readonly start: () => void }

function ActButton({ act, cid, start }: ActButtonProps) {
  const words = useWords(ACT_WORDS)
  const isDanger = act === 'revoke' || act === 'erase'
  const id = `act-${act}`
  return (
    <>
      {act === 'correct' ? (
        <a class="button" href={hrefOf('certificates', [cid, 'correct'])} aria-describedby={id}>
          {words.verbs[act]}
        </a>
      ) : (
        <button
          type="button"
          class={`button${isDanger ? ' danger' : ''}`}
          aria-describedby={id}
          onClick={start}
        >
          {words.verbs[act]}
        </button>
      )}
      <p id={id} class="quiet people-small">
        {words.hints[act]}
      </p>
    </>
  )
}

type ActDialogProps = Omit<ActListProps, 'batch'> & {
  readonly act: Act
  readonly close: () => void
}

function ActDialog({ act, ...props }: ActDialogProps) {
  switch (act) {
    case 'suspend':
    case 'reinstate':
    case 'revoke':
      return <ChangeDialog act={act} {...props} />
    case 'mail':
      return <MailDialog {...props} />
    case 'reseal':
      return <ResealDialog {...props} />
    case 'erase':
      return <EraseDialog {...props} />
    case 'correct':
      return null
  }
}
