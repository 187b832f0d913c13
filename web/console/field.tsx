/** A field of a form: its label, what it is for, and what is wrong with it, tied together for a screen reader. */
import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'

export type FieldParts = {
  readonly label: string
  /** One short sentence under the label. */
  readonly hint?: ComponentChildren
  /** What is wrong with what stands in it; undefined where nothing is. */
  readonly error?: string | undefined
  readonly isOptional?: string | undefined
}

/** What the control itself must carry. */
export type Control = {
  readonly id: string
  readonly 'aria-describedby': string | undefined
  readonly 'aria-invalid': boolean
}

/** @param children draws the control with what ties it to its label, hint and error */
export function Field({
  label,
  hint,
  error,
  isOptional,
  children,
}: FieldParts & { readonly children: (control: Control) => ComponentChildren }) {
  const id = useId()
  const described = [...(hint ? [`${id}-hint`] : []), ...(error ? [`${id}-error`] : [])]
  const control: Control = {
    id,
    'aria-describedby': described.length === 0 ? undefined : described.join(' '),
    'aria-invalid': error !== undefined,
  }
  return (
    <div class="field desk-field">
      <label for={id}>
        {label}
        {isOptional !== undefined && <span class="desk-optional"> {isOptional}</span>}
      </label>
      {hint && (
        <p class="desk-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {children(control)}
      {error !== undefined && (
        <p class="desk-error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  )
}

type TextFieldProps = FieldParts & {
  readonly value: string
  readonly take: (value: string) => void
  readonly type?: 'text' | 'search' | 'email' | 'url' | 'date' | 'number'
  readonly inputMode?: 'numeric' | 'decimal'
  readonly isRequired?: boolean
  readonly max?: number
  readonly placeholder?: string
  /** Where the linter or an error leads to. */
  readonly anchor?: string
  readonly list?: string
}

export function TextField({ value, take, type = 'text', anchor, ...props }: TextFieldProps) {
  return (
    <Field {...props}>
      {(control) => (
        <input
          {...control}
          type={type}
          value={value}
          inputMode={props.inputMode}
          required={props.isRequired === true}
          maxLength={props.max}
          placeholder={props.placeholder}
          list={props.list}
          data-anchor={anchor}
          autocomplete="off"
          onInput={({ currentTarget }) => {
            take(currentTarget.value)
          }}
        />
      )}
    </Field>
  )
}

type TextAreaProps = FieldParts & {
  readonly value: string
  readonly take: (value: string) => void
  readonly rows?: number
  readonly max?: number
  readonly isRequired?: boolean
  readonly anchor?: string
}

export function TextArea({ value, take, rows = 3, anchor, ...props }: TextAreaProps) {
  return (
    <Field {...props}>
      {(control) => (
        <textarea
          {...control}
          rows={rows}
          value={value}
          maxLength={props.max}
          required={props.isRequired === true}
          data-anchor={anchor}
          onInput={({ currentTarget }) => {
            take(currentTarget.value)
          }}
        />
      )}
    </Field>
  )
}

export type Choice<T extends string> = { readonly value: T; readonly label: string }

type SelectFieldProps<T extends string> = FieldParts & {
  readonly value: T
  readonly choices: readonly Choice<T>[]
  readonly take: (value: T) => void
  readonly anchor?: string
}

export function SelectField<T extends string>({
  value,
  choices,
  take,
  anchor,
  ...props
}: SelectFieldProps<T>) {
  return (
    <Field {...props}>
      {(control) => (
        <select
          {...control}
          value={value}
          data-anchor={anchor}
          onChange={({ currentTarget }) => {
            const chosen = choices.find((choice) => choice.value === currentTarget.value)
            if (chosen !== undefined) take(chosen.value)
          }}
        >
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

type CheckFieldProps = {
  readonly label: ComponentChildren
  readonly hint?: ComponentChildren
  readonly isChecked: boolean
  readonly take: (isChecked: boolean) => void
  readonly isDisabled?: boolean
  readonly anchor?: string
}

/** A box to tick; its label is the target as well. */
export function CheckField({ label, hint, isChecked, take, isDisabled, anchor }: CheckFieldProps) {
  const id = useId()
  return (
    <div class="desk-check">
      <input
        id={id}
        type="checkbox"
        checked={isChecked}
        disabled={isDisabled === true}
        data-anchor={anchor}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={({ currentTarget }) => {
          take(currentTarget.checked)
        }}
      />
      <label for={id}>{label}</label>
      {hint !== undefined && (
        <p class="desk-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  )
}
