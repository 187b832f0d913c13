import { useLoaded } from '../load.ts'
import type { Place } from '../place.ts'
import { ProblemNote } from '../problem-note.tsx'
import { Waiting } from '../waiting.tsx'
import './batches.css'
import { BatchPage } from './batch-page.tsx'
import { BatchList } from './list.tsx'

/** `#/batches`, `#/batches/new`, `#/batches/<id>`. */
export function BatchesPlace({ place }: { readonly place: Place }) {
  const [id] = place.path
  if (id === undefined) return <BatchList />
  return id === 'new' ? <Issuing /> : <BatchPage key={id} batchId={id} />
}

/** Reading files is for who issues, and loaded then. */
function Issuing() {
  const { value, problem, again } = useLoaded(() => import('./issue/issue-page.tsx'), [])
  if (problem) return <ProblemNote problem={problem} again={again} />
  return value === undefined ? <Waiting /> : <value.IssuePage />
}
