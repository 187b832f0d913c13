import { useMemo } from 'preact/hooks'
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
  const kinds = useMemo(() => joined(warnings), [warnings])
  if (kinds.length === 0) return null
  return (
    <section class="batch-warnings" aria-label={words.title}>
      <h3>
        <Icon name="warning" />
        {words.title}
      </h3>
      <ul role="list">
        {kinds.map((warning) => (
          <WarningLine key={keyOf(warning)} warning={warning} show={show} />
        ))}
      </ul>
    </section>
  )
}

function keyOf({ code, column }: Warning): string {
  return `${code} ${column ?? ''}`
}

/** One line for each kind: learners of the same name come as a warning for each name. */
function joined(warnings: readonly Warning[]): Warning[] {
  const kinds = new Map<string, { readonly first: Warning; readonly rows: Set<number> }>()
  for (const warning of warnings) {
    const key = keyOf(warning)
    const kind = kinds.get(key) ?? { first: warning, rows: new Set() }
    for (const row of warning.rows) kind.rows.add(row)
    kinds.set(key, kind)
  }
  return [...kinds.values()].map(({ first, rows }) => ({ ...first, rows: [...rows] }))
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
