/** The last look at a correction: what changes, what will happen, and for what reason. */
import { useState } from 'preact/hooks'
import type { ReasonCode } from '../../../src/index.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Told } from '../../ui/text.tsx'
import { useLanguage, useWords } from '../../words/language.tsx'
import { useAct } from '../load.ts'
import { go, hrefOf } from '../place.ts'
import { asProblem } from '../problem.ts'
import { useApi } from '../session.tsx'
import { ActForm } from './act-form.tsx'
import { ACT_WORDS } from './acts.words.ts'
import { OPERATION } from './answers.ts'
import { CORRECT } from './correct.words.ts'
import { ReasonField } from './reason-field.tsx'
import type { CellChange } from './row-changes.ts'
import { faultsTold } from './row-faults.ts'
import type { Faults } from './row-faults.ts'

type CorrectReviewProps = {
  readonly cid: string
  readonly templateId: string
  readonly allowIncomplete: boolean
  readonly row: ReadonlyMap<string, string>
  readonly changes: readonly CellChange[]
  /** The server does not take the row as it is. */
  readonly refused: (faults: Faults) => void
  readonly close: () => void
}

export function CorrectReview(props: CorrectReviewProps) {
  const { cid, templateId, allowIncomplete, row, changes, refused, close } = props
  const words = useWords(CORRECT)
  const acts = useWords(ACT_WORDS)
  const language = useLanguage()
  const api = useApi()
  const [reason, setReason] = useState<ReasonCode | ''>('')
  const doing = useAct(async (idempotencyKey) => {
    const json = { template: templateId, row: Object.fromEntries(row), reason, allowIncomplete }
    const path = `/api/v1/certificates/${cid}/correct`
    try {
      await api.send('POST', path, OPERATION, { json, idempotencyKey })
      go(hrefOf('certificates', [cid]))
    } catch (error) {
      const problem = asProblem(error)
      if (problem.rows.length > 0) refused(faultsTold(problem, language))
      throw problem
    }
  })
  return (
    <Dialog isOpen isWide title={words.sureTitle} onClose={close}>
      <ActForm verb={words.sureVerb} isReady={reason !== ''} doing={doing} close={close}>
        <ul role="list" class="people-changes">
          {changes.map(({ column, from, to }) => (
            <li key={column}>
              <strong>{column}</strong>
              <del>{from === '' ? words.empty : <Told>{from}</Told>}</del>
              <ins>{to === '' ? words.empty : <Told>{to}</Told>}</ins>
            </li>
          ))}
        </ul>
        <ol class="people-sure">
          {words.sure.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ol>
        <ReasonField value={reason} take={setReason} hint={acts.reasonHint} />
      </ActForm>
    </Dialog>
  )
}
