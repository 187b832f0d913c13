/** Who issues, and when. */
import { useLanguage } from '../../../words/language.tsx'
import { DurationAt, ProseAt, SelectAt, TextAt } from '../bound-fields.tsx'
import { countriesIn } from '../countries.ts'
import { tidyCode, tidyDigits } from '../tidy.ts'
import { Details, Section } from './section.tsx'

export function IssuerSection() {
  const language = useLanguage()
  return (
    <Section name="issuer">
      <div class="desk-grid">
        <TextAt at="/issuer/name" max={300} />
        <SelectAt at="/issuer/address/country" choices={countriesIn(language)} isOptional />
        <TextAt at="/issuer/url" type="url" max={2000} />
        <TextAt at="/issuer/email" type="email" max={254} />
      </div>
      <div class="desk-grid thirds">
        <TextAt at="/issuer/siret" inputMode="numeric" tidy={tidyDigits} />
        <TextAt at="/issuer/nda" tidy={tidyCode} />
        <TextAt at="/issuer/uai" tidy={tidyCode} />
      </div>
      <Details>
        <ProseAt at="/issuer/description" rows={2} />
        <TextAt at="/issuer/address/street" max={300} />
        <TextAt at="/issuer/address/postalCode" max={20} />
        <TextAt at="/issuer/address/locality" max={300} />
      </Details>
    </Section>
  )
}

export function DatesSection() {
  return (
    <Section name="dates">
      <div class="desk-grid" data-anchor="/validity">
        <DurationAt at="/validity/duration" />
        <TextAt at="/validity/until" type="date" />
        <TextAt at="/activity/start" type="date" />
        <TextAt at="/activity/end" type="date" />
      </div>
      <Details>
        <TextAt at="/validity/from" type="date" />
        <TextAt at="/awarded" type="date" />
        <TextAt at="/validity/utcOffset" />
      </Details>
    </Section>
  )
}
