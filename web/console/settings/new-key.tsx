/** A new key: what it is for, what it may do, until when; then the key itself, once. */
import { useState } from 'preact/hooks'
import { useWords } from '../../words/language.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { CheckField, SelectField, TextField } from '../field.tsx'
import { useAct } from '../load.ts'
import { ProblemNote } from '../problem-note.tsx'
import { useSession } from '../session.tsx'
import { KEYS, SCOPE_WORDS } from './keys.words.ts'
import { Secret } from './secret.tsx'
import { makeKey } from './settings-api.ts'

const DAYS = ['30', '90', '365', '730'] as const
type Days = (typeof DAYS)[number]

type NewKeyProps = { readonly made: () => void; readonly close: () => void }

export function NewKey({ made, close }: NewKeyProps) {
  const words = useWords(KEYS)
  const [secret, setSecret] = useState<string>()
  return (
    <Dialog isOpen title={words.newTitle} onClose={close}>
      {secret === undefined ? (
        <KeyRequestForm
          made={(text) => {
            setSecret(text)
            made()
          }}
        />
      ) : (
        <Secret text={secret} of={words.theKey} close={close}>
          {words.once}
        </Secret>
      )}
    </Dialog>
  )
}

function KeyRequestForm({ made }: { readonly made: (secret: string) => void }) {
  const words = useWords(KEYS)
  const { api } = useSession()
  const offered = useOffered()
  const [label, setLabel] = useState('')
  const [days, setDays] = useState<Days>('365')
  const [scopes, setScopes] = useState<readonly string[]>([])
  const { isBusy, problem, act } = useAct(async () => {
    made(await makeKey(api, { label: label.trim(), scopes, days: Number(days) }))
  })
  const isReady = label.trim() !== '' && scopes.length > 0
  return (
    <form
      class="desk-stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady) void act()
      }}
    >
      <TextField
        label={words.label}
        hint={words.labelHint}
        value={label}
        take={setLabel}
        max={100}
      />
      <SelectField
        label={words.days}
        value={days}
        choices={DAYS.map((value) => ({ value, label: words.dayNames[value] }))}
        take={setDays}
      />
      <ScopeChoices offered={offered} chosen={scopes} choose={setScopes} />
      <p class="desk-hint">{words.notOffered}</p>
      {problem && <ProblemNote problem={problem} />}
      <div class="desk-actions">
        <button type="submit" class="button primary" disabled={!isReady || isBusy}>
          {isBusy ? words.busy : words.make}
        </button>
      </div>
    </form>
  )
}

type ChoicesProps = {
  readonly offered: readonly string[]
  readonly chosen: readonly string[]
  readonly choose: (scopes: readonly string[]) => void
}

function ScopeChoices({ offered, chosen, choose }: ChoicesProps) {
  const words = useWords(KEYS)
  const names: Readonly<Record<string, string>> = useWords(SCOPE_WORDS)
  return (
    <fieldset class="desk-choices">
      <legend>{words.scopes}</legend>
      <div class="desk-choices-list">
        {offered.map((scope) => (
          <CheckField
            key={scope}
            label={names[scope] ?? scope}
            isChecked={chosen.includes(scope)}
            take={(isChosen) => {
              choose(offered.filter((one) => (one === scope ? isChosen : chosen.includes(one))))
            }}
          />
        ))}
      </div>
    </fieldset>
  )
}

/** Two keys out of one hand are one person: whoever approves gives nobody the right to issue, nor to approve. */
function useOffered(): readonly string[] {
  const { session, may } = useSession()
  return session.key.scopes.filter(
    (scope) =>
      scope !== 'batches:approve' && !(scope === 'batches:write' && may('batches:approve')),
  )
}
