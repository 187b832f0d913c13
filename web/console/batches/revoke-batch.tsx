/** Revoking every certificate of a batch: asks for its name and the reason, since nothing brings them back. */
import { useState } from 'preact/hooks'
import { catalogueOf } from '../../../src/index.ts'
import type { ReasonCode } from '../../../src/index.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { useLanguage, useWords } from '../../words/language.tsx'
import { printNumber } from '../../words/print.ts'
import { SelectField, TextField } from '../field.tsx'
import { useAct } from '../load.ts'
import { ProblemNote } from '../problem-note.tsx'
import { useApi } from '../session.tsx'
import { REVOKE } from './revoke-batch.words.ts'
import { nameOf, OPERATION_ANSWER } from './shapes.ts'
import type { Batch } from './shapes.ts'
import { pathOf } from './use-batch.ts'

/** Those that can be true of every certificate of a batch. */
const REASONS: readonly ReasonCode[] = [
  'issued-in-error',
  'content-error',
  'withdrawn-by-issuer',
  'fraud',
  'key-compromise',
  'unspecified',
]

type RevokeBatchProps = { readonly batch: Batch; readonly revoked: () => void }

export function RevokeBatch({ batch, revoked }: RevokeBatchProps) {
  const words = useWords(REVOKE)
  const [isOpen, setOpen] = useState(false)
  const close = (): void => {
    setOpen(false)
  }
  return (
    <details class="card batch-card desk-fold batch-danger">
      <summary>{words.title}</summary>
      <div class="desk-stack tight">
        <p class="quiet">{words.what}</p>
        <div class="desk-actions">
          <button
            type="button"
            class="button danger"
            onClick={() => {
              setOpen(true)
            }}
          >
            {words.open}
          </button>
        </div>
      </div>
      <Dialog isOpen={isOpen} title={words.dialog(nameOf(batch))} onClose={close}>
        <RevokeForm batch={batch} revoked={revoked} close={close} />
      </Dialog>
    </details>
  )
}

function RevokeForm({ batch, revoked, close }: RevokeBatchProps & { readonly close: () => void }) {
  const words = useWords(REVOKE)
  const language = useLanguage()
  const api = useApi()
  const { reasons } = catalogueOf(language)
  const [reason, setReason] = useState<ReasonCode | ''>('')
  const [name, setName] = useState('')
  const { isBusy, problem, act } = useAct(async (idempotencyKey) => {
    const path = `${pathOf(batch.id)}/revoke`
    await api.send('POST', path, OPERATION_ANSWER, { json: { reason }, idempotencyKey })
    close()
    revoked()
  })
  const isReady = reason !== '' && name.trim() === nameOf(batch)
  return (
    <form
      class="desk-stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady) void act()
      }}
    >
      <p>{words.will(batch.size, printNumber(batch.size, language))}</p>
      <SelectField
        label={words.reason}
        value={reason}
        choices={[
          { value: '', label: words.chooseReason },
          ...REASONS.map((value) => ({ value, label: reasons[value] })),
        ]}
        take={setReason}
      />
      <TextField label={words.name(nameOf(batch))} value={name} take={setName} />
      {problem && <ProblemNote problem={problem} />}
      <div class="desk-actions">
        <button type="button" class="button" onClick={close}>
          {words.cancel}
        </button>
        <button type="submit" class="button danger" disabled={!isReady || isBusy}>
          {isBusy ? words.busy : words.verb}
        </button>
      </div>
    </form>
  )
}
