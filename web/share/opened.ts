/** A share as its reader opens it: fetched, then judged here, by what this site's policy says whom to ask. */
import { useEffect, useState } from 'preact/hooks'
import { FormatError, parseCertificate, utf8 } from '../../src/index.ts'
import type { Certificate, Profile } from '../../src/index.ts'
import { judge } from '../engine/judge.ts'
import type { Judged } from '../engine/judge.ts'
import { lookOf, servedProfile } from '../engine/service.ts'
import { sitePolicy } from '../engine/site.ts'
import { openShare } from './service.ts'

export type Opened =
  | { readonly state: 'opening' }
  /** What it shows, until there is a verdict on it; how many providers are asked. */
  | {
      readonly state: 'judging'
      readonly certificate: Certificate | undefined
      readonly providers: number
    }
  | Seen
  | { readonly state: 'closed'; readonly why: 'gone' | 'not-found' | 'unreachable' }

export type Seen = {
  readonly state: 'judged'
  readonly judged: Judged
  readonly profile: Profile | undefined
}

export type ShareAddress = { readonly id: string; readonly isEmbed: boolean }

/** Of the page's own address: `/s/<id>` or `/s/<id>/embed`. */
export function shareAddressOf(path: string): ShareAddress {
  const [, id = '', embed] = /^\/s\/([A-Za-z0-9_-]+)(\/embed)?$/.exec(path) ?? []
  return { id, isEmbed: embed !== undefined }
}

/** @returns the state, and what asks anew */
export function useOpened(id: string): readonly [Opened, () => void] {
  const [turn, setTurn] = useState(0)
  const [opened, setOpened] = useState<Opened>({ state: 'opening' })
  useEffect(() => {
    let isLeft = false
    const show = (next: Opened): void => {
      if (!isLeft) setOpened(next)
    }
    show({ state: 'opening' })
    void open(id, show)
    return () => {
      isLeft = true
    }
  }, [id, turn])
  return [
    opened,
    () => {
      setTurn(turn + 1)
    },
  ]
}

async function open(id: string, show: (opened: Opened) => void): Promise<void> {
  const answer = await openShare(id)
  if ('trouble' in answer) {
    const { trouble } = answer
    const isKnown = trouble === 'gone' || trouble === 'not-found'
    show({ state: 'closed', why: isKnown ? trouble : 'unreachable' })
    return
  }
  const bytes = utf8(answer.presentation)
  try {
    const policy = await sitePolicy()
    const certificate = certificateIn(bytes)
    const asked = policy.policy.providers.get(certificate?.home.chainId ?? '')
    show({ state: 'judging', certificate, providers: asked?.length ?? 0 })
    const judged = await judge(bytes, policy, { profile: servedProfile })
    show({ state: 'judged', judged, profile: await lookOf(judged) })
  } catch {
    // Without a policy there is no verdict: nothing is shown as if there were one.
    show({ state: 'closed', why: 'unreachable' })
  }
}

/** Undefined where the bytes are no certificate: the verdict says so. */
function certificateIn(bytes: Uint8Array): Certificate | undefined {
  try {
    return parseCertificate(bytes)
  } catch (error) {
    if (error instanceof FormatError) return undefined
    throw error
  }
}
