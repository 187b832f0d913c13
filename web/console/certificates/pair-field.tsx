/** One cell: as it stands in the certificate, and the field in which it is put right. */
import type { Template } from '../../../src/index.ts'
import { Told } from '../../ui/text.tsx'
import { useWords } from '../../words/language.tsx'
import { Field } from '../field.tsx'
import type { Control } from '../field.tsx'
import { CORRECT } from './correct.words.ts'

type Column = Template['file']['columns'][number]

type PairFieldProps = {
  readonly column: Column
  readonly template: Template
  readonly old: string
  readonly value: string
  readonly fault: string | undefined
  readonly take: (value: string) => void
}

export function PairField({ column, template, old, value, fault, take }: PairFieldProps) {
  const words = useWords(CORRECT)
  const isChanged = value.trim() !== old
  const marks = [
    ...(column.required ? [words.required] : []),
    ...(isChanged ? [words.changed] : []),
  ].join(', ')
  return (
    <div class={`people-pair${isChanged ? ' changed' : ''}`}>
      <Field
        label={column.column}
        error={fault}
        isOptional={marks === '' ? undefined : `(${marks})`}
        hint={'format' in column ? words.isDay(column.format) : undefined}
      >
        {(control) => (
          <div class="people-pair-cells">
            <p class="people-old">
              <span class="visually-hidden">{words.now}: </span>
              {old === '' ? <span class="quiet">{words.empty}</span> : <Told>{old}</Told>}
            </p>
            <Cell
              control={control}
              allowed={allowedOf(column, template)}
              isLong={column.claim === 'narrative'}
              value={value}
              take={take}
            />
          </div>
        )}
      </Field>
    </div>
  )
}

type CellProps = {
  readonly control: Control
  /** The words of a list; undefined where anything may be written. */
  readonly allowed: readonly string[] | undefined
  readonly isLong: boolean
  readonly value: string
  readonly take: (value: string) => void
}

function Cell({ control, allowed, isLong, value, take }: CellProps) {
  const entered = ({ currentTarget }: { readonly currentTarget: { readonly value: string } }) => {
    take(currentTarget.value)
  }
  if (allowed !== undefined) {
    const choices = allowed.includes(value) ? allowed : [value, ...allowed]
    return (
      <select {...control} value={value} onChange={entered}>
        {choices.map((choice) => (
          <option key={choice} value={choice}>
            {choice}
          </option>
        ))}
      </select>
    )
  }
  if (isLong) return <textarea {...control} rows={3} value={value} onInput={entered} />
  return <input {...control} type="text" value={value} autocomplete="off" onInput={entered} />
}

function allowedOf(column: Column, template: Template): readonly string[] | undefined {
  if (column.claim !== 'result') return undefined
  const result = template.results.get(column.result)
  return result !== undefined && 'allowed' in result ? result.allowed : undefined
}
