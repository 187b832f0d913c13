/** With which key one is signed in, and how the server is. */
import { useLanguage, useWords } from '../../words/language.tsx'
import { printTime } from '../../words/print.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Told } from '../../ui/text.tsx'
import { useLoaded } from '../load.ts'
import { ProblemNote } from '../problem-note.tsx'
import { useSession } from '../session.tsx'
import { StatusBadge } from '../status-badge.tsx'
import { Fact } from './audit-details.tsx'
import { Scopes } from './keys.tsx'
import { SERVER } from './server.words.ts'
import { readReadiness } from './settings-api.ts'

export function ServerPart() {
  return (
    <div class="desk-stack">
      <SessionCard />
      <ServerCard />
    </div>
  )
}

function SessionCard() {
  const words = useWords(SERVER)
  const language = useLanguage()
  const { session } = useSession()
  const { issuer, key, expiresAt, idleSeconds } = session
  return (
    <section class="card desk-section" aria-labelledby="session-title">
      <h2 id="session-title">{words.session}</h2>
      <dl class="desk-facts">
        <Fact name={words.issuer}>
          <Told>{issuer.name ?? words.nameless}</Told>
        </Fact>
        <Fact name={words.account}>
          <span class="mono">{issuer.account}</span>
          <CopyButton text={issuer.account} of={words.account} />
        </Fact>
        <Fact name={words.key}>
          <Told>{key.label}</Told>
        </Fact>
        <Fact name={words.ends}>
          {words.endsText(printTime(expiresAt, language), Math.round(idleSeconds / 60))}
        </Fact>
        <Fact name={words.scopes}>
          <Scopes scopes={key.scopes} />
        </Fact>
      </dl>
    </section>
  )
}

const CHECKS = ['store', 'chain', 'documents'] as const

function ServerCard() {
  const words = useWords(SERVER)
  const { value, problem, isLoading, again } = useLoaded((ended) => readReadiness(ended), [])
  return (
    <section class="card desk-section" aria-labelledby="server-title">
      <div class="desk-part-head">
        <h2 id="server-title">{words.server}</h2>
        <button type="button" class="button" disabled={isLoading} onClick={again}>
          {words.again}
        </button>
      </div>
      {problem && <ProblemNote problem={problem} again={again} />}
      {value && (
        <dl class="desk-facts" aria-live="polite">
          {CHECKS.map((check) => (
            <Fact key={check} name={words.checks[check]}>
              {value.checks[check] ? (
                <StatusBadge tone="done">{words.answers}</StatusBadge>
              ) : (
                <StatusBadge tone="stopped">{words.silent}</StatusBadge>
              )}
            </Fact>
          ))}
        </dl>
      )}
      <p>
        <a href="/docs">{words.docs}</a>
      </p>
    </section>
  )
}
