/** What became of the letters with a certificate's link, and what its holder made public. */
import { useLanguage, useWords } from '../../words/language.tsx'
import { printNumber, printTime } from '../../words/print.ts'
import { StatusBadge } from '../status-badge.tsx'
import type { Tone } from '../status-badge.tsx'
import type { Letter, View } from './answers.ts'
import { DETAILS } from './details.words.ts'

const TONES: Readonly<Record<Letter['state'], Tone>> = {
  queued: 'moving',
  accepted: 'done',
  refused: 'stopped',
  failed: 'stopped',
}

export function Letters({ view }: { readonly view: View }) {
  const words = useWords(DETAILS)
  const language = useLanguage()
  if (view.erased !== null) return null
  return (
    <section class="card desk-stack">
      <h2>{words.letters}</h2>
      {view.letters.length === 0 && <p class="quiet">{words.noLetters}</p>}
      {view.letters.length > 0 && (
        <ul role="list" class="people-letters">
          {view.letters.map(({ purpose, state, code, at }) => (
            <li key={`${purpose}${at}`}>
              <strong>{words.purposes[purpose]}</strong>
              <time class="quiet" dateTime={at}>
                {printTime(at, language)}
              </time>
              <StatusBadge tone={TONES[state]}>
                {words.letterStates[state]}
                {code !== null && state !== 'accepted' && ` (${words.code(String(code))})`}
              </StatusBadge>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

export function Shares({ view: { shares } }: { readonly view: View }) {
  const words = useWords(DETAILS)
  const language = useLanguage()
  const print = (count: number): string => printNumber(count, language)
  return (
    <section class="card desk-stack">
      <h2>{words.shares}</h2>
      <p class={shares.made === 0 ? 'quiet' : undefined}>
        {shares.made === 0
          ? words.noShares
          : words.shareCounts(print(shares.made), print(shares.standing), print(shares.opened))}
      </p>
    </section>
  )
}
