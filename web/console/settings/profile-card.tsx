/** The head of a certificate as it will look. */
import { useWords } from '../../words/language.tsx'
import { accentOf } from '../../../src/index.ts'
import { Told } from '../../ui/text.tsx'
import { PROFILE } from './profile.words.ts'
import type { Looks } from './looks.ts'

type ProfileCardProps = {
  readonly looks: Looks
  /** What the policy of this server calls it: the name that stands on certificates here. */
  readonly known: string | null
}

export function ProfileCard({ looks, known }: ProfileCardProps) {
  const words = useWords(PROFILE)
  const accent = accentOf([looks.accent])
  return (
    <aside class="desk-stack" aria-label={words.sample}>
      <div class="desk-paper" style={accent === undefined ? {} : { '--accent': accent }}>
        <div class="desk-paper-head">
          {looks.logo !== null && <img class="desk-logo" src={looks.logo} alt="" />}
          <strong>
            <Told>{known ?? looks.name}</Told>
          </strong>
        </div>
        <p class="desk-paper-title">{words.sampleTitle}</p>
        <p>{words.sampleText}</p>
      </div>
      {known !== null && known !== looks.name.trim() && (
        <p class="desk-hint">{words.nameKnown(known)}</p>
      )}
    </aside>
  )
}
