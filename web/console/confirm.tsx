/**
 * The question before what cannot be undone, or not easily: what will happen, and something to write, so that no slip of
 * the hand does it: the name of the thing, or the reason.
 */
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { Dialog } from '../ui/dialog.tsx'
import { useWords } from '../words/language.tsx'
import { CONFIRM } from './confirm.words.ts'
import { TextField } from './field.tsx'
import { useAct } from './load.ts'
import { ProblemNote } from './problem-note.tsx'

type Ask =
  | { readonly for: 'nothing' }
  /** The name must be written as it stands. */
  | { readonly for: 'name'; readonly name: string }
  /** Anything that is not empty. */
  | { readonly for: 'reason'; readonly max: number }

type ConfirmProps = {
  /** What is done to what: "Revoke the key “Nightly import”". */
  readonly title: string
  /** What will happen. */
  readonly children: ComponentChildren
  /** On the button: the same verb. */
  readonly verb: string
  readonly ask: Ask
  /** Is given what was written, and the idempotency key. */
  readonly confirm: (written: string, key: string) => Promise<void>
  readonly close: () => void
}

export function Confirm({ title, children, verb, ask, confirm, close }: ConfirmProps) {
  const words = useWords(CONFIRM)
  const [written, setWritten] = useState('')
  const { isBusy, problem, act } = useAct(async (key) => {
    await confirm(written.trim(), key)
    close()
  })
  const isReady = isAnswered(ask, written)
  const submit = (event: Event): void => {
    event.preventDefault()
    if (isReady) void act()
  }
  return (
    <Dialog isOpen title={title} onClose={close}>
      <form class="desk-stack" onSubmit={submit}>
        <div class="desk-prose">{children}</div>
        {ask.for === 'name' && (
          <TextField label={words.name(ask.name)} value={written} take={setWritten} />
        )}
        {ask.for === 'reason' && (
          <TextField label={words.reason} value={written} take={setWritten} max={ask.max} />
        )}
        {problem && <ProblemNote problem={problem} />}
        <div class="desk-actions">
          <button type="button" class="button" onClick={close}>
            {words.cancel}
          </button>
          <button type="submit" class="button danger" disabled={!isReady || isBusy}>
            {isBusy ? words.busy : verb}
          </button>
        </div>
      </form>
    </Dialog>
  )
}

function isAnswered(ask: Ask, written: string): boolean {
  switch (ask.for) {
    case 'nothing':
      return true
    case 'name':
      return written.trim().normalize('NFC') === ask.name.trim().normalize('NFC')
    case 'reason':
      return written.trim() !== ''
  }
}
