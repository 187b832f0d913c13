/** A share within somebody else's page: who issued what to whom, the seal, and the way to the whole of it. */
import { accentOf } from '../../src/index.ts'
import type { Profile } from '../../src/index.ts'
import type { Judged } from '../engine/judge.ts'
import { Icon } from '../ui/icons.tsx'
import { SealSentence } from '../ui/seal-sentence.tsx'
import { Seal } from '../ui/seal.tsx'
import { SealShape } from '../ui/seal-shape.tsx'
import { SEAL } from '../ui/seal.words.ts'
import { sheetFactsOf } from '../ui/sheet-facts.ts'
import { SHEET } from '../ui/sheet.words.ts'
import { headlineOf, isGood, sealStateOf } from '../ui/states.ts'
import { Told } from '../ui/text.tsx'
import { useLanguage, useWords } from '../words/language.tsx'
import { printWrittenDay } from '../words/print.ts'
import { useOpened } from './opened.ts'
import './embed.css'
import { Closed, useDoing } from './page.tsx'
import { PAGE } from './page.words.ts'
import type { Opened, Seen } from './opened.ts'

export function ShareEmbed({ id }: { readonly id: string }) {
  const [opened, again] = useOpened(id)
  return (
    <main class="embed" id="content">
      <Inside opened={opened} onRetry={again} />
      <OpenPage id={id} />
    </main>
  )
}

type InsideProps = { readonly opened: Opened; readonly onRetry: () => void }

function Inside({ opened, onRetry }: InsideProps) {
  switch (opened.state) {
    case 'opening':
    case 'judging':
      return <Waiting opened={opened} />
    case 'judged':
      return <Small seen={opened} />
    case 'closed':
      return <Closed why={opened.why} onRetry={onRetry} />
  }
}

function Waiting({
  opened,
}: {
  readonly opened: Extract<Opened, { state: 'opening' | 'judging' }>
}) {
  return <Seal state="checking">{useDoing(opened)}</Seal>
}

function Small({ seen }: { readonly seen: Seen }) {
  const { judged, profile } = seen
  const { verdict, document } = judged
  return (
    <>
      {document === undefined ? null : (
        <Paper judged={judged} document={document} profile={profile} />
      )}
      <Seal state={sealStateOf(verdict)} asOf={verdict.asOf}>
        <SealSentence judged={judged} />
      </Seal>
    </>
  )
}

type PaperProps = {
  readonly judged: Judged
  readonly document: NonNullable<Judged['document']>
  readonly profile: Profile | undefined
}

function Paper({ judged, document, profile }: PaperProps) {
  const words = useWords(PAGE)
  const language = useLanguage()
  const facts = sheetFactsOf(document.certificate)
  const sheet = useWords(SHEET)
  const { network } = judged.verdict
  const headline = headlineOf(judged.verdict)
  const state = sealStateOf(judged.verdict)
  const seals = useWords(SEAL)
  const accent = accentOf(profile?.colours)
  return (
    <article class="embed-paper" style={accent === undefined ? {} : { '--accent': accent }}>
      {network === 'test' || network === 'local' ? (
        <p class="embed-band">{network === 'test' ? sheet.testNetwork : sheet.localNetwork}</p>
      ) : null}
      {isGood(state) ? null : (
        <p class="embed-band embed-state">
          <SealShape state={state} size={20} />
          {seals[state]}
        </p>
      )}
      {headline === undefined ? null : (
        <p class="embed-issuer">
          <Told>{headline}</Told>
        </p>
      )}
      <h1>
        <Told>{facts.title}</Told>
      </h1>
      {facts.learner === undefined ? null : (
        <p class="embed-learner">
          <Told>{facts.learner}</Told>
        </p>
      )}
      <p class="embed-date">
        {words.awarded} {printWrittenDay(facts.awarded ?? facts.validFrom, language)}
      </p>
    </article>
  )
}

/** Out of the frame: what a page around it draws, no reader has to believe. */
function OpenPage({ id }: { readonly id: string }) {
  const words = useWords(PAGE)
  return (
    <a class="button embed-open" href={`/s/${id}`} target="_blank" rel="noopener">
      <Icon name="arrow" />
      {words.openPage}
    </a>
  )
}
