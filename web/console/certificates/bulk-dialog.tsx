/** Suspends, reinstates or revokes all that are chosen and stand so that it can be. */
import { useState } from 'preact/hooks'
import type { ReasonCode } from '../../../src/index.ts'
import { useLanguage, useWords } from '../../words/language.tsx'
import { printNumber } from '../../words/print.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../field.tsx'
import { useAct } from '../load.ts'
import { useApi } from '../session.tsx'
import { ActForm } from './act-form.tsx'
import { ACT_WORDS } from './acts.words.ts'
import { canChange } from './acts.ts'
import type { StatusAct } from './acts.ts'
import type { Line } from './answers.ts'
import { changeMany } from './many.ts'
import type { ManyProgress } from './many.ts'
import { ReasonField } from './reason-field.tsx'
import type { Standing } from './standing.ts'

type BulkDialogProps = {
  readonly act: StatusAct
  readonly lines: readonly Line[]
  readonly standing: Standing
  readonly close: () => void
  readonly done: () => void
}

export function BulkDialog({ act, lines, standing, close, done }: BulkDialogProps) {
  const words = useWords(ACT_WORDS)
  const language = useLanguage()
  const api = useApi()
  const [reason, setReason] = useState<ReasonCode | ''>('')
  const [written, setWritten] = useState('')
  const [progress, setProgress] = useState<ManyProgress>()
  const [cids] = useState(() => possible(act, lines, standing))
  const count = printNumber(cids.length, language)
  const doing = useAct(async (key) => {
    if (reason === '') return
    await changeMany(api, { act, reason, cids, key }, setProgress)
    standing.renew(cids)
    done()
    close()
  })
  const isMeant = act !== 'revoke' || written.trim() === String(cids.length)
  return (
    <Dialog isOpen title={words.manyTitles[act](count)} onClose={close}>
      <ActForm
        verb={words.verbs[act]}
        isDanger={act === 'revoke'}
        isReady={reason !== '' && isMeant && cids.length > 0}
        doing={doing}
        close={close}
      >
        <p>{words.manyWill[act]}</p>
        {cids.length < lines.length && (
          <p class="quiet">{words.skipped(printNumber(lines.length - cids.length, language))}</p>
        )}
        <ReasonField value={reason} take={setReason} hint={words.reasonHint} />
        {act === 'revoke' && (
          <TextField
            label={words.confirmCount(String(cids.length))}
            value={written}
            take={setWritten}
            inputMode="numeric"
          />
        )}
        {doing.isBusy && progress && <Progress progress={progress} all={cids.length} />}
      </ActForm>
    </Dialog>
  )
}

function Progress({ progress, all }: { readonly progress: ManyProgress; readonly all: number }) {
  const words = useWords(ACT_WORDS)
  const language = useLanguage()
  const { done, waits } = progress
  return (
    <div class="people-progress" role="status">
      <progress max={all} value={done} aria-label={words.busy} />
      <p>{words.sent(printNumber(done, language), printNumber(all, language))}</p>
      {waits !== undefined && <p class="quiet">{words.waiting(printNumber(waits, language))}</p>}
    </div>
  )
}

/** What is not known to stand otherwise. */
function possible(act: StatusAct, lines: readonly Line[], standing: Standing): readonly string[] {
  return lines.flatMap(({ cid }) => {
    const known = standing.of(cid)
    return known === undefined || canChange(act, known.state) ? [cid] : []
  })
}
