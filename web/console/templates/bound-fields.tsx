/** Fields of the form, each bound to a place in the template. */
import { useWords } from '../../words/language.tsx'
import { CheckField, Field, SelectField, TextArea, TextField } from '../field.tsx'
import type { Choice } from '../field.tsx'
import { PictureField } from '../picture-field.tsx'
import { listAt, withValue } from './draft.ts'
import { useBound, useEditing, useFault } from './editing.tsx'
import { EDITOR } from './editor.words.ts'

/** As a data URL it takes a third more, and stands in every certificate. */
const PICTURE_KIB = 48

type AtProps = { readonly at: string }
type TextProps = AtProps & {
  readonly max?: number
  readonly type?: 'text' | 'email' | 'url' | 'date'
  readonly inputMode?: 'numeric' | 'decimal'
  /** Brings what is typed or pasted into the form that the file takes. */
  readonly tidy?: (text: string) => string
}

export function TextAt({ at, tidy = (text) => text, ...props }: TextProps) {
  const { put, ...bound } = useBound(at)
  return (
    <TextField
      {...bound}
      {...props}
      take={(text) => {
        put(text === '' ? undefined : tidy(text))
      }}
    />
  )
}

/** A picture that the template carries; where it names an address instead, that address. */
export function PictureAt({ at }: AtProps) {
  const { put, value, label, anchor } = useBound(at)
  if (value !== '' && !value.startsWith('data:')) return <TextAt at={at} type="url" max={2000} />
  return (
    <PictureField
      label={label}
      anchor={anchor}
      maxKiB={PICTURE_KIB}
      value={value === '' ? null : value}
      take={(picture) => {
        put(picture ?? undefined)
      }}
    />
  )
}

export function ProseAt({ at, rows = 3 }: AtProps & { readonly rows?: number }) {
  const { put, ...bound } = useBound(at)
  return (
    <TextArea
      {...bound}
      rows={rows}
      max={10_000}
      take={(text) => {
        put(text === '' ? undefined : text)
      }}
    />
  )
}

type SelectProps = AtProps & {
  readonly choices: readonly Choice<string>[]
  /** Offers to choose nothing. */
  readonly isOptional?: boolean
  /** What counts where nothing stands. */
  readonly fallback?: string
}

export function SelectAt({ at, choices, isOptional = false, fallback = '' }: SelectProps) {
  const { put, ...found } = useBound(at)
  const bound = { ...found, value: found.value || fallback }
  const words = useWords(EDITOR)
  const none = isOptional || bound.value === '' ? [{ value: '', label: words.none }] : []
  const unknown =
    bound.value === '' || choices.some(({ value }) => value === bound.value)
      ? []
      : [{ value: bound.value, label: bound.value }]
  return (
    <SelectField
      {...bound}
      choices={[...none, ...unknown, ...choices]}
      take={(value) => {
        put(value === '' ? undefined : value)
      }}
    />
  )
}

/** Any number of choices, kept in the order in which they are offered. */
export function ChecksAt({
  at,
  legend,
  choices,
}: AtProps & { readonly legend: string; readonly choices: readonly Choice<string>[] }) {
  const { draft, change } = useEditing()
  const error = useFault(at)
  const chosen = listAt(draft, at)
  const toggle = (value: string, isChosen: boolean): void => {
    const kept = choices.filter((one) =>
      one.value === value ? isChosen : chosen.includes(one.value),
    )
    change((before) =>
      withValue(
        before,
        at,
        kept.map((one) => one.value),
      ),
    )
  }
  return (
    <fieldset class="desk-choices">
      <legend>{legend}</legend>
      <div class="desk-choices-list">
        {choices.map(({ value, label }, i) => (
          <CheckField
            key={value}
            label={label}
            isChecked={chosen.includes(value)}
            take={(isChosen) => {
              toggle(value, isChosen)
            }}
            {...(i === 0 ? { anchor: at } : {})}
          />
        ))}
      </div>
      {error !== undefined && <p class="desk-error">{error}</p>}
    </fieldset>
  )
}

/** So many years, months or days; what is written in another way stays as it is written. */
export function DurationAt({ at }: AtProps) {
  const { put, value, anchor, label, hint, error } = useBound(at)
  const words = useWords(EDITOR)
  const [, count = '', unit = 'Y'] = /^P(\d*)([YMD])$/.exec(value) ?? []
  if (value !== '' && !/^P\d*[YMD]$/.test(value)) return <TextAt at={at} />
  const keep = (nextCount: string, nextUnit: string): void => {
    const digits = nextCount.replaceAll(/\D/g, '').slice(0, 3)
    put(digits === '' ? undefined : `P${digits}${nextUnit}`)
  }
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <div class="desk-duration">
          <input
            {...control}
            inputMode="numeric"
            value={count}
            data-anchor={anchor}
            autocomplete="off"
            onInput={({ currentTarget }) => {
              keep(currentTarget.value, unit)
            }}
          />
          <select
            aria-label={words.unit}
            value={unit}
            onChange={({ currentTarget }) => {
              keep(count, currentTarget.value)
            }}
          >
            <option value="Y">{words.units.years}</option>
            <option value="M">{words.units.months}</option>
            <option value="D">{words.units.days}</option>
          </select>
        </div>
      )}
    </Field>
  )
}

/** One value on each line. */
export function LinesAt({ at }: AtProps) {
  const { draft } = useEditing()
  const { put, ...bound } = useBound(at)
  const lines = listAt(draft, at).filter((line) => typeof line === 'string')
  return (
    <TextArea
      {...bound}
      value={lines.join('\n')}
      take={(text) => {
        put(text === '' ? undefined : text.split('\n'))
      }}
    />
  )
}
