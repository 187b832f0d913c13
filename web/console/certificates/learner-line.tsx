/** Whose certificate a dialog is about. */
import { Told } from '../../ui/text.tsx'
import { useWords } from '../../words/language.tsx'
import type { Learner } from './answers.ts'
import { DETAILS } from './details.words.ts'

export function LearnerLine({ learner }: { readonly learner: Learner | null }) {
  const words = useWords(DETAILS)
  const { name, email, externalId } = learner ?? {}
  const more = email ?? externalId
  return (
    <p class="people-line">
      <strong>{name === undefined ? words.nameless : <Told>{name}</Told>}</strong>
      {more !== undefined && (
        <span class="quiet">
          <Told>{more}</Told>
        </span>
      )}
    </p>
  )
}
