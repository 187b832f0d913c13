import { Icon } from '../../../ui/icons.tsx'
import { Told } from '../../../ui/text.tsx'
import { fillText } from '../../../words/fill.tsx'
import { useLanguage, useWords } from '../../../words/language.tsx'
import { printList, printNumber } from '../../../words/print.ts'
import type { Warning } from '../shapes.ts'
import { WARNINGS } from './warnings.words.ts'

type WarningsProps = {
  readonly warnings: readonly Warning[]
  /** Shows some rows, by line; undefined where the file cannot be shown. */
  readonly show?: ((rows: readonly number[]) => void) | undefined
}

/** What is worth a look and stops nothing. */
export function Warnings({ warnings, show }: WarningsProps) {
  const words = useWords(WARNINGS)
  if (warnings.length === 0) return null
  return (
    <section class="batch-warnings" aria-label={words.title}>
      <h3>
        <Icon name="warning" />
        {words.title}
      </h3>
      <ul role="list">
        {warnings.map((warning, i) => (
          <WarningLine key={i} warning={warning} show={show} />
        ))}
      </ul>
    </section>
  )
}

const MOST_NAMED = 8

function WarningLine({
  warning: { code, rows, column },
  show,
}: {
  readonly warning: Warning
  readonly show: WarningsProps['show']
}) {
  const words = useWords(WARNINGS)
  const language = useLanguage()
  const said = fillText(words.codes[code] ?? words.other, { column: column ?? '' })
  const named = printList(
    rows.slice(0, MOST_NAMED).map((row) => printNumber(row, language)),
    language,
  )
  const rest = rows.length - MOST_NAMED
  return (
    <li>
      <p>
        <Told>{said}</Told>
        {rows.length > 0 && (
          <span class="quiet">
            {' '}
            {rest > 0
              ? words.more(named, printNumber(rest, language))
              : words.rows(named, rows.length)}
          </span>
        )}
      </p>
      {show !== undefined && rows.length > 0 && (
        <button
          type="button"
          class="button plain"
          onClick={() => {
            show(rows)
          }}
        >
          {words.show}
        </button>
      )}
    </li>
  )
}
