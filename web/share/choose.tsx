/** The claims as switches beside a preview of exactly what others will see, and how long the link works. */
import type { ComponentChildren } from 'preact'
import { useId, useMemo, useState } from 'preact/hooks'
import { nameOf } from '../../src/index.ts'
import type { Certificate, HidablePointer } from '../../src/index.ts'
import { Sheet } from '../ui/sheet.tsx'
import { claimWord } from '../ui/sheet.words.ts'
import { sealStateOf } from '../ui/states.ts'
import { Told } from '../ui/text.tsx'
import { useLanguage, useWords } from '../words/language.tsx'
import { printList, printWrittenDay } from '../words/print.ts'
import { claimsOf, presentationOf, shownAtFirst } from './claims.ts'
import type { Claim } from './claims.ts'
import { endOf, Ending } from './ending.tsx'
import type { End } from './ending.tsx'
import { SHARE } from './share-sheet.words.ts'
import type { ShareSheetProps } from './types.ts'

export type Chosen = {
  readonly presentation: Certificate
  /** Milliseconds since 1970. */
  readonly expiresAt: number | undefined
}

type ChooseProps = Pick<ShareSheetProps, 'certificate' | 'judged' | 'profile' | 'purpose'> & {
  readonly isBusy: boolean
  /** Why the last try did not work. */
  readonly trouble: string | undefined
  readonly onChosen: (chosen: Chosen) => Promise<void>
}

export function Choose(props: ChooseProps) {
  const { certificate, purpose, isBusy, trouble, onChosen } = props
  const words = useWords(SHARE)
  const claims = useMemo(() => claimsOf(certificate), [certificate])
  const [shown, show] = useState(() => shownAtFirst(claims))
  const [end, setEnd] = useState<End>({ kind: 'never', day: '' })
  const [isRefused, refuse] = useState(false)
  const presentation = useMemo(() => presentationOf(certificate, shown), [certificate, shown])
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault()
    const expiresAt = endOf(end, Date.now())
    refuse(expiresAt === 'refused')
    if (expiresAt !== 'refused' && !isBusy) await onChosen({ presentation, expiresAt })
  }
  return (
    <form class="share-choose" onSubmit={submit} noValidate>
      <div class="share-choices">
        <p class="share-intro">{purpose === 'linkedin' ? words.introLinkedIn : words.intro}</p>
        <Switches claims={claims} shown={shown} onChange={show} />
        <Ending end={end} isRefused={isRefused} onChange={setEnd} />
        <div class="share-make">
          <button type="submit" class="button primary" aria-disabled={isBusy}>
            {isBusy ? words.making : words.make}
          </button>
          <p class="share-trouble" role="alert">
            {trouble}
          </p>
        </div>
      </div>
      <Preview presentation={presentation} judged={props.judged} profile={props.profile} />
    </form>
  )
}

type SwitchesProps = {
  readonly claims: readonly Claim[]
  readonly shown: ReadonlySet<HidablePointer>
  readonly onChange: (shown: ReadonlySet<HidablePointer>) => void
}

function Switches({ claims, shown, onChange }: SwitchesProps) {
  const words = useWords(SHARE)
  const language = useLanguage()
  const turn = (pointer: HidablePointer): void => {
    const next = new Set(shown)
    if (!next.delete(pointer)) next.add(pointer)
    onChange(next)
  }
  return (
    <fieldset class="share-group">
      <legend>{words.shown}</legend>
      {claims.map(({ pointer, name, value }) => (
        <Switch
          key={pointer}
          label={claimWord(name, language)}
          isOn={shown.has(pointer)}
          onTurn={() => {
            turn(pointer)
          }}
        >
          {value === undefined ? null : (
            <Told>{name === 'birthDate' ? printWrittenDay(value, language) : value}</Told>
          )}
        </Switch>
      ))}
      <p class="quiet share-note">{claims.length === 0 ? words.shownNone : words.alwaysShown}</p>
    </fieldset>
  )
}

type SwitchProps = {
  readonly label: string
  readonly isOn: boolean
  readonly onTurn: () => void
  readonly children: ComponentChildren
}

/** A check box by nature, a switch by looks and by name. */
function Switch({ label, isOn, onTurn, children }: SwitchProps) {
  const id = useId()
  return (
    <label class="switch-line" for={id}>
      <span class="switch-words">
        <span class="switch-label">{label}</span>
        <span class="switch-value">{children}</span>
      </span>
      <input
        id={id}
        class="switch"
        type="checkbox"
        role="switch"
        checked={isOn}
        onChange={onTurn}
      />
    </label>
  )
}

type PreviewProps = Pick<ShareSheetProps, 'judged' | 'profile'> & {
  readonly presentation: Certificate
}

/** The sheet itself, smaller; what it hides is also said to who does not see it. */
function Preview({ presentation, judged, profile }: PreviewProps) {
  const words = useWords(SHARE)
  const language = useLanguage()
  const names = [...presentation.hidden.keys()].map((one) => claimWord(nameOf(one), language))
  const said =
    names.length === 0
      ? words.nothingHidden
      : words.hiddenNow.replace('{names}', printList(names, language))
  return (
    <section class="share-preview">
      <h3>{words.preview}</h3>
      <div class="share-paper" inert>
        <Sheet
          certificate={presentation}
          verdict={judged?.verdict}
          profile={profile}
          state={judged === undefined ? 'checking' : sealStateOf(judged.verdict)}
        />
      </div>
      <p class="quiet share-note" aria-live="polite">
        {said}
      </p>
    </section>
  )
}
