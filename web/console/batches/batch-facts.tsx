/** What a machine calls things by, one click deeper, each with a button that copies it. */
import { CopyButton } from '../../ui/copy-button.tsx'
import { useLanguage, useWords } from '../../words/language.tsx'
import { printTime } from '../../words/print.ts'
import { BATCH_PAGE } from './batch-page.words.ts'
import type { Batch } from './shapes.ts'

export function BatchFacts({ batch }: { readonly batch: Batch }) {
  const { details, facts } = useWords(BATCH_PAGE)
  const language = useLanguage()
  const { id, root, transaction, home, anchoredAt, createdBy, approvedBy } = batch
  const rows: readonly (readonly [string, string | null, string?])[] = [
    [facts.id, id],
    [facts.root, root],
    [facts.anchored, anchoredAt, anchoredAt === null ? '' : printTime(anchoredAt, language)],
    [facts.transaction, transaction],
    [facts.home, home],
    [facts.by, createdBy],
    [facts.approved, approvedBy],
  ]
  return (
    <details class="card batch-card desk-fold batch-details">
      <summary>{details}</summary>
      <dl>
        {rows.map(([name, value, printed]) =>
          value === null ? null : (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                <span class={printed === undefined ? 'mono' : ''}>{printed ?? value}</span>
                <CopyButton text={value} of={name} />
              </dd>
            </div>
          ),
        )}
      </dl>
    </details>
  )
}
