/** The API keys of the organisation: who may do what, until when. */
import { useState } from 'preact/hooks'
import { useLanguage, useWords } from '../../words/language.tsx'
import { printDay, printPair } from '../../words/print.ts'
import { Told } from '../../ui/text.tsx'
import { say } from '../../ui/toast.tsx'
import { Confirm } from '../confirm.tsx'
import { useLoaded } from '../load.ts'
import { ProblemNote } from '../problem-note.tsx'
import { useSession } from '../session.tsx'
import { StatusBadge } from '../status-badge.tsx'
import { Waiting } from '../waiting.tsx'
import { KEYS, SCOPE_WORDS } from './keys.words.ts'
import { NewKey } from './new-key.tsx'
import { readKeys, revokeKey } from './settings-api.ts'
import type { ApiKey } from './settings-api.ts'

export function Keys() {
  const words = useWords(KEYS)
  const { api } = useSession()
  const { value: keys, problem, again } = useLoaded((ended) => readKeys(api, ended), [])
  const [isNew, setNew] = useState(false)
  const [revoked, setRevoked] = useState<ApiKey>()
  return (
    <section class="desk-stack" aria-labelledby="keys-title">
      <header class="desk-part-head">
        <div>
          <h2 id="keys-title">{words.title}</h2>
          <p class="quiet">{words.lead}</p>
        </div>
        <button
          type="button"
          class="button primary"
          onClick={() => {
            setNew(true)
          }}
        >
          {words.create}
        </button>
      </header>
      {problem && <ProblemNote problem={problem} again={again} />}
      {keys === undefined && problem === undefined && <Waiting />}
      <ul role="list" class="desk-cards">
        {keys?.map((key) => (
          <KeyCard key={key.id} apiKey={key} revoke={setRevoked} />
        ))}
      </ul>
      {isNew && (
        <NewKey
          made={again}
          close={() => {
            setNew(false)
          }}
        />
      )}
      {revoked && (
        <Revocation
          apiKey={revoked}
          done={again}
          close={() => {
            setRevoked(undefined)
          }}
        />
      )}
    </section>
  )
}

type CardProps = { readonly apiKey: ApiKey; readonly revoke: (key: ApiKey) => void }

function KeyCard({ apiKey, revoke }: CardProps) {
  const words = useWords(KEYS)
  const language = useLanguage()
  const { session } = useSession()
  const isOwn = apiKey.id === session.key.id
  const { lastUsedAt } = apiKey
  return (
    <li class="card desk-card">
      <div class="desk-card-head">
        <h3>
          <Told>{apiKey.label}</Told>
        </h3>
        <KeyState apiKey={apiKey} />
        {isOwn && <StatusBadge tone="quiet">{words.own}</StatusBadge>}
      </div>
      <p class="quiet">
        {words.until(printDay(apiKey.expiresAt, language))}
        {' · '}
        {lastUsedAt === null ? words.unused : words.used(printDay(lastUsedAt, language))}
      </p>
      <Scopes scopes={apiKey.scopes} />
      {stateOf(apiKey) === 'counts' && (
        <button
          type="button"
          class="button danger desk-card-action"
          aria-label={printPair(words.revoke, apiKey.label, language)}
          onClick={() => {
            revoke(apiKey)
          }}
        >
          {words.revoke}
        </button>
      )}
    </li>
  )
}

export function Scopes({ scopes }: { readonly scopes: readonly string[] }) {
  const names: Readonly<Record<string, string>> = useWords(SCOPE_WORDS)
  return (
    <ul role="list" class="desk-tags">
      {scopes.map((scope) => (
        <li key={scope}>{names[scope] ?? scope}</li>
      ))}
    </ul>
  )
}

function KeyState({ apiKey }: { readonly apiKey: ApiKey }) {
  const words = useWords(KEYS)
  switch (stateOf(apiKey)) {
    case 'revoked':
      return <StatusBadge tone="stopped">{words.revoked}</StatusBadge>
    case 'expired':
      return <StatusBadge tone="quiet">{words.expired}</StatusBadge>
    case 'counts':
      return <StatusBadge tone="done">{words.counts}</StatusBadge>
  }
}

function stateOf({ revokedAt, expiresAt }: ApiKey): 'counts' | 'expired' | 'revoked' {
  if (revokedAt !== null) return 'revoked'
  return Date.parse(expiresAt) <= Date.now() ? 'expired' : 'counts'
}

type RevocationProps = {
  readonly apiKey: ApiKey
  readonly done: () => void
  readonly close: () => void
}

function Revocation({ apiKey, done, close }: RevocationProps) {
  const words = useWords(KEYS)
  const { api, session } = useSession()
  return (
    <Confirm
      title={words.revokeTitle(apiKey.label)}
      verb={words.revoke}
      ask={{ for: 'name', name: apiKey.label }}
      confirm={async () => {
        await revokeKey(api, apiKey.id)
        say(words.wasRevoked)
        done()
      }}
      close={close}
    >
      <p>{apiKey.id === session.key.id ? words.revokeOwn : words.revokeText}</p>
    </Confirm>
  )
}
