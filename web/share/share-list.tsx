/** The links that work: how often each was opened, and the way to end it. */
import { useState } from 'preact/hooks'
import { Icon } from '../ui/icons.tsx'
import { useLanguage, useWords } from '../words/language.tsx'
import { printDay, printNumber } from '../words/print.ts'
import type { Share } from './service.ts'
import { SHARE, troubleOf } from './share-sheet.words.ts'

type ShareListProps = {
  /** Undefined until they are known. */
  readonly shares: readonly Share[] | undefined
  /** A code: why they are not. */
  readonly trouble: string | undefined
  /** The one whose ways are shown. */
  readonly shown: string | undefined
  readonly onAgain: () => Promise<void>
  readonly onUse: (share: Share) => void
  readonly onStop: (share: Share) => Promise<void>
}

export function ShareList({ shares, trouble, shown, onAgain, onUse, onStop }: ShareListProps) {
  const words = useWords(SHARE)
  return (
    <section class="share-list">
      <h3>{words.existing}</h3>
      {trouble === undefined ? null : (
        <div class="row" role="alert">
          <p>{troubleOf(words, trouble)}</p>
          <button type="button" class="button" onClick={onAgain}>
            {words.again}
          </button>
        </div>
      )}
      {shares === undefined && trouble === undefined ? <p class="quiet">{words.loading}</p> : null}
      {shares?.length === 0 ? <p class="quiet">{words.none}</p> : null}
      {shares === undefined || shares.length === 0 ? null : (
        <>
          <ul class="share-items" role="list">
            {shares.map((share) => (
              <Item
                key={share.id}
                share={share}
                isShown={share.id === shown}
                onUse={onUse}
                onStop={onStop}
              />
            ))}
          </ul>
          <p class="quiet share-note">{words.openedMore}</p>
        </>
      )}
    </section>
  )
}

type ItemProps = Pick<ShareListProps, 'onUse' | 'onStop'> & {
  readonly share: Share
  readonly isShown: boolean
}

function Item({ share, isShown, onUse, onStop }: ItemProps) {
  const words = useWords(SHARE)
  const language = useLanguage()
  const [isAsking, ask] = useState(false)
  const { createdAt, expiresAt } = share
  const made = words.made.replace('{date}', printDay(createdAt, language))
  const until =
    expiresAt === undefined
      ? words.noEnd
      : words.until.replace('{date}', printDay(expiresAt, language))
  return (
    <li class={isShown ? 'share-item shown' : 'share-item'}>
      <div class="share-facts">
        <p class="share-opened">{useOpened(share.opened)}</p>
        <p class="quiet">
          {made} · {until}
        </p>
      </div>
      {isAsking ? (
        <Ask
          onKeep={() => {
            ask(false)
          }}
          onStop={() => onStop(share)}
        />
      ) : (
        <div class="row">
          {isShown ? null : (
            <button
              type="button"
              class="button"
              onClick={() => {
                onUse(share)
              }}
            >
              <Icon name="link" />
              {words.use}
            </button>
          )}
          <button
            type="button"
            class="button danger"
            onClick={() => {
              ask(true)
            }}
          >
            {words.stop}
          </button>
        </div>
      )}
    </li>
  )
}

function Ask(props: { readonly onKeep: () => void; readonly onStop: () => Promise<void> }) {
  const words = useWords(SHARE)
  const [isBusy, setBusy] = useState(false)
  const stop = async (): Promise<void> => {
    if (isBusy) return
    setBusy(true)
    await props.onStop()
    setBusy(false)
  }
  return (
    <div class="share-ask" role="alert">
      <p>{words.stopAsk}</p>
      <div class="row">
        <button type="button" class="button danger" aria-disabled={isBusy} onClick={stop}>
          {words.stop}
        </button>
        <button type="button" class="button" onClick={props.onKeep}>
          {words.keep}
        </button>
      </div>
    </div>
  )
}

function useOpened(count: number): string {
  const words = useWords(SHARE)
  const language = useLanguage()
  if (count === 0) return words.opened.never
  if (count === 1) return words.opened.one
  return words.opened.other.replace('{count}', printNumber(count, language))
}
