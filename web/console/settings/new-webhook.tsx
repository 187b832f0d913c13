/** A new webhook: where, and of what; then the secret that signs what is sent, once. */
import { useState } from 'preact/hooks'
import { useWords } from '../../words/language.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { CheckField, TextField } from '../field.tsx'
import { useAct } from '../load.ts'
import { ProblemNote } from '../problem-note.tsx'
import { useSession } from '../session.tsx'
import { Secret } from './secret.tsx'
import { makeWebhook } from './settings-api.ts'
import { EVENT_WORDS, WEBHOOKS } from './webhooks.words.ts'

type NewWebhookProps = { readonly made: () => void; readonly close: () => void }

export function NewWebhook({ made, close }: NewWebhookProps) {
  const words = useWords(WEBHOOKS)
  const [secret, setSecret] = useState<string>()
  return (
    <Dialog isOpen title={words.create} onClose={close}>
      {secret === undefined ? (
        <WebhookForm
          made={(text) => {
            setSecret(text)
            made()
          }}
        />
      ) : (
        <Secret text={secret} of={words.theSecret} close={close}>
          {words.once}
        </Secret>
      )}
    </Dialog>
  )
}

function WebhookForm({ made }: { readonly made: (secret: string) => void }) {
  const words = useWords(WEBHOOKS)
  const { api } = useSession()
  // A test is sent by hand.
  const events = Object.entries(useWords(EVENT_WORDS)).filter(([event]) => event !== 'ping')
  const [url, setUrl] = useState('https://')
  const [chosen, setChosen] = useState<readonly string[]>(events.map(([event]) => event))
  const { isBusy, problem, act } = useAct(async () => {
    made(await makeWebhook(api, { url: url.trim(), events: chosen }))
  })
  const isReady = URL.parse(url.trim())?.protocol === 'https:' && chosen.length > 0
  return (
    <form
      class="desk-stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady) void act()
      }}
    >
      <TextField
        label={words.url}
        hint={words.urlHint}
        type="url"
        value={url}
        take={setUrl}
        max={2000}
      />
      <fieldset class="desk-choices">
        <legend>{words.events}</legend>
        <div class="desk-choices-list">
          {events.map(([event, label]) => (
            <CheckField
              key={event}
              label={label}
              isChecked={chosen.includes(event)}
              take={(isChosen) => {
                const others = chosen.filter((one) => one !== event)
                setChosen(isChosen ? [...others, event] : others)
              }}
            />
          ))}
        </div>
      </fieldset>
      {problem && <ProblemNote problem={problem} />}
      <div class="desk-actions">
        <button type="submit" class="button primary" disabled={!isReady || isBusy}>
          {isBusy ? words.busy : words.make}
        </button>
      </div>
    </form>
  )
}
