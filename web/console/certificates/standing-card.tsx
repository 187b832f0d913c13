/** Whose certificate it is, and how it stands. */
import { catalogueOf } from '../../../src/index.ts'
import { useLanguage, useWords } from '../../words/language.tsx'
import { printTime } from '../../words/print.ts'
import { Told } from '../../ui/text.tsx'
import { hrefOf } from '../place.ts'
import type { View } from './answers.ts'
import { DETAILS } from './details.words.ts'
import { shownState, StandingBadge } from './standing-badge.tsx'
import { STATES } from './states.words.ts'

export function Standing({ view }: { readonly view: View }) {
  const words = useWords(DETAILS)
  const { sentences } = useWords(STATES)
  const { learner, status, erased, replacedBy } = view
  const state = shownState(status.state, {
    isErased: erased !== null,
    isReplaced: replacedBy !== null,
  })
  return (
    <section class="card people-standing" aria-label={words.standing}>
      <div class="people-learner">
        <p class="people-name">
          {learner === null ? (
            <span class="quiet">{words.erasedLearner}</span>
          ) : (
            <strong>
              {learner.name === undefined ? words.nameless : <Told>{learner.name}</Told>}
            </strong>
          )}
        </p>
        {learner !== null && (
          <p class="quiet">
            {[learner.email, learner.externalId].flatMap((text, i) =>
              text === undefined
                ? []
                : [
                    <span key={i} class="people-contact">
                      <Told>{text}</Told>
                    </span>,
                  ],
            )}
          </p>
        )}
      </div>
      <div class="people-state" aria-live="polite">
        <StandingBadge state={state} queued={view.queued.at(-1)?.kind} />
        {view.queued.length === 0 && <p>{sentences[state]}</p>}
        <Reported view={view} />
        {replacedBy !== null && <a href={hrefOf('certificates', [replacedBy])}>{words.newOne}</a>}
      </div>
    </section>
  )
}

function Reported({ view: { erased, status } }: { readonly view: View }) {
  const words = useWords(DETAILS)
  const language = useLanguage()
  const dated = erased ?? status.reported
  if (dated === null) return null
  const reason = catalogueOf(language).reasons[dated.reason]
  return <p class="quiet">{words.reported(reason, printTime(dated.at, language))}</p>
}
