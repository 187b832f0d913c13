/** A button that opens a short list of others below it; Escape, a choice, and leaving it close it. */
import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { Icon } from './icons.tsx'
import type { IconName } from './icons.tsx'
import './menu.css'

export type MenuItem = {
  readonly label: string
  /** What it is for, under its label. */
  readonly hint?: string
  readonly onChoose: () => void | Promise<void>
}

type MenuProps = {
  readonly label: string
  readonly icon: IconName
  readonly items: readonly MenuItem[]
}

export function Menu({ label, icon, items }: MenuProps) {
  const [isOpen, setOpen] = useState(false)
  const list = useId()
  const box = useRef<HTMLDivElement>(null)
  const opener = useRef<HTMLButtonElement>(null)
  useLeaving(box, isOpen, () => {
    setOpen(false)
  })
  const closeAndReturn = (): void => {
    setOpen(false)
    opener.current?.focus()
  }
  return (
    <div
      ref={box}
      class="menu"
      onKeyDown={(event) => {
        if (event.key === 'Escape' && isOpen) closeAndReturn()
      }}
    >
      <button
        ref={opener}
        type="button"
        class="button"
        aria-expanded={isOpen}
        aria-controls={list}
        onClick={() => {
          setOpen(!isOpen)
        }}
      >
        <Icon name={icon} />
        {label}
      </button>
      <ul id={list} class="menu-list" role="list" hidden={!isOpen}>
        {items.map((item) => (
          <li key={item.label}>
            <button
              type="button"
              class="menu-item"
              onClick={() => {
                closeAndReturn()
                return item.onChoose()
              }}
            >
              <span class="menu-label">{item.label}</span>
              {item.hint === undefined ? null : <span class="menu-hint">{item.hint}</span>}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}

type Box = { readonly current: HTMLElement | null }

/** Calls back for a press or a focus outside of the box. */
function useLeaving(box: Box, isOpen: boolean, onLeave: () => void): void {
  useEffect(() => {
    if (!isOpen) return
    const leave = ({ target }: Event): void => {
      if (target instanceof Node && box.current?.contains(target) !== true) onLeave()
    }
    document.addEventListener('pointerdown', leave)
    document.addEventListener('focusin', leave)
    return () => {
      document.removeEventListener('pointerdown', leave)
      document.removeEventListener('focusin', leave)
    }
  })
}
