/** How it is assessed, which results there are, and what assures quality. */
import { useWords } from '../../../words/language.tsx'
import { ChecksAt, LinesAt, ProseAt, SelectAt, TextAt } from '../bound-fields.tsx'
import { CHOICES } from '../choices.words.ts'
import { listAt, SCORE_TYPES, textAt } from '../draft.ts'
import type { Draft } from '../draft.ts'
import { useEditing } from '../editing.tsx'
import { FORM } from '../form.words.ts'
import { Repeated } from '../repeated.tsx'
import { choicesOf } from './certificate.tsx'
import { Section } from './section.tsx'

export function AssessmentSection() {
  const words = useWords(FORM)
  const { draft } = useEditing()
  const { assessments, supervisions } = useWords(CHOICES)
  return (
    <Section name="assessment">
      <ChecksAt
        at="/assessment/types"
        legend={words.assessmentTypes}
        choices={choicesOf(assessments)}
      />
      <ProseAt at="/assessment/protocol" rows={4} />
      <SelectAt at="/assessment/supervision" choices={choicesOf(supervisions)} isOptional />
      <ProseAt at="/achievement/criteria/narrative" />
      <TextAt at="/achievement/criteria/url" type="url" max={2000} />
      <Repeated
        at="/results"
        one={words.results.one}
        addLabel={words.results.add}
        blank={() => ({ key: newKey(draft), type: 'RawScore' })}
        max={100}
      >
        {(at) => <ResultFields at={at} />}
      </Repeated>
    </Section>
  )
}

function ResultFields({ at }: { readonly at: string }) {
  const { draft } = useEditing()
  const { results } = useWords(CHOICES)
  const isScore = SCORE_TYPES.includes(textAt(draft, `${at}/type`))
  const isPercent = textAt(draft, `${at}/type`) === 'Percent'
  return (
    <>
      <TextAt at={`${at}/name`} max={300} />
      <SelectAt at={`${at}/type`} choices={choicesOf(results)} />
      {isScore ? (
        <>
          {!isPercent && <TextAt at={`${at}/min`} inputMode="decimal" />}
          {!isPercent && <TextAt at={`${at}/max`} inputMode="decimal" />}
          <TextAt at={`${at}/required`} inputMode="decimal" />
        </>
      ) : (
        <>
          <LinesAt at={`${at}/allowed`} />
          <TextAt at={`${at}/required`} max={300} />
        </>
      )}
    </>
  )
}

/** Names a result within the file: columns refer to it. */
function newKey(draft: Draft): string {
  const taken = listAt(draft, '/results').map((_, i) => textAt(draft, `/results/${i}/key`))
  for (let n = taken.length + 1; ; n += 1) {
    if (!taken.includes(`result-${n}`)) return `result-${n}`
  }
}

export function QualitySection() {
  const words = useWords(FORM)
  const { qualities } = useWords(CHOICES)
  return (
    <Section name="quality">
      <Repeated
        at="/qualityAssurance"
        one={words.qualities.one}
        addLabel={words.qualities.add}
        blank={() => ({ type: 'institutional-quality' })}
        max={20}
      >
        {(at) => (
          <>
            <TextAt at={`${at}/name`} max={300} />
            <SelectAt at={`${at}/type`} choices={choicesOf(qualities)} />
            <TextAt at={`${at}/url`} type="url" max={2000} />
            <TextAt at={`${at}/code`} max={100} />
          </>
        )}
      </Repeated>
    </Section>
  )
}
