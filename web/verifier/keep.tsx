/** The verifier as one file: where it is, and how its reader knows that it is the one it should be. */
import { useEffect, useState } from 'preact/hooks'
import { fetchText } from '../engine/http.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { Icon } from '../ui/icons.tsx'
import { useWords } from '../words/language.tsx'
import { KEEP } from './keep.words.ts'

const FILE = 'verifier.html'
const LIMITS = { timeoutMs: 15_000, maxBytes: 1_024 }

export function KeepVerifier() {
  const words = useWords(KEEP)
  const hash = useHash()
  return (
    <section class="card keep no-print" aria-labelledby="keep-title">
      <h2 id="keep-title">{words.title}</h2>
      <p>{words.says}</p>
      <p>
        <a class="button" href={`/${FILE}`} download={FILE}>
          <Icon name="download" />
          {words.download}
        </a>
      </p>
      <p class="small digest">
        <span class="quiet">{words.hash}</span>
        {hash === null ? <span>{words.unknown}</span> : <span class="mono">{hash ?? '…'}</span>}
        {typeof hash === 'string' ? <CopyButton text={hash} of={words.hash} /> : null}
      </p>
      <details class="fold">
        <summary>{words.how}</summary>
        <p>{words.howSays}</p>
        <dl class="commands">
          <dt>{words.linux}</dt>
          <dd class="mono">sha256sum {FILE}</dd>
          <dt>{words.mac}</dt>
          <dd class="mono">shasum -a 256 {FILE}</dd>
          <dt>{words.windows}</dt>
          <dd class="mono">certutil -hashfile {FILE} SHA256</dd>
        </dl>
        <p class="quiet small">{words.trust}</p>
      </details>
    </section>
  )
}

/** Undefined until it is there, null where the site gives none. */
function useHash(): string | null | undefined {
  const [hash, setHash] = useState<string | null>()
  useEffect(() => {
    fetchText(`/${FILE}.sha256`, LIMITS).then(
      ({ status, text }) => {
        const [, found] = /^([0-9a-f]{64}) {2}verifier\.html\n$/.exec(text) ?? []
        setHash(status === 200 ? (found ?? null) : null)
      },
      () => {
        setHash(null)
      },
    )
  }, [])
  return hash
}
