/** The closed list of reasons, in words. */
import { catalogueOf } from '../../../src/index.ts'
import type { ReasonCode } from '../../../src/index.ts'
import { useLanguage, useWords } from '../../words/language.tsx'
import { SelectField } from '../field.tsx'
import { REASONS } from './acts.ts'
import { ACT_WORDS } from './acts.words.ts'

type ReasonFieldProps = {
  /** Empty until one is chosen. */
  readonly value: ReasonCode | ''
  readonly take: (reason: ReasonCode | '') => void
  readonly hint: string
}

export function ReasonField({ value, take, hint }: ReasonFieldProps) {
  const words = useWords(ACT_WORDS)
  const { reasons } = catalogueOf(useLanguage())
  const choices = [
    { value: '' as const, label: words.choose },
    ...REASONS.map((reason) => ({ value: reason, label: capital(reasons[reason]) })),
  ]
  return (
    <SelectField label={words.reason} hint={hint} value={value} choices={choices} take={take} />
  )
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}
