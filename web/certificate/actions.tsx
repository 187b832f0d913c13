/** What a holder does with a certificate: share it, keep it, print it. */
import { bundleOf, printCertificate } from '../../src/index.ts'
import type { Certificate, HolderLink, Profile } from '../../src/index.ts'
import { reportOf } from '../engine/judge.ts'
import type { Judged } from '../engine/judge.ts'
import { saveFile } from '../engine/save-file.ts'
import { LinkedInButton, ShareButton } from '../share/share-buttons.tsx'
import { usePapers } from '../share/use-papers.ts'
import { Menu } from '../ui/menu.tsx'
import type { MenuItem } from '../ui/menu.tsx'
import { PrintButton } from '../ui/print-button.tsx'
import { say } from '../ui/toast.tsx'
import { useWords } from '../words/language.tsx'
import { ACTIONS } from './actions.words.ts'

type ActionsProps = {
  readonly link: HolderLink
  readonly certificate: Certificate
  readonly judged: Judged
  readonly profile: Profile | undefined
}

export function Actions({ link, certificate, judged, profile }: ActionsProps) {
  const words = useWords(ACTIONS)
  const sharing = { holder: link, certificate, judged, profile }
  const name = `certificate-${link.cid.slice(-8)}`
  const address = `${link.origin}/verify`
  const papers = usePapers({ certificate, judged, profile, name, address })
  return (
    <div class="actions" role="group" aria-label={words.actions}>
      <ShareButton {...sharing} />
      <Menu
        label={words.download}
        icon="download"
        items={[...papers, ...useDownloads(link, certificate, judged)]}
      />
      <LinkedInButton {...sharing} />
      <PrintButton />
    </div>
  )
}

/** Files made here; their names say which certificate, and not whose. */
function useDownloads(
  { cid }: HolderLink,
  certificate: Certificate,
  judged: Judged,
): readonly MenuItem[] {
  const words = useWords(ACTIONS)
  const named = (what: string): string => `${what}-${cid.slice(-8)}.json`
  return [
    {
      label: words.json,
      hint: words.jsonHint,
      onChoose: () => {
        saveFile(named('certificate'), 'application/json', printCertificate(certificate))
      },
    },
    {
      label: words.bundle,
      hint: words.bundleHint,
      onChoose: () => {
        const { evidence } = judged
        const bundle = evidence === null ? undefined : bundleOf(certificate, evidence)
        if (bundle === undefined) say(words.noBundle)
        else saveFile(named('evidence'), 'application/json', bundle)
      },
    },
    {
      label: words.report,
      hint: words.reportHint,
      onChoose: () => {
        saveFile(named('report'), 'application/json', reportOf(judged))
      },
    },
  ]
}
