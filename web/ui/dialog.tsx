/** A sheet over the page: the browser's own dialog, so that focus stays in it, Escape closes it, and focus returns. */
import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { useWords } from '../words/language.tsx'
import './dialog.css'
import { DIALOG } from './dialog.words.ts'
import { Icon } from './icons.tsx'

type DialogProps = {
  readonly isOpen: boolean
  readonly title: string
  /** Called for every way to close it: the button, Escape, a click beside it. */
  readonly onClose: () => void
  readonly isWide?: boolean
  readonly children: ComponentChildren
  /** Buttons that stay in sight while the content scrolls. */
  readonly actions?: ComponentChildren
}

export function Dialog(props: DialogProps) {
  const { isOpen, title, onClose, isWide = false, children, actions } = props
  const words = useWords(DIALOG)
  const name = useId()
  const box = useRef<HTMLDialogElement>(null)
  const isLeaving = useRef(false)
  useEffect(() => {
    const dialog = box.current
    if (dialog === null) return
    if (isOpen && !dialog.open) dialog.showModal()
    if (!isOpen && dialog.open) dialog.close()
  }, [isOpen])
  useEffect(() => {
    const dialog = box.current
    return () => {
      // Where whoever draws it takes it away open: only closing gives the focus back.
      isLeaving.current = true
      dialog?.close()
    }
  }, [])
  return (
    <dialog
      ref={box}
      class={isWide ? 'dialog wide' : 'dialog'}
      aria-labelledby={name}
      onClose={() => {
        if (!isLeaving.current) onClose()
      }}
      onClick={(event) => {
        if (event.target === box.current) box.current?.close()
      }}
    >
      {isOpen ? (
        <div class="dialog-box">
          <header class="dialog-head">
            <h2 id={name}>{title}</h2>
            <button
              type="button"
              class="button plain icon-button"
              aria-label={words.close}
              onClick={() => box.current?.close()}
            >
              <Icon name="cross" />
            </button>
          </header>
          <div class="dialog-content">{children}</div>
          {actions === undefined ? null : <footer class="dialog-actions">{actions}</footer>}
        </div>
      ) : null}
    </dialog>
  )
}
