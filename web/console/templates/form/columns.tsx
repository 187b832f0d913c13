/** Which column of the spreadsheet fills what, and what learners may hide of it. */
import { useWords } from '../../../words/language.tsx'
import type { Json } from '../../../../src/index.ts'
import { CheckField, SelectField } from '../../field.tsx'
import type { Choice } from '../../field.tsx'
import { SelectAt, TextAt } from '../bound-fields.tsx'
import { CHOICES } from '../choices.words.ts'
import type { Claim } from '../choices.words.ts'
import { isObject } from '../../../engine/members.ts'
import { listAt, textAt, valueAt, withValue } from '../draft.ts'
import { useBound, useEditing, useFault } from '../editing.tsx'
import { FORM } from '../form.words.ts'
import { Repeated } from '../repeated.tsx'
import { choicesOf } from './certificate.tsx'
import { Section } from './section.tsx'

const DATES: readonly string[] = [
  'birthDate',
  'activityStartDate',
  'activityEndDate',
  'validFrom',
  'validUntil',
  'awardedDate',
]
/** Of the credential and not of the learner: they always show. */
const NEVER_HIDDEN: readonly string[] = ['validFrom', 'validUntil', 'awardedDate']

export function ColumnsSection() {
  const words = useWords(FORM)
  return (
    <Section name="columns">
      <Repeated
        at="/columns"
        one={words.columns.one}
        addLabel={words.columns.add}
        blank={() => ({ required: false })}
        max={200}
      >
        {(at) => <ColumnFields at={at} />}
      </Repeated>
      <Hidable />
    </Section>
  )
}

function ColumnFields({ at }: { readonly at: string }) {
  const words = useWords(FORM)
  const { draft, change } = useEditing()
  const { formats, identities } = useWords(CHOICES)
  const claim = textAt(draft, `${at}/claim`)
  const isRequired = valueAt(draft, `${at}/required`) === true
  return (
    <>
      <TextAt at={`${at}/column`} max={200} />
      <ClaimAt at={at} />
      {DATES.includes(claim) && (
        <SelectAt at={`${at}/format`} choices={choicesOf(formats)} fallback="yyyy-mm-dd" />
      )}
      {claim === 'identifier' && (
        <SelectAt at={`${at}/identityType`} choices={choicesOf(identities)} fallback="systemId" />
      )}
      {claim === 'result' && <ResultAt at={`${at}/result`} />}
      <CheckField
        label={words.isRequired}
        isChecked={isRequired}
        take={(isChecked) => {
          change((before) => withValue(before, `${at}/required`, isChecked))
        }}
      />
    </>
  )
}

/** Each claim asks for something else besides: what another asked for is taken out. */
function ClaimAt({ at }: { readonly at: string }) {
  const { draft, change } = useEditing()
  const { label, hint, error, value, anchor } = useBound(`${at}/claim`)
  const { claims } = useWords(CHOICES)
  const choices = choicesOf(claims)
  const blank = value === '' ? [{ value: '', label: '' }] : []
  const choose = (claim: string): void => {
    const column = valueAt(draft, at)
    const { column: name, required } = isObject(column) ? column : {}
    const members = Object.entries({ column: name, required }).flatMap(
      ([member, kept]): [string, Json][] => (kept === undefined ? [] : [[member, kept]]),
    )
    change((before) =>
      withValue(before, at, { ...Object.fromEntries(members), claim, ...besides(claim) }),
    )
  }
  return (
    <SelectField
      label={label}
      hint={hint}
      error={error}
      value={value}
      anchor={anchor}
      choices={[...blank, ...choices]}
      take={choose}
    />
  )
}

function besides(claim: string): Readonly<Record<string, Json>> {
  if (DATES.includes(claim)) return { format: 'dd/mm/yyyy' }
  return claim === 'identifier' ? { identityType: 'systemId' } : {}
}

function ResultAt({ at }: { readonly at: string }) {
  const { draft } = useEditing()
  const words = useWords(FORM)
  const results: Choice<string>[] = listAt(draft, '/results').map((_, i) => {
    const key = textAt(draft, `/results/${i}/key`)
    return { value: key, label: textAt(draft, `/results/${i}/name`) || key }
  })
  if (results.length === 0) return <p class="desk-hint">{words.chooseResult}</p>
  return <SelectAt at={at} choices={results} />
}

/** One box for each claim that a column fills; a claim without a column needs none. */
function Hidable() {
  const words = useWords(FORM)
  const { claims } = useWords(CHOICES)
  const { draft, judgement, change } = useEditing()
  const fault = useFault('/hidable')
  const hidable: readonly string[] = judgement.template.hidable
  const filled = new Set(
    listAt(draft, '/columns').map((_, i) => textAt(draft, `/columns/${i}/claim`)),
  )
  const offered = Object.keys(claims)
    .filter(isClaim(claims))
    .filter((claim) => filled.has(claim) && !NEVER_HIDDEN.includes(claim))
  const toggle = (pointer: string, isHidable: boolean): void => {
    const others = hidable.filter((one) => one !== pointer)
    change((before) => withValue(before, '/hidable', isHidable ? [...others, pointer] : others))
  }
  return (
    <fieldset class="desk-choices">
      <legend>{words.hidable}</legend>
      <p class="desk-hint">{words.hidableText}</p>
      <div class="desk-choices-list" data-anchor="/hidable">
        {offered.map((claim) => (
          <CheckField
            key={claim}
            label={claim === 'result' ? words.hidableResult : claims[claim]}
            isChecked={hidable.includes(pointerOf(claim))}
            take={(isHidable) => {
              toggle(pointerOf(claim), isHidable)
            }}
          />
        ))}
      </div>
      {fault !== undefined && <p class="desk-error">{fault}</p>}
    </fieldset>
  )
}

function pointerOf(claim: string): string {
  return `/credentialSubject/${claim}`
}

function isClaim(claims: Readonly<Record<Claim, string>>): (name: string) => name is Claim {
  return (name): name is Claim => Object.hasOwn(claims, name)
}
