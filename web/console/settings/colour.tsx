/** The one colour of the organisation, with what becomes of it on paper. */
import { useWords } from '../../words/language.tsx'
import { accentOf, contrastOnPaper } from '../../../src/index.ts'
import { Field } from '../field.tsx'
import { PROFILE } from './profile.words.ts'

/** Of text, WCAG 2.2 AA. */
const ENOUGH = 4.5

type ColourFieldProps = { readonly value: string; readonly take: (value: string) => void }

export function ColourField({ value, take }: ColourFieldProps) {
  const words = useWords(PROFILE)
  const shown = accentOf([value])
  const contrast = contrastOnPaper(value)
  const isEnough = contrast >= ENOUGH
  return (
    <Field
      label={words.colour}
      hint={words.colourHint}
      error={shown === undefined ? words.noColour : undefined}
    >
      {(control) => (
        <div class="desk-colour">
          <input
            type="color"
            aria-label={words.pick}
            value={shown === undefined ? '#000000' : value.toLowerCase()}
            onInput={({ currentTarget }) => {
              take(currentTarget.value)
            }}
          />
          <input
            {...control}
            value={value}
            maxLength={7}
            autocomplete="off"
            spellcheck={false}
            onInput={({ currentTarget }) => {
              take(currentTarget.value)
            }}
          />
          {shown !== undefined && (
            <p class="desk-hint" role="status">
              {words.contrast(contrast.toFixed(1))}{' '}
              {isEnough ? words.enough : words.darkened(shown)}
            </p>
          )}
        </div>
      )}
    </Field>
  )
}
