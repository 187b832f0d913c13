/** Another moment than now, and evidence that speaks for itself. */
import { useId } from 'preact/hooks'
import { useWords } from '../words/language.tsx'
import type { Choosing } from './choice.ts'
import { SETTINGS } from './settings.words.ts'

export function Moment({ choosing }: { readonly choosing: Choosing }) {
  const words = useWords(SETTINGS)
  const id = useId()
  const { day, setDay, isOffline, setOffline } = choosing
  return (
    <details class="fold">
      <summary>{words.more}</summary>
      <div class="field">
        <label for={`${id}-day`}>{words.asOf}</label>
        <input
          id={`${id}-day`}
          type="date"
          value={day}
          aria-describedby={`${id}-says`}
          onInput={({ currentTarget }) => {
            setDay(currentTarget.value)
          }}
        />
        <p id={`${id}-says`} class="quiet small">
          {words.asOfSays}
        </p>
      </div>
      <label class="tick">
        <input
          type="checkbox"
          checked={isOffline}
          aria-describedby={`${id}-offline`}
          onChange={({ currentTarget }) => {
            setOffline(currentTarget.checked)
          }}
        />
        {words.offline}
      </label>
      <p id={`${id}-offline`} class="quiet small">
        {words.offlineSays}
      </p>
    </details>
  )
}
