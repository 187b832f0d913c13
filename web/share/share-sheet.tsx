/** Where a holder decides what others see of a certificate, and who may go on seeing it. */
import { useEffect, useState } from 'preact/hooks'
import type { HolderLink } from '../../src/index.ts'
import { Dialog } from '../ui/dialog.tsx'
import { say } from '../ui/toast.tsx'
import { useWords } from '../words/language.tsx'
import { Choose } from './choose.tsx'
import type { Chosen } from './choose.tsx'
import { textOfPresentation } from './claims.ts'
import { ShareList } from './share-list.tsx'
import { listShares, publishShare, withdrawShare } from './service.ts'
import type { Share } from './service.ts'
import './share-sheet.css'
import { SHARE, troubleOf } from './share-sheet.words.ts'
import type { ShareSheetProps } from './types.ts'
import { Ways } from './ways.tsx'

export function ShareSheet({ isOpen, onClose, ...desk }: ShareSheetProps) {
  const words = useWords(SHARE)
  return (
    <Dialog isOpen={isOpen} title={words.title} onClose={onClose} isWide>
      <Desk {...desk} />
    </Dialog>
  )
}

type DeskProps = Omit<ShareSheetProps, 'isOpen' | 'onClose'>

/** Drawn anew whenever the sheet opens: it begins with what the server says now. */
function Desk(props: DeskProps) {
  const { holder } = props
  const [shown, show] = useState<Share>()
  const { shares, trouble, load, made, stop } = useShares(holder)
  return (
    <div class="share-desk">
      {shown === undefined ? (
        <Maker
          {...props}
          onMade={(share) => {
            made(share)
            show(share)
          }}
        />
      ) : (
        <Ways
          key={shown.id}
          {...props}
          share={shown}
          onBack={() => {
            show(undefined)
          }}
        />
      )}
      <ShareList
        shares={shares}
        trouble={trouble}
        shown={shown?.id}
        onAgain={load}
        onUse={show}
        onStop={async (share) => {
          const isDone = await stop(share)
          if (isDone && shown?.id === share.id) show(undefined)
        }}
      />
    </div>
  )
}

type MakerProps = DeskProps & { readonly onMade: (share: Share) => void }

function Maker({ holder, onMade, ...choosing }: MakerProps) {
  const words = useWords(SHARE)
  const [trouble, setTrouble] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const make = async ({ presentation, expiresAt }: Chosen): Promise<void> => {
    setBusy(true)
    setTrouble(undefined)
    const made = await publishShare(holder, textOfPresentation(presentation), expiresAt)
    setBusy(false)
    if ('trouble' in made) setTrouble(troubleOf(words, made.trouble))
    else onMade(made)
  }
  return <Choose {...choosing} isBusy={isBusy} trouble={trouble} onChosen={make} />
}

/** Shares that stand, and what is done with them; `trouble` says why there are none to show. */
function useShares(holder: HolderLink) {
  const words = useWords(SHARE)
  const [shares, setShares] = useState<readonly Share[]>()
  const [trouble, setTrouble] = useState<string>()
  const load = async (): Promise<void> => {
    setTrouble(undefined)
    const found = await listShares(holder)
    if ('trouble' in found) setTrouble(found.trouble)
    else setShares(found.filter(isStanding))
  }
  useEffect(() => {
    void load()
  }, [holder.cid])
  const stop = async (share: Share): Promise<boolean> => {
    const refused = await withdrawShare(holder, share.id)
    // Withdrawn elsewhere in the meantime is withdrawn too.
    if (refused !== undefined && refused.trouble !== 'gone') {
      say(troubleOf(words, refused.trouble))
      return false
    }
    say(words.stopped)
    setShares((known) => known?.filter(({ id }) => id !== share.id))
    return true
  }
  const made = (share: Share): void => {
    setShares((known) => [share, ...(known ?? [])])
  }
  return { shares, trouble, load, made, stop }
}

function isStanding({ withdrawnAt, expiresAt }: Share): boolean {
  return (
    withdrawnAt === undefined && (expiresAt === undefined || Date.parse(expiresAt) > Date.now())
  )
}
