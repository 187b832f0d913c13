/** What was learnt, how it was assessed, how much and when: the content of the sheet, as lines and short tables. */
import type { ComponentChildren } from 'preact'
import { useLanguage, useWords } from '../words/language.tsx'
import { printWrittenDay } from '../words/print.ts'
import { Icon } from './icons.tsx'
import type { SheetFacts } from './sheet-facts.ts'
import { Figures, Lines } from './sheet-figures.tsx'
import { claimWord, SHEET } from './sheet.words.ts'
import { Told, ToldLink } from './text.tsx'

type FactsProps = { readonly facts: SheetFacts }

export function SheetBody({ facts }: FactsProps) {
  return (
    <>
      <Title facts={facts} />
      <div class="sheet-columns">
        <div class="sheet-main">
          <Skills facts={facts} />
          <Outcomes facts={facts} />
          <Assessment facts={facts} />
          <Results facts={facts} />
          <Prose facts={facts} />
        </div>
        <Figures facts={facts} />
      </div>
      <Hidden facts={facts} />
    </>
  )
}

function Title({ facts }: FactsProps) {
  const words = useWords(SHEET)
  const { title, learner, description, picture } = facts
  return (
    <div class="sheet-title">
      <div>
        <h1 lang={facts.language}>
          <Told>{title}</Told>
        </h1>
        <p class="sheet-to">{words.awardedTo}</p>
        {learner === undefined ? (
          <p class="sheet-nobody">{words.nobodyShown}</p>
        ) : (
          <p class="sheet-learner">
            <Told>{learner}</Told>
          </p>
        )}
        <Claims facts={facts} />
        {description === undefined ? null : (
          <p class="sheet-description" lang={facts.language}>
            <Told>{description}</Told>
          </p>
        )}
      </div>
      {picture === undefined ? null : <img class="sheet-picture" src={picture} alt={words.badge} />}
    </div>
  )
}

/** What else tells who the learner is, on one line below the name. */
function Claims({ facts }: FactsProps) {
  const language = useLanguage()
  if (facts.claims.length === 0) return null
  return (
    <dl class="sheet-claims">
      {facts.claims.map(({ name, value }) => (
        <div key={`${name} ${value}`}>
          <dt>{claimWord(name, language)}</dt>{' '}
          <dd>{name === 'birthDate' ? printWrittenDay(value, language) : <Told>{value}</Told>}</dd>
        </div>
      ))}
    </dl>
  )
}

type SectionProps = { readonly title: string; readonly children: ComponentChildren }

function Section({ title, children }: SectionProps) {
  return (
    <section class="sheet-section">
      <h2>{title}</h2>
      {children}
    </section>
  )
}

function Skills({ facts }: FactsProps) {
  const words = useWords(SHEET)
  if (facts.skills.length === 0) return null
  return (
    <Section title={words.skills}>
      <Lines of={facts.skills} />
    </Section>
  )
}

function Outcomes({ facts }: FactsProps) {
  const words = useWords(SHEET)
  if (facts.outcomes.length === 0) return null
  return (
    <Section title={words.outcomes}>
      <ul class="sheet-lines" role="list" lang={facts.language}>
        {facts.outcomes.map(({ name, text }) => (
          <li key={name}>
            <Told>{name}</Told>
            {text === undefined ? null : (
              <span class="sheet-detail">
                <Told>{text}</Told>
              </span>
            )}
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Assessment({ facts }: FactsProps) {
  const words = useWords(SHEET)
  const { assessments, supervision, protocol, criteria, criteriaUrl } = facts
  const kinds = [...assessments, ...(supervision === undefined ? [] : [supervision])]
  if (kinds.length === 0 && protocol === undefined && criteria === undefined) return null
  return (
    <Section title={words.assessment}>
      {kinds.length === 0 ? null : (
        <p class="sheet-strong">
          <Told>{kinds.join(' · ')}</Told>
        </p>
      )}
      {[criteria, protocol].map((text) =>
        text === undefined ? null : (
          <p key={text} lang={facts.language}>
            <Told>{text}</Told>
          </p>
        ),
      )}
      {criteriaUrl === undefined ? null : (
        <p class="sheet-code no-print">
          <ToldLink href={criteriaUrl} />
        </p>
      )}
    </Section>
  )
}

function Results({ facts }: FactsProps) {
  const words = useWords(SHEET)
  if (facts.results.length === 0) return null
  return (
    <Section title={words.results}>
      <dl class="sheet-results">
        {facts.results.map(({ name, value, of }) => (
          <div key={name}>
            <dt>
              <Told>{name}</Told>
            </dt>
            <dd>
              <Told>{value}</Told>
              {of === undefined ? null : of === '%' ? '\u202f%' : <Told>{` / ${of}`}</Told>}
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  )
}

function Prose({ facts }: FactsProps) {
  const words = useWords(SHEET)
  const parts = [
    [words.prerequisites, facts.prerequisites],
    [words.more, facts.more],
  ] as const
  return (
    <>
      {parts.map(([title, text]) =>
        text === undefined ? null : (
          <Section key={title} title={title}>
            <p lang={facts.language}>
              <Told>{text}</Told>
            </p>
          </Section>
        ),
      )}
    </>
  )
}

function Hidden({ facts }: FactsProps) {
  const words = useWords(SHEET)
  const language = useLanguage()
  if (facts.hidden.length === 0) return null
  return (
    <section class="sheet-hidden">
      <h2>
        <Icon name="hidden" size={18} /> {words.hidden}
      </h2>
      <ul class="sheet-chips" role="list">
        {facts.hidden.map((name) => (
          <li key={name}>
            <Told>{claimWord(name, language)}</Told>
          </li>
        ))}
      </ul>
    </section>
  )
}
