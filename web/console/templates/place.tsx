/** `#/templates`: all of them; `#/templates/new` and `#/templates/<id>`: one that is written or changed. */
import type { Place } from '../place.ts'
import { NewTemplate, OldTemplate } from './open.tsx'
import { TemplateList } from './list.tsx'
import './templates.css'

export function TemplatesPlace({ place }: { readonly place: Place }) {
  const [id] = place.path
  if (id === undefined) return <TemplateList />
  return id === 'new' ? <NewTemplate /> : <OldTemplate key={id} id={id} />
}
