/** "What was checked": seven lines, each with its own mark, each opening to what it rests on. */
import type { ComponentChildren } from 'preact'
import { catalogueOf, CHECK_NAMES, sentenceOf } from '../../src/index.ts'
import type { CheckName, Note } from '../../src/index.ts'
import type { Judged } from '../engine/judge.ts'
import { fillText } from '../words/fill.tsx'
import { useLanguage, useWords } from '../words/language.tsx'
import { printNumber, printTime, printWrittenDay } from '../words/print.ts'
import { factsOf } from './check-facts.ts'
import type { Fact } from './check-facts.ts'
import './checks.css'
import { CHECKS } from './checks.words.ts'
import { CopyButton } from './copy-button.tsx'
import { Icon } from './icons.tsx'
import type { IconName } from './icons.tsx'
import { useOpenOnPaper } from './open-on-paper.ts'
import { claimWord } from './sheet.words.ts'
import { Told } from './text.tsx'

type ChecksProps = {
  readonly judged: Judged
  /** Whether the site that serves the page chose the policy: then that is said. */
  readonly isChosenBySite?: boolean
}

export function Checks({ judged, isChosenBySite = false }: ChecksProps) {
  const words = useWords(CHECKS)
  const section = useOpenOnPaper()
  return (
    <section class="checks" ref={section}>
      <h2>{words.title}</h2>
      <ol class="check-list" role="list">
        {CHECK_NAMES.map((name) => (
          <li key={name}>
            <CheckLine name={name} judged={judged} />
          </li>
        ))}
      </ol>
      <Notes notes={judged.verdict.notes} />
      <PolicyLine judged={judged} isChosenBySite={isChosenBySite} />
    </section>
  )
}

const MARKS: Readonly<Record<'passed' | 'failed' | 'undetermined', IconName>> = {
  passed: 'check',
  failed: 'cross',
  undetermined: 'question',
}

function CheckLine({ name, judged }: { readonly name: CheckName; readonly judged: Judged }) {
  const language = useLanguage()
  const words = useWords(CHECKS)
  const check = judged.verdict.checks[name]
  const facts = factsOf(name, judged)
  return (
    <details class={`check check-${check.outcome}`}>
      <summary>
        <span class="check-mark">
          <Icon name={MARKS[check.outcome]} size={16} />
        </span>
        <span class="check-words">
          <span class="check-name">
            {catalogueOf(language).checks[name]}
            <span class="visually-hidden">: {words.outcomes[check.outcome]}</span>
          </span>
          <span class="check-sentence">{sentenceOf(name, check, language)}</span>
        </span>
        <Icon name="open" size={18} />
      </summary>
      <div class="check-evidence">
        <p>{words.plain[name]}</p>
        {name === 'anchor' ? <Asked judged={judged} /> : null}
        {facts.length === 0 ? null : (
          <dl class="facts">
            {facts.map((fact, at) => (
              <FactLine key={`${fact.name} ${at}`} fact={fact} />
            ))}
          </dl>
        )}
      </div>
    </details>
  )
}

function FactLine({ fact }: { readonly fact: Fact }) {
  const words = useWords(CHECKS)
  const name = words.facts[fact.name]
  if (fact.as !== 'exact') {
    return (
      <div>
        <dt>{name}</dt>
        <dd>
          <FactValue fact={fact} />
        </dd>
      </div>
    )
  }
  return (
    <div class="fact-exact">
      <dt>{name}</dt>
      <dd>
        <code>
          <Told>{fact.value}</Told>
        </code>
        <CopyButton text={fact.value} of={name} />
      </dd>
    </div>
  )
}

function FactValue({ fact: { as, value } }: { readonly fact: Fact }): ComponentChildren {
  const language = useLanguage()
  if (as === 'time') return printTime(value, language)
  if (as === 'day') return printWrittenDay(value, language)
  if (as === 'number') return printNumber(Number(value), language)
  return <Told>{value}</Told>
}

/** How far the word of the chain is certain, and what each provider did. */
function Asked({ judged }: { readonly judged: Judged }) {
  const words = useWords(CHECKS)
  const language = useLanguage()
  const catalogue = catalogueOf(language)
  const { level } = judged.verdict
  const providers = judged.evidence?.chain.providers ?? []
  return (
    <>
      {level === null ? null : (
        <p>
          <strong>
            {words.level} {catalogue.levels[level]}.
          </strong>{' '}
          {words.levels[level]}
        </p>
      )}
      {providers.length === 0 ? null : (
        <>
          <p>{words.asked}</p>
          <ul class="providers" role="list">
            {providers.map(({ provider, outcome, detail }, at) => (
              <li key={`${provider} ${at}`}>
                <Icon name={outcome === 'answered' ? 'check' : 'question'} size={16} />
                <span>
                  <Told>{provider}</Told>
                  {': '}
                  {outcome === 'answered' ? words.answered : catalogue.undetermined[outcome]}
                  {detail === undefined ? null : (
                    <span class="quiet">
                      {' '}
                      (<Told>{detail}</Told>)
                    </span>
                  )}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}

function Notes({ notes }: { readonly notes: readonly Note[] }) {
  const words = useWords(CHECKS)
  if (notes.length === 0) return null
  return (
    <div class="notes">
      <h3>{words.notes}</h3>
      <ul>
        {notes.map((note) => (
          <li key={`${note.code} ${note.about ?? ''}`}>
            <NoteText note={note} />
          </li>
        ))}
      </ul>
    </div>
  )
}

const POINTER = '/credentialSubject/'

function NoteText({ note: { code, about } }: { readonly note: Note }) {
  const language = useLanguage()
  const text = catalogueOf(language).notes[code]
  if (about === undefined) return <>{text}</>
  const isClaim = code === 'claims-hidden' && about.startsWith(POINTER)
  const shown = isClaim
    ? claimWord(about.slice(POINTER.length), language)
    : code === 'valid-from-before-anchor'
      ? printTime(about, language)
      : about
  return (
    <>
      {text}
      {language === 'fr' ? '\u202f: ' : ': '}
      <Told>{shown}</Told>
    </>
  )
}

type PolicyLineProps = { readonly judged: Judged; readonly isChosenBySite: boolean }

function PolicyLine({ judged, isChosenBySite }: PolicyLineProps) {
  const words = useWords(CHECKS)
  const language = useLanguage()
  const { policy, judgedAt } = judged.verdict
  return (
    <div class="policy-line">
      <p>
        {words.policy} <Told>{policy.name}</Told>
        {isChosenBySite ? <span class="tag">{words.chosenBySite}</span> : null}
      </p>
      {isChosenBySite ? <p class="quiet">{words.chosenBySiteMeans}</p> : null}
      <p class="quiet">{fillText(words.judged, { time: printTime(judgedAt, language) })}</p>
      <details class="policy-digest">
        <summary>{words.digest}</summary>
        <p class="fact-exact">
          <code>{policy.digest}</code>
          <CopyButton text={policy.digest} of={words.digest} />
        </p>
      </details>
    </div>
  )
}
