/** The row of a certificate: what stands in it now, and beside it what shall stand in the corrected one. */
import { useState } from 'preact/hooks'
import type { Template } from '../../../src/index.ts'
import { useLanguage, useWords } from '../../words/language.tsx'
import { printNumber } from '../../words/print.ts'
import { useSession } from '../session.tsx'
import { CorrectReview } from './correct-review.tsx'
import { CORRECT } from './correct.words.ts'
import { PairField } from './pair-field.tsx'
import { changesOf } from './row-changes.ts'
import { faultsOf } from './row-faults.ts'
import type { Faults } from './row-faults.ts'

type Row = ReadonlyMap<string, string>

type CorrectFormProps = {
  readonly cid: string
  readonly templateId: string
  readonly template: Template
  readonly old: Row
  /** The template is that of the certificate’s batch. */
  readonly isOwn: boolean
}

export function CorrectForm({ cid, templateId, template, old, isOwn }: CorrectFormProps) {
  const words = useWords(CORRECT)
  const language = useLanguage()
  const { session } = useSession()
  const [row, setRow] = useState<Row>(old)
  const [faults, setFaults] = useState<Faults>(new Map())
  const [isReviewed, setReviewed] = useState(false)
  const changed = changesOf(old, row)
  const review = (event: Event): void => {
    event.preventDefault()
    const found = faultsOf(template, row, { account: session.issuer.account, language })
    setFaults(found)
    setReviewed(found.size === 0)
  }
  const other = faults.get('')
  return (
    <form class="desk-stack" noValidate onSubmit={review}>
      <div class="people-pairs">
        <div class="people-pair-head" aria-hidden="true">
          <span>{words.now}</span>
          <span>{words.corrected}</span>
        </div>
        {template.file.columns.map((column) => (
          <PairField
            key={column.column}
            column={column}
            template={template}
            old={old.get(column.column) ?? ''}
            value={row.get(column.column) ?? ''}
            fault={faults.get(column.column)}
            take={(value) => {
              setRow((before) => new Map([...before, [column.column, value]]))
            }}
          />
        ))}
      </div>
      {faults.size > 0 && (
        <p class="desk-error" role="alert">
          {words.faults} {other}
        </p>
      )}
      <div class="desk-actions">
        <p class="quiet" role="status">
          {changed.length === 0
            ? words.unchanged
            : words.changes(printNumber(changed.length, language))}
        </p>
        <button type="submit" class="button primary" disabled={changed.length === 0}>
          {words.verb}
        </button>
      </div>
      {isReviewed && (
        <CorrectReview
          cid={cid}
          templateId={templateId}
          allowIncomplete={isOwn}
          row={row}
          changes={changed}
          refused={(told) => {
            setFaults(told)
            setReviewed(false)
          }}
          close={() => {
            setReviewed(false)
          }}
        />
      )}
    </form>
  )
}
