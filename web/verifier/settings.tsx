/** By whose word a verdict is made: the policy's name always in sight, all of it one click away. */
import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { CopyButton } from '../ui/copy-button.tsx'
import { Told } from '../ui/text.tsx'
import { useWords } from '../words/language.tsx'
import type { Choosing } from './choice.ts'
import { Moment } from './moment.tsx'
import { OwnPolicy } from './own-policy.tsx'
import { hostsOf } from './policies.ts'
import type { PolicyChoice } from './policies.ts'
import { Providers } from './providers.tsx'
import { SETTINGS } from './settings.words.ts'

type SettingsProps = {
  readonly choosing: Choosing
  readonly isOpen: boolean
  readonly setOpen: (isOpen: boolean) => void
}

export function Settings({ choosing, isOpen, setOpen }: SettingsProps) {
  const words = useWords(SETTINGS)
  const panel = useId()
  const { by, choice } = choosing
  if (by === undefined) return null
  const { policy } = by.policy
  const hosts = hostsOf(policy)
  return (
    <section class="card settings" aria-label={words.title}>
      <div class="settings-head">
        <div class="settings-name">
          <p>
            <span class="quiet">{words.policy}</span>{' '}
            <strong>
              <Told>{policy.name}</Told>
            </strong>{' '}
            {choice === 'site' ? <span class="chip">{words.chosenBySite}</span> : null}
          </p>
          <p class="quiet small">
            {words.asks}{' '}
            {hosts.length === 0 ? words.asksNobody : hosts.map((host) => <Host name={host} />)}
          </p>
        </div>
        <button
          type="button"
          class="button"
          aria-expanded={isOpen}
          aria-controls={panel}
          onClick={() => {
            setOpen(!isOpen)
          }}
        >
          {isOpen ? words.done : words.change}
        </button>
      </div>
      <div id={panel} hidden={!isOpen} class="settings-panel">
        {isOpen ? <Panel choosing={choosing} /> : null}
      </div>
    </section>
  )
}

function Host({ name }: { readonly name: string }) {
  return (
    <span class="host mono">
      <Told>{name}</Told>
    </span>
  )
}

function Panel({ choosing }: { readonly choosing: Choosing }) {
  const words = useWords(SETTINGS)
  const { site, by } = choosing
  return (
    <>
      <fieldset class="choices">
        <legend>{words.title}</legend>
        {site === null ? null : (
          <Choice choosing={choosing} value="site" name={words.site} says={words.siteSays} />
        )}
        <Choice
          choosing={choosing}
          value="built-in"
          name={words.builtIn}
          says={words.builtInSays}
        />
        <Choice choosing={choosing} value="own" name={words.own} says={words.ownSays}>
          <OwnPolicy choosing={choosing} />
        </Choice>
      </fieldset>
      <Providers key={choosing.original?.policy.digest} choosing={choosing} />
      <Moment choosing={choosing} />
      {by === undefined ? null : (
        <p class="small digest">
          <span class="quiet">{words.digest}</span>
          <span class="mono">{by.policy.policy.digest}</span>
          <CopyButton text={by.policy.policy.digest} of={words.digest} />
        </p>
      )}
    </>
  )
}

type ChoiceProps = {
  readonly choosing: Choosing
  readonly value: PolicyChoice
  readonly name: string
  readonly says: string
  readonly children?: ComponentChildren
}

function Choice({ choosing, value, name, says, children }: ChoiceProps) {
  const id = useId()
  const { choice, choose, own } = choosing
  return (
    <div class="choice">
      <input
        type="radio"
        name="policy"
        id={id}
        checked={choice === value}
        disabled={value === 'own' && own === undefined}
        aria-describedby={`${id}-says`}
        onChange={() => {
          choose(value)
        }}
      />
      <div>
        <label for={id}>{name}</label>
        <p id={`${id}-says`} class="quiet small">
          {says}
        </p>
        {children}
      </div>
    </div>
  )
}
