/** Erases a certificate: says what will be gone and what cannot be, and asks for the reason and for the learner's name. */
import { useState } from 'preact/hooks'
import * as z from 'zod'
import type { ReasonCode } from '../../../src/index.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { say } from '../../ui/toast.tsx'
import { useLanguage, useWords } from '../../words/language.tsx'
import { printNumber } from '../../words/print.ts'
import { TextField } from '../field.tsx'
import { useAct } from '../load.ts'
import { useApi } from '../session.tsx'
import { ActForm } from './act-form.tsx'
import { ACT_WORDS } from './acts.words.ts'
import type { View } from './answers.ts'
import { ERASE } from './erase.words.ts'
import { LearnerLine } from './learner-line.tsx'
import { ReasonField } from './reason-field.tsx'

type EraseDialogProps = {
  readonly view: View
  readonly changed: () => void
  readonly close: () => void
}

const ERASED = z.object({ damaged: z.array(z.string()) })

export function EraseDialog({ view, changed, close }: EraseDialogProps) {
  const words = useWords(ERASE)
  const acts = useWords(ACT_WORDS)
  const language = useLanguage()
  const api = useApi()
  const [reason, setReason] = useState<ReasonCode | ''>('')
  const [written, setWritten] = useState('')
  const asked = view.learner?.name ?? words.word
  const isReady = reason !== '' && isSame(written, asked)
  const doing = useAct(async () => {
    const path = `/api/v1/certificates/${view.cid}/erase`
    const { damaged } = await api.send('POST', path, ERASED, { json: { reason } })
    if (damaged.length > 0) say(words.damaged(printNumber(damaged.length, language)))
    changed()
    close()
  })
  return (
    <Dialog isOpen isWide title={words.title} onClose={close}>
      <ActForm verb={words.verb} isDanger isReady={isReady} doing={doing} close={close}>
        <LearnerLine learner={view.learner} />
        <div class="people-erase">
          <Points title={words.goneTitle} points={words.gone} />
          <Points title={words.staysTitle} points={words.stays} />
        </div>
        <ReasonField value={reason} take={setReason} hint={acts.reasonOfErasing} />
        <TextField label={words.confirm(asked)} value={written} take={setWritten} />
      </ActForm>
    </Dialog>
  )
}

function Points({ title, points }: { readonly title: string; readonly points: readonly string[] }) {
  return (
    <section>
      <h3>{title}</h3>
      <ul>
        {points.map((point) => (
          <li key={point}>{point}</li>
        ))}
      </ul>
    </section>
  )
}

/** As somebody would write it: whatever apostrophe, spacing or case. */
function isSame(written: string, asked: string): boolean {
  const plain = (text: string): string =>
    text
      .normalize('NFKC')
      .toLowerCase()
      .replaceAll(/[’ʼ`´]/g, "'")
      .replaceAll(/\s+/g, ' ')
      .trim()
  return plain(written) === plain(asked)
}
