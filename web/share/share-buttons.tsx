/** Share, and add to LinkedIn: both lead to the sheet on which a holder makes a link; it comes when it is asked for. */
import type { ComponentType } from 'preact'
import { useState } from 'preact/hooks'
import { Icon } from '../ui/icons.tsx'
import { say } from '../ui/toast.tsx'
import { useWords } from '../words/language.tsx'
import { BUTTONS } from './share-buttons.words.ts'
import type { ShareSheetProps } from './types.ts'

type Sheet = ComponentType<ShareSheetProps>
type Purpose = NonNullable<ShareSheetProps['purpose']>
type ShareButtonsProps = Pick<ShareSheetProps, 'holder' | 'certificate' | 'judged' | 'profile'>

export function ShareButton(props: ShareButtonsProps) {
  const words = useWords(BUTTONS)
  const [open, sheet] = useSheet(props)
  return (
    <>
      <button type="button" class="button primary" onClick={() => open('share')}>
        <Icon name="share" />
        {words.share}
      </button>
      {sheet}
    </>
  )
}

export function LinkedInButton(props: ShareButtonsProps) {
  const words = useWords(BUTTONS)
  const [open, sheet] = useSheet(props)
  return (
    <>
      <button type="button" class="button" onClick={() => open('linkedin')}>
        <Icon name="plus" />
        {words.linkedIn}
      </button>
      {sheet}
    </>
  )
}

/** @returns what opens the sheet, and the sheet */
function useSheet(props: ShareButtonsProps) {
  const words = useWords(BUTTONS)
  const [{ Sheet }, setSheet] = useState<{ readonly Sheet?: Sheet }>({})
  const [purpose, setPurpose] = useState<Purpose>()
  const open = async (wanted: Purpose): Promise<void> => {
    try {
      const { ShareSheet } = await import('./share-sheet.tsx')
      setSheet({ Sheet: ShareSheet })
      setPurpose(wanted)
    } catch {
      // The part of the page did not come: the network, or a newer version of the site.
      say(words.unavailable)
    }
  }
  const sheet =
    Sheet === undefined ? null : (
      <Sheet
        {...props}
        purpose={purpose}
        isOpen={purpose !== undefined}
        onClose={() => {
          setPurpose(undefined)
        }}
      />
    )
  return [open, sheet] as const
}
