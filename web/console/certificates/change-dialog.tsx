/** Suspends, reinstates or revokes one certificate, for a reason. */
import { useState } from 'preact/hooks'
import type { ReasonCode } from '../../../src/index.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { useWords } from '../../words/language.tsx'
import { useAct } from '../load.ts'
import { useApi } from '../session.tsx'
import { ActForm } from './act-form.tsx'
import type { StatusAct } from './acts.ts'
import { ACT_WORDS } from './acts.words.ts'
import { OPERATION } from './answers.ts'
import type { View } from './answers.ts'
import { ReasonField } from './reason-field.tsx'
import { LearnerLine } from './learner-line.tsx'

type ChangeDialogProps = {
  readonly act: StatusAct
  readonly view: View
  readonly changed: () => void
  readonly close: () => void
}

export function ChangeDialog({ act, view, changed, close }: ChangeDialogProps) {
  const words = useWords(ACT_WORDS)
  const api = useApi()
  const [reason, setReason] = useState<ReasonCode | ''>('')
  const doing = useAct(async (idempotencyKey) => {
    if (reason === '') return
    const path = `/api/v1/certificates/${view.cid}/${act}`
    await api.send('POST', path, OPERATION, { json: { reason }, idempotencyKey })
    changed()
    close()
  })
  return (
    <Dialog isOpen title={words.titles[act]} onClose={close}>
      <ActForm
        verb={words.verbs[act]}
        isDanger={act === 'revoke'}
        isReady={reason !== ''}
        doing={doing}
        close={close}
      >
        <LearnerLine learner={view.learner} />
        <p>{words.will[act]}</p>
        <ReasonField value={reason} take={setReason} hint={words.reasonHint} />
      </ActForm>
    </Dialog>
  )
}
