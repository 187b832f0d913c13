/** Addresses of other programs that are told what happens. */
import { useState } from 'preact/hooks'
import { useWords } from '../../words/language.tsx'
import { Told } from '../../ui/text.tsx'
import { say } from '../../ui/toast.tsx'
import { Confirm } from '../confirm.tsx'
import { Empty } from '../empty.tsx'
import { useAct, useLoaded } from '../load.ts'
import { ProblemNote } from '../problem-note.tsx'
import { useSession } from '../session.tsx'
import { StatusBadge } from '../status-badge.tsx'
import { Waiting } from '../waiting.tsx'
import { Deliveries } from './deliveries.tsx'
import { NewWebhook } from './new-webhook.tsx'
import { pingWebhook, readWebhooks, removeWebhook } from './settings-api.ts'
import type { Webhook } from './settings-api.ts'
import { EVENT_WORDS, WEBHOOKS } from './webhooks.words.ts'

export function Webhooks() {
  const words = useWords(WEBHOOKS)
  const { api } = useSession()
  const { value: webhooks, problem, again } = useLoaded((ended) => readWebhooks(api, ended), [])
  const [isNew, setNew] = useState(false)
  const create = (
    <button
      type="button"
      class="button primary"
      onClick={() => {
        setNew(true)
      }}
    >
      {words.create}
    </button>
  )
  const isEmpty = webhooks?.length === 0
  return (
    <section class="desk-stack" aria-labelledby="webhooks-title">
      <header class="desk-part-head">
        <div>
          <h2 id="webhooks-title">{words.title}</h2>
          <p class="quiet">{words.lead}</p>
        </div>
        {!isEmpty && create}
      </header>
      {problem && <ProblemNote problem={problem} again={again} />}
      {webhooks === undefined && problem === undefined && <Waiting />}
      {isEmpty && (
        <Empty title={words.emptyTitle} action={create}>
          {words.empty}
        </Empty>
      )}
      <ul role="list" class="desk-cards">
        {webhooks?.map((webhook) => (
          <WebhookCard key={webhook.id} webhook={webhook} changed={again} />
        ))}
      </ul>
      {isNew && (
        <NewWebhook
          made={again}
          close={() => {
            setNew(false)
          }}
        />
      )}
    </section>
  )
}

type CardProps = { readonly webhook: Webhook; readonly changed: () => void }

function WebhookCard({ webhook, changed }: CardProps) {
  const words = useWords(WEBHOOKS)
  const events: Readonly<Record<string, string>> = useWords(EVENT_WORDS)
  const { api } = useSession()
  const [isRemoving, setRemoving] = useState(false)
  const [turn, setTurn] = useState(0)
  const ping = useAct(async () => {
    await pingWebhook(api, webhook.id)
    say(words.pinged)
    setTurn(turn + 1)
    changed()
  })
  return (
    <li class="card desk-card">
      <div class="desk-card-head">
        <h3 class="mono">
          <Told>{webhook.url}</Told>
        </h3>
        {webhook.state === 'active' ? (
          <StatusBadge tone="done">{words.active}</StatusBadge>
        ) : (
          <StatusBadge tone="stopped">{words.disabled}</StatusBadge>
        )}
      </div>
      {webhook.state === 'disabled' && <p class="quiet">{words.disabledText}</p>}
      <ul role="list" class="desk-tags">
        {webhook.events.map((event) => (
          <li key={event}>{events[event] ?? event}</li>
        ))}
      </ul>
      {ping.problem && <ProblemNote problem={ping.problem} />}
      <div class="desk-actions">
        <button type="button" class="button" disabled={ping.isBusy} onClick={() => void ping.act()}>
          {words.ping}
        </button>
        <button
          type="button"
          class="button danger"
          onClick={() => {
            setRemoving(true)
          }}
        >
          {words.remove}
        </button>
      </div>
      <Deliveries webhook={webhook.id} turn={turn} />
      {isRemoving && (
        <Confirm
          title={words.removeTitle}
          verb={words.remove}
          ask={{ for: 'name', name: new URL(webhook.url).host }}
          confirm={async () => {
            await removeWebhook(api, webhook.id)
            say(words.removed)
            changed()
          }}
          close={() => {
            setRemoving(false)
          }}
        >
          <p>{words.removeText}</p>
        </Confirm>
      )}
    </li>
  )
}
