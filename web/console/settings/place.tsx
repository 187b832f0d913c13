/** `#/settings/<part>`: what the organisation says of itself, who may use the API, and who did what. */
import { useRef } from 'preact/hooks'
import { useWords } from '../../words/language.tsx'
import { Heading } from '../heading.tsx'
import { useInSight } from '../in-sight.ts'
import { hrefOf } from '../place.ts'
import type { Place } from '../place.ts'
import { useSession } from '../session.tsx'
import { Audit } from './audit.tsx'
import { Keys } from './keys.tsx'
import { ProfilePart } from './profile.tsx'
import { ServerPart } from './server.tsx'
import { SETTINGS } from './settings.words.ts'
import './settings.css'
import { Webhooks } from './webhooks.tsx'

const PARTS = ['profile', 'keys', 'webhooks', 'audit', 'server'] as const
type Part = (typeof PARTS)[number]

/** What a part takes; those of which nothing could be read are not offered. */
const SCOPES: Readonly<Record<Part, string | undefined>> = {
  profile: undefined,
  keys: 'keys',
  webhooks: 'webhooks',
  audit: 'audit:read',
  server: undefined,
}

export function SettingsPlace({ place }: { readonly place: Place }) {
  const words = useWords(SETTINGS)
  const { may } = useSession()
  const offered = PARTS.filter((part) => {
    const scope = SCOPES[part]
    return scope === undefined || may(scope)
  })
  const current = offered.find((part) => part === place.path[0]) ?? 'profile'
  const nav = useRef<HTMLElement>(null)
  useInSight(nav, current)
  return (
    <>
      <Heading title={words.title}>{words.lead}</Heading>
      <nav ref={nav} class="desk-tabs" aria-label={words.title}>
        <ul role="list">
          {offered.map((part) => (
            <li key={part}>
              <a
                href={hrefOf('settings', [part])}
                aria-current={part === current ? 'page' : undefined}
              >
                {words.parts[part]}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <Shown part={current} />
    </>
  )
}

function Shown({ part }: { readonly part: Part }) {
  switch (part) {
    case 'profile':
      return <ProfilePart />
    case 'keys':
      return <Keys />
    case 'webhooks':
      return <Webhooks />
    case 'audit':
      return <Audit />
    case 'server':
      return <ServerPart />
  }
}
