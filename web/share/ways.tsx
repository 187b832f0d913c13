/** A link that works, and the ways to pass it on. */
import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { title } from '../../src/index.ts'
import { servedLinkedIn } from '../engine/service.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { Icon } from '../ui/icons.tsx'
import { Qr } from '../ui/qr.tsx'
import { headlineOf } from '../ui/states.ts'
import { useWords } from '../words/language.tsx'
import { linkedInPostUrl, linkedInUrl } from './linkedin.ts'
import { shareUrl } from './service.ts'
import type { Share } from './service.ts'
import { SHARE } from './share-sheet.words.ts'
import type { ShareSheetProps } from './types.ts'

type WaysProps = Pick<ShareSheetProps, 'holder' | 'certificate' | 'judged'> & {
  readonly share: Share
  readonly onBack: () => void
}

export function Ways(props: WaysProps) {
  const { holder, share, onBack } = props
  const words = useWords(SHARE)
  const url = shareUrl(holder.origin, share.id)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    heading.current?.focus()
  }, [])
  return (
    <section class="share-ways">
      <div class="share-ways-main">
        <h3 ref={heading} tabIndex={-1}>
          {words.ready}
        </h3>
        <p class="quiet">{words.readyMore}</p>
        <Link url={url} />
        <Buttons {...props} url={url} />
        <Embed url={url} name={title(props.certificate.credential)} />
        <button type="button" class="button plain share-back" onClick={onBack}>
          <Icon name="plus" />
          {words.back}
        </button>
      </div>
      <div class="share-code">
        <Qr text={url} label={words.code} width={184} />
      </div>
    </section>
  )
}

function Link({ url }: { readonly url: string }) {
  const words = useWords(SHARE)
  const id = useId()
  return (
    <div class="field">
      <label for={id}>{words.link}</label>
      <div class="share-link">
        <input
          id={id}
          type="text"
          readOnly
          value={url}
          onFocus={(event) => {
            event.currentTarget.select()
          }}
        />
        <CopyButton text={url} of={words.link} label={words.copy} />
      </div>
    </div>
  )
}

function Buttons({ certificate, judged, url }: WaysProps & { readonly url: string }) {
  const words = useWords(SHARE)
  const { credential } = certificate
  const issuerName = judged && headlineOf(judged.verdict)
  const organizationId = useLinkedInOf(judged?.verdict.issuer?.account)
  const profile = linkedInUrl({ certificate, issuerName, organizationId, shareUrl: url })
  const subject = encodeURIComponent(title(credential))
  const mail = `mailto:?subject=${subject}&body=${encodeURIComponent(`${words.mailBody}\n${url}`)}`
  return (
    <ul class="share-buttons" role="list">
      {'share' in navigator ? (
        <li>
          <button
            type="button"
            class="button"
            onClick={() => passOn({ title: title(credential), url })}
          >
            <Icon name="share" />
            {words.shareVia}
          </button>
        </li>
      ) : null}
      <Way href={profile} text={words.profile} />
      <Way href={linkedInPostUrl(url)} text={words.post} />
      <Way href={mail} text={words.mail} />
    </ul>
  )
}

/** The number of the issuer's page on LinkedIn, once this site has said it. */
function useLinkedInOf(account: string | undefined): string | undefined {
  const [number, setNumber] = useState<string>()
  useEffect(() => {
    if (account !== undefined) void servedLinkedIn(account).then(setNumber)
  }, [account])
  return number
}

function Way({ href, text }: { readonly href: string; readonly text: string }) {
  const isElsewhere = href.startsWith('https:')
  return (
    <li>
      <a
        class="button"
        href={href}
        rel="noopener noreferrer"
        {...(isElsewhere ? { target: '_blank' } : {})}
      >
        {text}
      </a>
    </li>
  )
}

/** By what the device has; who closes its list again has changed their mind, and that is no fault. */
async function passOn(shared: ShareData): Promise<void> {
  try {
    await navigator.share(shared)
  } catch {
    return
  }
}

function Embed({ url, name }: { readonly url: string; readonly name: string }) {
  const words = useWords(SHARE)
  const id = useId()
  const lines = embedOf(url, name)
  return (
    <details class="share-embed">
      <summary>{words.embed}</summary>
      <div class="field">
        <label for={id}>{words.embedCode}</label>
        <p class="quiet">{words.embedMore}</p>
        <textarea id={id} class="mono" rows={5} readOnly value={lines} />
        <div>
          <CopyButton text={lines} of={words.embedCode} label={words.copyLines} />
        </div>
      </div>
    </details>
  )
}

/** For a page of anybody: the small page of the share in a frame. */
export function embedOf(url: string, name: string): string {
  const escaped = name
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
  return `<iframe src="${url}/embed" title="${escaped}" width="420" height="600" loading="lazy" style="border:0;max-width:100%"></iframe>`
}
