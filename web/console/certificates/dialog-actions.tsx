/** The two buttons of a dialog that does something. */
import { useWords } from '../../words/language.tsx'
import { ACT_WORDS } from './acts.words.ts'

type DialogActionsProps = {
  readonly verb: string
  readonly isDanger: boolean
  readonly isReady: boolean
  readonly isBusy: boolean
  readonly close: () => void
}

export function DialogActions({ verb, isDanger, isReady, isBusy, close }: DialogActionsProps) {
  const words = useWords(ACT_WORDS)
  return (
    <div class="desk-actions">
      <button type="button" class="button" onClick={close}>
        {words.cancel}
      </button>
      <button
        type="submit"
        class={`button ${isDanger ? 'danger' : 'primary'}`}
        disabled={!isReady || isBusy}
      >
        {isBusy ? words.busy : verb}
      </button>
    </div>
  )
}
