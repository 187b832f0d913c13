/** Sends the learner their link once more. */
import { useState } from 'preact/hooks'
import * as z from 'zod'
import type { Language } from '../../../src/index.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { say } from '../../ui/toast.tsx'
import { useLanguage, useWords } from '../../words/language.tsx'
import { SelectField } from '../field.tsx'
import { useAct } from '../load.ts'
import { useApi } from '../session.tsx'
import { ActForm } from './act-form.tsx'
import { ACT_WORDS } from './acts.words.ts'
import type { View } from './answers.ts'
import { LearnerLine } from './learner-line.tsx'

type MailDialogProps = {
  readonly view: View
  readonly changed: () => void
  readonly close: () => void
}

const CHOICES: readonly { readonly value: Language; readonly label: string }[] = [
  { value: 'fr', label: 'Français' },
  { value: 'en', label: 'English' },
]

export function MailDialog({ view, changed, close }: MailDialogProps) {
  const words = useWords(ACT_WORDS)
  const api = useApi()
  const [language, setLanguage] = useState(useLanguage())
  const doing = useAct(async (idempotencyKey) => {
    const sending = { json: { language }, idempotencyKey }
    const path = `/api/v1/certificates/${view.cid}/mail`
    await api.send('POST', path, z.object({ cid: z.string() }), sending)
    say(words.mailDone)
    changed()
    close()
  })
  return (
    <Dialog isOpen title={words.mailTitle} onClose={close}>
      <ActForm verb={words.verbs.mail} isReady doing={doing} close={close}>
        <LearnerLine learner={view.learner} />
        <p>{words.mailWill(view.learner?.email ?? '')}</p>
        <SelectField
          label={words.mailLanguage}
          value={language}
          choices={CHOICES}
          take={setLanguage}
        />
      </ActForm>
    </Dialog>
  )
}
