/** By what a reader wants certificates judged: which policy, which providers, which moment. */
import { useEffect, useMemo, useState } from 'preact/hooks'
import { instantOfMilliseconds } from '../../src/index.ts'
import type { ReadPolicy } from '../engine/judge.ts'
import type { JudgeBy, Looks } from './desk.ts'
import { BUILT_IN, remembered, withProviders } from './policies.ts'
import type { PolicyChoice, ProviderEdits } from './policies.ts'

export type Choosing = {
  readonly choice: PolicyChoice
  readonly choose: (choice: PolicyChoice) => void
  /** Undefined while it is fetched; null where the site gives none, and for a file on a disk. */
  readonly site: ReadPolicy | null | undefined
  readonly own: ReadPolicy | undefined
  readonly bring: (own: ReadPolicy) => void
  /** The chosen one as it came. */
  readonly original: ReadPolicy | undefined
  readonly edits: ProviderEdits | undefined
  readonly edit: (edits: ProviderEdits | undefined) => void
  /** `YYYY-MM-DD`, or nothing. */
  readonly day: string
  readonly setDay: (day: string) => void
  readonly isOffline: boolean
  readonly setOffline: (isOffline: boolean) => void
  /** All of it; undefined while the policy is not there yet. */
  readonly by: JudgeBy | undefined
}

/** Of the site that serves the page. */
type Site = { readonly policy: () => Promise<ReadPolicy>; readonly looks: Looks }

/** @param place undefined for a file on a disk */
export function useChoice(place: Site | undefined): Choosing {
  const [own, setOwn] = useState(remembered)
  const [site, setSite] = useState<ReadPolicy | null>()
  const first = own !== undefined ? 'own' : place === undefined ? 'built-in' : 'site'
  const [choice, choose] = useState<PolicyChoice>(first)
  const [edits, edit] = useState<ProviderEdits>()
  const [day, setDay] = useState('')
  const [isOffline, setOffline] = useState(false)
  useEffect(() => {
    const take = (policy: ReadPolicy | null): void => {
      setSite(policy)
      if (policy === null) choose((now) => (now === 'site' ? 'built-in' : now))
    }
    if (place === undefined) take(null)
    else
      place.policy().then(take, () => {
        take(null)
      })
  }, [])
  const original = choice === 'built-in' ? BUILT_IN : choice === 'own' ? own : (site ?? undefined)
  const by = useMemo(() => {
    if (original === undefined) return undefined
    const policy = edits === undefined ? original : withProviders(original, edits)
    // By another policy than its own, this site is nobody to be told whose certificates are looked at.
    const looks = choice === 'site' && !isOffline ? looksWithin(policy, place?.looks) : undefined
    return { policy, asOf: startOf(day), isOffline, looks }
  }, [original, edits, day, isOffline])
  return {
    choice,
    choose: (chosen) => {
      edit(undefined)
      choose(chosen)
    },
    site,
    own,
    bring: (policy) => {
      setOwn(policy)
      edit(undefined)
      choose('own')
    },
    original,
    edits,
    edit,
    day,
    setDay,
    isOffline,
    setOffline,
    by,
  }
}

/** Of issuers whom the policy names: of others, their site has nothing that counts. */
function looksWithin({ policy }: ReadPolicy, looks: Looks | undefined): Looks | undefined {
  return (
    looks && {
      ...looks,
      profile: async (wanted) =>
        policy.issuers.some(({ account }) => account.text === wanted)
          ? looks.profile(wanted)
          : null,
    }
  )
}

function startOf(day: string): JudgeBy['asOf'] {
  const start = Date.parse(`${day}T00:00:00Z`)
  return Number.isNaN(start) ? undefined : instantOfMilliseconds(start)
}
