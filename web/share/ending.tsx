/** How long a link works: until its holder stops it, or a while, or a day. */
import { useId } from 'preact/hooks'
import { useWords } from '../words/language.tsx'
import { SHARE } from './share-sheet.words.ts'

export type End = {
  readonly kind: 'never' | 'days30' | 'year' | 'onDate'
  /** `2027-06-30` where the kind is `onDate`. */
  readonly day: string
}

const DAY_MS = 86_400_000
const KINDS = ['never', 'days30', 'year', 'onDate'] as const

/** Milliseconds since 1970; undefined for no end; `refused` for a day that has passed, or none. */
export function endOf({ kind, day }: End, now: number): number | undefined | 'refused' {
  switch (kind) {
    case 'never':
      return undefined
    case 'days30':
      return now + 30 * DAY_MS
    case 'year':
      return now + 365 * DAY_MS
    case 'onDate': {
      // The whole of the day, where its holder is.
      const end = new Date(`${day}T23:59:59`).getTime()
      return Number.isNaN(end) || end <= now ? 'refused' : end
    }
  }
}

type EndingProps = {
  readonly end: End
  readonly isRefused: boolean
  readonly onChange: (end: End) => void
}

export function Ending({ end, isRefused, onChange }: EndingProps) {
  const words = useWords(SHARE)
  const id = useId()
  return (
    <fieldset class="share-group">
      <legend>{words.ends}</legend>
      <div class="share-ends">
        {KINDS.map((kind) => (
          <label key={kind} class="share-end">
            <input
              type="radio"
              name={id}
              checked={end.kind === kind}
              onChange={() => {
                onChange({ ...end, kind })
              }}
            />
            {words[kind]}
          </label>
        ))}
      </div>
      {end.kind === 'onDate' ? (
        <LastDay end={end} isRefused={isRefused} onChange={onChange} />
      ) : null}
    </fieldset>
  )
}

function LastDay({ end, isRefused, onChange }: EndingProps) {
  const words = useWords(SHARE)
  const id = useId()
  return (
    <div class="field share-day">
      <label for={id}>{words.date}</label>
      <input
        id={id}
        type="date"
        value={end.day}
        aria-invalid={isRefused}
        aria-describedby={`${id}-why`}
        onInput={(event) => {
          onChange({ ...end, day: event.currentTarget.value })
        }}
      />
      <p id={`${id}-why`} class="share-trouble" role="alert">
        {isRefused ? words.dateMissing : ''}
      </p>
    </div>
  )
}
