/** What one webhook was told last, and what it answered. */
import { useState } from 'preact/hooks'
import { useLanguage, useWords } from '../../words/language.tsx'
import { printTime } from '../../words/print.ts'
import { say } from '../../ui/toast.tsx'
import { useAct, useLoaded } from '../load.ts'
import { ProblemNote } from '../problem-note.tsx'
import { useSession } from '../session.tsx'
import { StatusBadge } from '../status-badge.tsx'
import type { Tone } from '../status-badge.tsx'
import { readDeliveries, redeliver } from './settings-api.ts'
import type { Delivery } from './settings-api.ts'
import { EVENT_WORDS, WEBHOOKS } from './webhooks.words.ts'

const TONES: Readonly<Record<Delivery['state'], Tone>> = {
  queued: 'moving',
  delivered: 'done',
  failed: 'stopped',
}

type DeliveriesProps = {
  readonly webhook: string
  /** Read again where it differs. */
  readonly turn: number
}

export function Deliveries({ webhook, turn }: DeliveriesProps) {
  const words = useWords(WEBHOOKS)
  const [isOpen, setOpen] = useState(false)
  return (
    <details
      class="desk-more"
      onToggle={({ currentTarget }) => {
        setOpen(currentTarget.open)
      }}
    >
      <summary>{words.deliveries}</summary>
      {isOpen && <DeliveryList webhook={webhook} turn={turn} />}
    </details>
  )
}

function DeliveryList({ webhook, turn }: DeliveriesProps) {
  const words = useWords(WEBHOOKS)
  const { api } = useSession()
  const { value, problem, again } = useLoaded(
    (ended) => readDeliveries(api, webhook, ended),
    [webhook, turn],
  )
  if (problem !== undefined) return <ProblemNote problem={problem} again={again} />
  if (value === undefined) return null
  return (
    <div class="desk-stack">
      {value.length === 0 ? (
        <p class="quiet">{words.noDeliveries}</p>
      ) : (
        <ul role="list" class="desk-lines">
          {value.map((delivery) => (
            <Line key={delivery.id} webhook={webhook} delivery={delivery} done={again} />
          ))}
        </ul>
      )}
      <button type="button" class="button plain desk-card-action" onClick={again}>
        {words.refresh}
      </button>
    </div>
  )
}

type LineProps = {
  readonly webhook: string
  readonly delivery: Delivery
  readonly done: () => void
}

function Line({ webhook, delivery, done }: LineProps) {
  const words = useWords(WEBHOOKS)
  const events: Readonly<Record<string, string>> = useWords(EVENT_WORDS)
  const language = useLanguage()
  const { api } = useSession()
  const { id, type, state, attempts, code, createdAt } = delivery
  const { isBusy, problem, act } = useAct(async () => {
    await redeliver(api, webhook, id)
    say(words.redelivered)
    done()
  })
  return (
    <li class="desk-line-row">
      <StatusBadge tone={TONES[state]}>{words.states[state]}</StatusBadge>
      <span>
        {events[type] ?? type}
        <span class="quiet"> · {printTime(createdAt, language)}</span>
        <span class="quiet">
          {' · '}
          {words.attempts(attempts)}
          {code === null ? '' : ` · ${words.answer} ${code}`}
        </span>
      </span>
      {state !== 'queued' && (
        <button type="button" class="button plain" disabled={isBusy} onClick={() => void act()}>
          {words.redeliver}
        </button>
      )}
      {problem && <ProblemNote problem={problem} />}
    </li>
  )
}
