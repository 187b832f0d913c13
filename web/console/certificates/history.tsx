/** What happened to a certificate, in order, as this server reports it. */
import { catalogueOf } from '../../../src/index.ts'
import { useLanguage, useWords } from '../../words/language.tsx'
import { printTime } from '../../words/print.ts'
import type { Batch, Dated, View } from './answers.ts'
import { DETAILS } from './details.words.ts'

type HistoryProps = { readonly view: View; readonly batch: Batch | undefined }

export function History({ view, batch }: HistoryProps) {
  const words = useWords(DETAILS)
  const { history, erased } = view
  const anchoredAt = batch?.anchoredAt ?? null
  return (
    <section class="card desk-stack">
      <h2>{words.history}</h2>
      <ol role="list" class="people-history">
        {anchoredAt !== null && <Entry word={words.issued} at={anchoredAt} />}
        {history.map((change) => (
          <Entry
            key={`${change.action}${change.at}`}
            word={words.changes[change.action]}
            at={change.at}
            reason={change.reason}
          />
        ))}
        {erased !== null && <Entry word={words.changes.erase} {...erased} />}
      </ol>
      <p class="quiet people-small">{words.asReported}</p>
    </section>
  )
}

type EntryProps = {
  readonly word: string
  readonly at: string
  readonly reason?: Dated['reason'] | undefined
}

function Entry({ word, at, reason }: EntryProps) {
  const language = useLanguage()
  const { reasons } = catalogueOf(language)
  return (
    <li>
      <strong>{word}</strong>
      {reason !== undefined && <span>{reasons[reason]}</span>}
      <time class="quiet" dateTime={at}>
        {printTime(at, language)}
      </time>
    </li>
  )
}
