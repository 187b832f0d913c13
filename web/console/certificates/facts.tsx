/** Where a certificate belongs: batch, place, document. */
import type { ComponentChildren } from 'preact'
import { CopyButton } from '../../ui/copy-button.tsx'
import { useLanguage, useWords } from '../../words/language.tsx'
import { printNumber, printTime } from '../../words/print.ts'
import { hrefOf } from '../place.ts'
import type { Batch, View } from './answers.ts'
import { DETAILS } from './details.words.ts'

type FactsProps = { readonly view: View; readonly batch: Batch | undefined }

export function Facts({ view, batch }: FactsProps) {
  const words = useWords(DETAILS)
  const language = useLanguage()
  const { cid, batchId, index, row, sealing } = view
  const at = printNumber(index, language)
  const anchoredAt = batch?.anchoredAt ?? null
  return (
    <section class="card desk-stack">
      <h2>{words.facts}</h2>
      <dl class="people-facts">
        <Fact name={words.batch}>
          <a href={hrefOf('batches', [batchId])} class="mono">
            {batchId}
          </a>
        </Fact>
        {anchoredAt !== null && (
          <Fact name={words.anchored}>{printTime(anchoredAt, language)}</Fact>
        )}
        <Fact name={words.index}>
          {batch === undefined ? at : words.indexOf(at, printNumber(batch.size, language))}
        </Fact>
        <Fact name={words.row}>{printNumber(row, language)}</Fact>
        {sealing > 0 && (
          <Fact name={words.sealing}>{words.sealings(printNumber(sealing, language))}</Fact>
        )}
        <Fact name={words.document}>
          <span class="people-cid">
            <span class="mono">{cid}</span>
            <CopyButton text={cid} of={words.document} />
          </span>
        </Fact>
      </dl>
    </section>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
