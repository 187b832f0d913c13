/** Replaces a link that leaked, and shows the new one once. */
import { useState } from 'preact/hooks'
import type { ReasonCode } from '../../../src/index.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useWords } from '../../words/language.tsx'
import { CheckField } from '../field.tsx'
import { useAct } from '../load.ts'
import { go, hrefOf } from '../place.ts'
import { useApi } from '../session.tsx'
import { ActForm } from './act-form.tsx'
import { ACT_WORDS } from './acts.words.ts'
import { RESEALED } from './answers.ts'
import type { View } from './answers.ts'
import { LearnerLine } from './learner-line.tsx'
import { ReasonField } from './reason-field.tsx'
import { RESEAL } from './reseal.words.ts'

type ResealDialogProps = {
  readonly view: View
  readonly changed: () => void
  readonly close: () => void
}

type Resealed = { readonly cid: string; readonly link: string | null }

export function ResealDialog({ view, close }: ResealDialogProps) {
  const words = useWords(RESEAL)
  const [done, setDone] = useState<Resealed>()
  // The old document is another's address by then.
  const leave = (): void => {
    if (done === undefined) close()
    else go(hrefOf('certificates', [done.cid]), 'replace')
  }
  const title = done === undefined ? words.title : words.doneTitle
  return (
    <Dialog isOpen title={title} onClose={leave}>
      {done === undefined ? (
        <Asking view={view} close={close} done={setDone} />
      ) : (
        <Done link={done.link} leave={leave} />
      )}
    </Dialog>
  )
}

type AskingProps = {
  readonly view: View
  readonly close: () => void
  readonly done: (resealed: Resealed) => void
}

function Asking({ view, close, done }: AskingProps) {
  const words = useWords(RESEAL)
  const acts = useWords(ACT_WORDS)
  const api = useApi()
  const address = view.learner?.email
  const [reason, setReason] = useState<ReasonCode | ''>('')
  const [mail, setMail] = useState(address !== undefined)
  const doing = useAct(async () => {
    const json = { mail, ...(reason === '' ? {} : { reason }) }
    const path = `/api/v1/certificates/${view.cid}/reseal`
    done(await api.send('POST', path, RESEALED, { json }))
  })
  return (
    <ActForm verb={words.verb} isDanger isReady={reason !== ''} doing={doing} close={close}>
      <LearnerLine learner={view.learner} />
      <p>{words.will}</p>
      <p class="quiet">{words.stays}</p>
      <ReasonField value={reason} take={setReason} hint={acts.reasonOfErasing} />
      {address === undefined ? (
        <p class="quiet">{words.noAddress}</p>
      ) : (
        <CheckField label={words.mail(address)} isChecked={mail} take={setMail} />
      )}
    </ActForm>
  )
}

function Done({ link, leave }: { readonly link: string | null; readonly leave: () => void }) {
  const words = useWords(RESEAL)
  const acts = useWords(ACT_WORDS)
  return (
    <div class="desk-stack">
      <p>{words.done}</p>
      {link === null ? (
        <p class="quiet">{words.hidden}</p>
      ) : (
        <div class="people-link">
          <strong>{words.link}</strong>
          <p class="mono">{link}</p>
          <CopyButton text={link} of={words.link} label={words.copy} />
          <p class="quiet people-small">{words.once}</p>
        </div>
      )}
      <div class="desk-actions">
        <button type="button" class="button primary" onClick={leave}>
          {acts.close}
        </button>
      </div>
    </div>
  )
}
