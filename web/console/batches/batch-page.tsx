/** One batch: how far it is, what to hand out, what it holds, and what can still be done about it. */
import { useState } from 'preact/hooks'
import { useLanguage, useWords } from '../../words/language.tsx'
import { printDay, printNumber } from '../../words/print.ts'
import { Heading } from '../heading.tsx'
import { hrefOf } from '../place.ts'
import { ProblemNote } from '../problem-note.tsx'
import { useSession } from '../session.tsx'
import { Waiting } from '../waiting.tsx'
import { BatchBadge } from './batch-badge.tsx'
import { BatchCertificates } from './batch-certificates.tsx'
import { BatchFacts } from './batch-facts.tsx'
import { BATCH_PAGE } from './batch-page.words.ts'
import { Decision } from './decision.tsx'
import { Links } from './links.tsx'
import { RevokeBatch } from './revoke-batch.tsx'
import { nameOf } from './shapes.ts'
import type { Batch } from './shapes.ts'
import { Timeline } from './timeline.tsx'
import { useBatch, useStanding } from './use-batch.ts'
import type { Followed, Standing } from './use-batch.ts'
import { useTemplateNames } from './use-batches.ts'

export function BatchPage({ batchId }: { readonly batchId: string }) {
  const words = useWords(BATCH_PAGE)
  const followed = useBatch(batchId)
  const { batch, problem, again } = followed
  const back = { href: hrefOf('batches'), label: words.back }
  if (batch === undefined) {
    return (
      <>
        <Heading title={words.name(batchId.slice(0, 8))} back={back} />
        {problem ? <ProblemNote problem={problem} again={again} /> : <Waiting />}
      </>
    )
  }
  return <Known followed={followed} batch={batch} />
}

type KnownProps = { readonly followed: Followed; readonly batch: Batch }

function Known({ followed, batch }: KnownProps) {
  const words = useWords(BATCH_PAGE)
  const language = useLanguage()
  const { may } = useSession()
  const names = useTemplateNames()
  const [turn, setTurn] = useState(0)
  const isRead = batch.state === 'anchored' && may('certificates:read')
  const standing = useStanding(batch.id, isRead, turn)
  const back = { href: hrefOf('batches'), label: words.back }
  const name = words.name(nameOf(batch))
  const template = names.get(batch.templateId ?? '')
  const count = words.certificates(batch.size, printNumber(batch.size, language))
  const about = [
    ...(template === undefined ? [] : [name]),
    batch.permanent ? `${count}, ${words.permanent}` : count,
    printDay(batch.createdAt, language),
  ]
  return (
    <>
      <Heading
        title={template ?? name}
        back={back}
        actions={<BatchBadge batch={batch} standing={standing} />}
      >
        {about.join(' · ')}
      </Heading>
      {followed.problem && <ProblemNote problem={followed.problem} again={followed.again} />}
      <BatchParts
        followed={followed}
        batch={batch}
        standing={standing}
        revoked={() => {
          setTurn(turn + 1)
        }}
      />
    </>
  )
}

type BatchPartsProps = KnownProps & {
  readonly standing: Standing | undefined
  readonly revoked: () => void
}

function BatchParts({ followed, batch, standing, revoked }: BatchPartsProps) {
  const { may } = useSession()
  const isAnchored = batch.state === 'anchored'
  return (
    <div class="batch-parts">
      <StandingNote standing={standing} />
      {batch.state === 'awaiting-approval' && <Decision batch={batch} take={followed.take} />}
      <div class="batch-columns">
        <div class="batch-column">
          <Timeline batch={batch} />
        </div>
        <div class="batch-column">
          {isAnchored && (
            <Links batch={batch} again={followed.again} isRevoked={standing === 'revoked'} />
          )}
          <BatchFacts batch={batch} />
          {isAnchored && standing === 'standing' && may('certificates:status') && (
            <RevokeBatch batch={batch} revoked={revoked} />
          )}
        </div>
      </div>
      {batch.state !== 'rejected' && may('certificates:read') && (
        <BatchCertificates batch={batch} />
      )}
    </div>
  )
}

function StandingNote({ standing }: { readonly standing: Standing | undefined }) {
  const words = useWords(BATCH_PAGE)
  const text =
    standing === 'revoked' ? words.revoked : standing === 'revoking' ? words.revoking : ''
  return <div role="status">{text !== '' && <p class="batch-notice trouble">{text}</p>}</div>
}
