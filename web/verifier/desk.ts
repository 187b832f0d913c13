/** The desk of a reader: what they brought, and the verdicts on it by the policy that they chose. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { FormatError, replay } from '../../src/index.ts'
import type { Instant, Profile, Replay, Report } from '../../src/index.ts'
import { openHolderLink, stateTold } from '../engine/holder.ts'
import type { Opened } from '../engine/holder.ts'
import { judge } from '../engine/judge.ts'
import type { Judged, ReadPolicy } from '../engine/judge.ts'
import { successorOf } from '../engine/service.ts'
import { beginningOf } from './items.ts'
import type { Item, ItemState } from './items.ts'
import { lanesOf } from './lanes.ts'
import { linkIn, openShare } from './links.ts'
import type { Link, Shared } from './links.ts'
import type { Found } from './reading.ts'

/** By what everything on the desk is judged. */
export type JudgeBy = {
  readonly policy: ReadPolicy
  readonly asOf: Instant | undefined
  readonly isOffline: boolean
  /** Of issuers whom the policy names, where their own site serves the page and the policy. */
  readonly looks: Looks | undefined
}

/** What is asked about the look of a certificate; the verdict rests on none of it. */
export type Looks = {
  readonly profile: (account: string) => Promise<Uint8Array | null>
  readonly lookOf: (judged: Judged) => Promise<Profile | undefined>
}

export type Desk = {
  readonly items: readonly Item[]
  readonly put: (label: string, found: readonly Found[]) => void
  /** Opens a link whose host its reader was shown. */
  open(item: Item): void
  /** Opens what replaces it; its host is asked by the same rule as any other. */
  followOn(item: Item): void
  /** Judges anew. */
  again(bytes: Uint8Array, label: string): void
  remove(item: Item): void
}

/** Verdicts under way at a time. */
const LANES = 4
let lastId = 0

/** @param by undefined while the policy is not there yet: what was brought waits */
export function useDesk(by: JudgeBy | undefined): Desk {
  const [items, setItems] = useState<readonly Item[]>([])
  const now = useRef({ by, items })
  now.current = { by, items }
  const inLanes = useRef(lanesOf(LANES)).current
  const change = useCallback((id: number, state: ItemState) => {
    setItems((list) => list.map((item) => (item.id === id ? { ...item, state } : item)))
  }, [])
  const check = useCallback((id: number, bytes: Uint8Array): void => {
    change(id, { step: 'checking', bytes })
    const { by: asked } = now.current
    if (asked === undefined) return
    void inLanes(async () => {
      // What was chosen since has asked for a verdict of its own.
      if (now.current.by !== asked) return
      const { policy, asOf, isOffline, looks } = asked
      const asks = looks === undefined ? {} : { profile: looks.profile }
      const judged = await judge(bytes, policy, { asOf, isOffline, ...asks })
      if (now.current.by !== asked) return
      change(id, { step: 'judged', bytes, judged, profile: undefined })
      // A verdict waits for no picture.
      const profile = await looks?.lookOf(judged)
      if (profile === undefined || now.current.by !== asked) return
      change(id, { step: 'judged', bytes, judged, profile })
    })
  }, [])
  const follow = useCallback(async (id: number, link: Link): Promise<void> => {
    change(id, { step: 'opening', link })
    const { told, successor } = await opened(link)
    setItems((list) => list.map((item) => (item.id === id ? { ...item, successor } : item)))
    if (told.state === 'open') check(id, told.bytes)
    else change(id, { step: 'told', link, told })
  }, [])
  const begin = useCallback((added: readonly Item[]): void => {
    setItems((list) => [...list, ...added])
    for (const { id, state } of added) {
      if (state.step === 'checking') check(id, state.bytes)
      if (state.step === 'opening') void follow(id, state.link)
    }
  }, [])
  useEffect(() => {
    for (const { id, state } of now.current.items) {
      if (state.step === 'checking' || state.step === 'judged') check(id, state.bytes)
    }
  }, [by])
  return {
    items,
    put: (label, found) => {
      begin(
        found.map((one) => newItem(label || hostOf(one), beginningOf(one, isOwnHost, judgedAgain))),
      )
    },
    open: ({ id, state }) => {
      if (state.step === 'ask' || state.step === 'told') void follow(id, state.link)
    },
    again: (bytes, label) => {
      begin([newItem(label, { step: 'checking', bytes })])
    },
    followOn: ({ successor }) => {
      const link = successor === undefined ? undefined : linkIn(successor)
      if (link === undefined) return
      const found: Found = { kind: 'link', link }
      begin([newItem(hostOf(found), beginningOf(found, isOwnHost, judgedAgain))])
    },
    remove: ({ id }) => {
      setItems((list) => list.filter((item) => item.id !== id))
    },
  }
}

type Behind = { readonly told: Opened | Shared; readonly successor?: string | undefined }

/** What stands behind a link, and where it leads since. */
async function opened(link: Link): Promise<Behind> {
  if (link.kind === 'share') return { told: await openShare(link.origin, link.id) }
  const { origin, cid } = link.link
  const [told, said] = await Promise.all([openHolderLink(link.link), stateTold(origin, cid)])
  const isReplaced = told.state === 'replaced' || said?.state === 'replaced'
  return { told, successor: isReplaced ? await successorOf(link.link) : undefined }
}

function newItem(label: string, state: ItemState): Item {
  lastId += 1
  return { id: lastId, label, state }
}

/** What a link is called in a list: never the link itself, which is a secret. */
function hostOf(found: Found): string {
  return found.kind === 'link' ? new URL(found.link.origin).host : ''
}

/** Of the site that serves the page: it knows already that its page is open. A file on a disk has none. */
function isOwnHost(origin: string): boolean {
  return origin === location.origin
}

function judgedAgain(report: Report): Replay | FormatError {
  try {
    return replay(report)
  } catch (error) {
    if (error instanceof FormatError) return error
    throw error
  }
}
