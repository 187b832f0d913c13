/** The first three parts of the form: the certificate, what is learnt, how much work it is. */
import { useLanguage, useWords } from '../../../words/language.tsx'
import type { Choice } from '../../field.tsx'
import { ChecksAt, PictureAt, ProseAt, SelectAt, TextAt } from '../bound-fields.tsx'
import { CHOICES } from '../choices.words.ts'
import { languagesIn } from '../countries.ts'
import { textAt } from '../draft.ts'
import { useEditing } from '../editing.tsx'
import { FORM } from '../form.words.ts'
import { Repeated } from '../repeated.tsx'
import { tidyCode, tidyEsco } from '../tidy.ts'
import { Details, Section } from './section.tsx'

const LEVELS: readonly Choice<string>[] = Array.from({ length: 8 }, (_, i) => ({
  value: String(i + 1),
  label: String(i + 1),
}))

export function choicesOf(words: Readonly<Record<string, string>>): Choice<string>[] {
  return Object.entries(words).map(([value, label]) => ({ value, label }))
}

export function CertificateSection() {
  const { draft } = useEditing()
  const language = useLanguage()
  const { kinds } = useWords(CHOICES)
  return (
    <Section name="title">
      <TextAt at="/achievement/name" max={300} />
      <ProseAt at="/achievement/description" />
      <div class="desk-grid">
        <SelectAt at="/achievement/type" choices={choicesOf(kinds)} fallback="MicroCredential" />
        <SelectAt at="/language" choices={languagesIn(language, textAt(draft, '/language'))} />
      </div>
      <Details>
        <PictureAt at="/achievement/image/url" />
        <TextAt at="/achievement/code" max={100} />
        <TextAt at="/achievement/version" max={50} />
        <TextAt at="/achievement/fieldOfStudy" max={300} />
        <TextAt at="/achievement/specialization" max={300} />
        <TextAt at="/achievement/id" max={2000} />
        <ProseAt at="/furtherInformation" />
      </Details>
    </Section>
  )
}

export function LearntSection() {
  const words = useWords(FORM)
  return (
    <Section name="learnt">
      <Repeated
        at="/learningOutcomes"
        one={words.outcomes.one}
        addLabel={words.outcomes.add}
        blank={() => ({})}
        max={100}
      >
        {(at) => (
          <>
            <TextAt at={`${at}/name`} max={300} />
            <TextAt at={`${at}/description`} max={10_000} />
          </>
        )}
      </Repeated>
      <Repeated
        at="/skills"
        one={words.skills.one}
        addLabel={words.skills.add}
        blank={() => ({})}
        max={100}
      >
        {(at) => (
          <>
            <TextAt at={`${at}/name`} max={300} />
            <TextAt at={`${at}/esco`} tidy={tidyEsco} />
          </>
        )}
      </Repeated>
      <h3>{words.franceCompetences}</h3>
      <div class="desk-grid">
        <TextAt at="/franceCompetences/rncp" tidy={tidyCode} />
        <TextAt at="/franceCompetences/rs" tidy={tidyCode} />
      </div>
      <Repeated
        at="/franceCompetences/blocks"
        one={words.blocks.one}
        addLabel={words.blocks.add}
        blank={() => ({})}
        max={50}
      >
        {(at) => (
          <>
            <TextAt at={`${at}/code`} tidy={tidyCode} />
            <TextAt at={`${at}/name`} max={300} />
          </>
        )}
      </Repeated>
    </Section>
  )
}

export function EffortSection() {
  const words = useWords(FORM)
  const { participations, stackabilities } = useWords(CHOICES)
  return (
    <Section name="effort">
      <div class="desk-grid thirds">
        <SelectAt at="/level/eqf" choices={LEVELS} isOptional />
        <TextAt at="/workload/hours" inputMode="decimal" />
        <TextAt at="/workload/ects" inputMode="decimal" />
      </div>
      <ChecksAt
        at="/participation"
        legend={words.participation}
        choices={choicesOf(participations)}
      />
      <div class="desk-grid">
        <SelectAt at="/stackability" choices={choicesOf(stackabilities)} isOptional />
        <ProseAt at="/prerequisites" rows={2} />
      </div>
    </Section>
  )
}
