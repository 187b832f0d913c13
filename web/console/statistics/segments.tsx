/** A choice of a few, side by side: radio buttons, so that arrows move between them. */
import { useId } from 'preact/hooks'

type SegmentsProps<T extends string> = {
  readonly label: string
  readonly choices: readonly { readonly value: T; readonly label: string }[]
  readonly value: T
  readonly take: (value: T) => void
}

export function Segments<T extends string>({ label, choices, value, take }: SegmentsProps<T>) {
  const name = useId()
  return (
    <fieldset class="segments">
      <legend class="visually-hidden">{label}</legend>
      {choices.map((choice) => (
        <label key={choice.value} class="segment">
          <input
            type="radio"
            name={name}
            value={choice.value}
            checked={choice.value === value}
            onChange={() => {
              take(choice.value)
            }}
          />
          <span>{choice.label}</span>
        </label>
      ))}
    </fieldset>
  )
}
