/** Where there is nothing because nothing was issued: the way to issue. */
import { Empty } from './empty.tsx'
import { hrefOf } from './place.ts'

type IssueFirstProps = {
  readonly title: string
  readonly children: string
  /** On the way there. */
  readonly verb: string
}

export function IssueFirst({ title, children, verb }: IssueFirstProps) {
  return (
    <Empty
      title={title}
      action={
        <a class="button primary" href={hrefOf('batches')}>
          {verb}
        </a>
      }
    >
      {children}
    </Empty>
  )
}
