/** From a holder link to a verdict, step by step, each told as it is taken. */
import { useEffect, useState } from 'preact/hooks'
import { FormatError, parseCertificate } from '../../src/index.ts'
import type { Certificate, HolderLink, Profile } from '../../src/index.ts'
import { openHolderLink, stateTold } from '../engine/holder.ts'
import type { Opened } from '../engine/holder.ts'
import { judge } from '../engine/judge.ts'
import type { Judged, ReadPolicy } from '../engine/judge.ts'
import { lastChange, lookOf, servedProfile, successorOf } from '../engine/service.ts'
import { sitePolicy } from '../engine/site.ts'
import type { Reported } from '../ui/seal-sentence.tsx'
import { sealStateOf } from '../ui/states.ts'

export type Successor = {
  /** When it was replaced, as reported. */
  readonly at: string | undefined
  /** The link of what replaces it; undefined where it leads nowhere. */
  readonly link: string | undefined
}

export type Step =
  | { readonly kind: 'fetching' }
  | { readonly kind: 'asking'; readonly certificate: Certificate; readonly providers: number }
  /** Nothing to judge: what came is no document, or none came. */
  | {
      readonly kind: 'closed'
      readonly opened: Exclude<Opened, { state: 'open' }>
      readonly successor: Successor | undefined
    }
  /** This site does not say whom it trusts. */
  | { readonly kind: 'no-policy' }
  | Shown

export type Shown = {
  readonly kind: 'judged'
  readonly judged: Judged
  readonly certificate: Certificate | undefined
  readonly profile: Profile | undefined
  readonly reported: Reported | undefined
  /** Set where the issuer corrected this certificate. */
  readonly successor: Successor | undefined
}

/** @returns how far it is, and what starts it anew */
export function useOpening(link: HolderLink): readonly [Step, () => void] {
  const [attempt, setAttempt] = useState(0)
  const [step, setStep] = useState<Step>({ kind: 'fetching' })
  useEffect(() => {
    const run = { isOver: false }
    const tell = (told: Step): void => {
      if (!run.isOver) setStep(told)
    }
    void openAndJudge(link, tell).then(tell)
    return () => {
      run.isOver = true
    }
  }, [link, attempt])
  const again = (): void => {
    setStep({ kind: 'fetching' })
    setAttempt((count) => count + 1)
  }
  return [step, again]
}

async function openAndJudge(link: HolderLink, tell: (step: Step) => void): Promise<Step> {
  const policy = policyOrNone()
  const [opened, told] = await Promise.all([openHolderLink(link), stateTold(link.origin, link.cid)])
  if (opened.state !== 'open') {
    const successor = opened.state === 'replaced' ? await followed(link, opened.at) : undefined
    return { kind: 'closed', opened, successor }
  }
  const chosen = await policy
  if (chosen === undefined) return { kind: 'no-policy' }
  const certificate = parsed(opened.bytes)
  if (certificate !== undefined) {
    const providers = chosen.policy.providers.get(certificate.home.chainId)?.length ?? 0
    tell({ kind: 'asking', certificate, providers })
  }
  const [judged, successor] = await Promise.all([
    judge(opened.bytes, chosen, { profile: servedProfile }),
    told?.state === 'replaced' ? followed(link, told.at) : undefined,
  ])
  const [profile, reported] = await Promise.all([lookOf(judged), reportedFor(link, judged)])
  return { kind: 'judged', judged, certificate, profile, reported, successor }
}

async function policyOrNone(): Promise<ReadPolicy | undefined> {
  try {
    return await sitePolicy()
  } catch {
    return undefined
  }
}

function parsed(bytes: Uint8Array): Certificate | undefined {
  try {
    return parseCertificate(bytes)
  } catch (error) {
    // The verdict says what is wrong with them.
    if (error instanceof FormatError) return undefined
    throw error
  }
}

async function followed(link: HolderLink, at: string | undefined): Promise<Successor> {
  return { at, link: await successorOf(link) }
}

/** The chain says that it is revoked or suspended; why, the issuer's service reports. */
async function reportedFor(link: HolderLink, { verdict }: Judged): Promise<Reported | undefined> {
  const state = sealStateOf(verdict)
  if (state === 'revoked') return lastChange(link, ['revoke', 'revoke-batch'])
  return state === 'suspended' ? lastChange(link, ['suspend']) : undefined
}
