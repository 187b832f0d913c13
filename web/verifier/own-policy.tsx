/** A reader's own policy: read from a file, kept in the page's memory, and in the browser only where they wish so. */
import { useRef, useState } from 'preact/hooks'
import type { FormatError } from '../../src/index.ts'
import { Told } from '../ui/text.tsx'
import { say } from '../ui/toast.tsx'
import { useWords } from '../words/language.tsx'
import type { Choosing } from './choice.ts'
import { forget, remember, remembered } from './policies.ts'
import { Problem } from './problem.tsx'
import { readPolicyFile } from './reading.ts'
import { SETTINGS } from './settings.words.ts'

export function OwnPolicy({ choosing }: { readonly choosing: Choosing }) {
  const words = useWords(SETTINGS)
  const input = useRef<HTMLInputElement>(null)
  const [error, setError] = useState<FormatError>()
  const { own, bring } = choosing
  const take = async (file: File): Promise<void> => {
    const read = await readPolicyFile(file)
    if ('policy' in read) bring(read)
    setError('policy' in read ? undefined : read)
  }
  return (
    <div class="own-policy">
      <input
        ref={input}
        class="visually-hidden"
        type="file"
        accept=".json,application/json"
        tabIndex={-1}
        aria-label={words.load}
        onChange={async ({ currentTarget }) => {
          const file = currentTarget.files?.[0]
          currentTarget.value = ''
          if (file !== undefined) await take(file)
        }}
      />
      <div class="row">
        <button type="button" class="button" onClick={() => input.current?.click()}>
          {words.load}
        </button>
        {own === undefined ? null : <Told>{own.policy.name}</Told>}
      </div>
      <p class="problem" role="alert">
        {error === undefined ? null : (
          <>
            {words.notAPolicy} <Problem error={error} />
          </>
        )}
      </p>
      {own === undefined ? null : <Keep own={own} />}
    </div>
  )
}

function Keep({ own }: { readonly own: NonNullable<Choosing['own']> }) {
  const words = useWords(SETTINGS)
  const [isKept, setKept] = useState(() => remembered()?.policy.digest === own.policy.digest)
  return (
    <label class="tick">
      <input
        type="checkbox"
        checked={isKept}
        onChange={({ currentTarget }) => {
          const isDone = currentTarget.checked && remember(own)
          if (!currentTarget.checked) forget()
          else say(isDone ? words.kept : words.notKept)
          setKept(isDone)
        }}
      />
      {words.keep}
    </label>
  )
}
