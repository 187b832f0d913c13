/** What the page of a certificate meets: states of certificates, policies of its site, hosts that are away. */
import type { Page } from 'playwright-core'
import { changePolicy, LOOK_ALIKE } from './certificates.ts'
import type { State } from './certificates.ts'

type Json = Record<string, unknown>
export type Scene = {
  readonly name: string
  readonly link: State
  readonly seal: string
  /** The words that must stand on the page. */
  readonly says: readonly [en: string, fr: string]
  readonly prepare?: (page: Page) => Promise<void>
}

const onMain = (policy: Json): Json => ofKind(policy, 'main')

export const SCENES: readonly Scene[] = [
  scene(
    'valid',
    'valid',
    'valid',
    ['Issued by Organisme d’essai', 'Émis par Organisme d’essai'],
    onMain,
  ),
  scene(
    'local',
    'valid',
    'valid',
    ['Local network: not an official', 'Réseau local'],
    (same) => same,
  ),
  scene('test', 'valid', 'valid', ['Test network: not an official', 'Réseau de test'], (policy) =>
    ofKind(policy, 'test'),
  ),
  scene('suspended', 'suspended', 'suspended', ['under review', 'en cours d'], onMain),
  scene('revoked', 'revoked', 'revoked', ['issued in error', 'par erreur'], onMain),
  scene(
    'replaced',
    'corrected',
    'replaced',
    ['Open the new certificate', 'Ouvrir le nouveau certificat'],
    onMain,
  ),
  scene(
    'erased',
    'erased',
    'erased',
    ['was erased by the issuer on', 'a été effacé par son émetteur le'],
    onMain,
  ),
  scene(
    'resealed',
    'resealed',
    'replaced',
    ['This link was replaced', 'Ce lien a été remplacé'],
    onMain,
  ),
  scene('expired', 'expired', 'expired', ['until 12 June 2024', 'jusqu’au 12 juin 2024'], onMain),
  scene(
    'unvouched',
    'valid',
    'unvouched',
    ['nobody you trust vouches', 'personne de confiance'],
    (policy) => ({ ...onMain(policy), issuers: [] }),
  ),
  scene('long', 'long', 'valid', [LOOK_ALIKE.slice(0, 3), 'mêle des lettres'], onMain),
  scene('arabic', 'arabic', 'valid', ['mixes letters', 'mêle des lettres'], onMain),
  scene('chinese', 'chinese', 'valid', ['欧阳 娜娜', '欧阳 娜娜'], onMain),
  scene('combining', 'combining', 'valid', ['U+200B', 'U+200B'], onMain),
  {
    ...scene(
      'unreachable',
      'valid',
      'undetermined',
      ['2 of 3 providers did not answer', '2 fournisseurs sur 3'],
      threeProviders,
    ),
    prepare: async (page) => {
      await changePolicy(page, threeProviders)
      await page.route(/\/silent[12]$/, (route) => route.abort())
    },
  },
  {
    ...scene(
      'not-final',
      'valid',
      'undetermined',
      ['not final yet', 'pas encore définitif'],
      onMain,
    ),
    prepare: async (page) => {
      await changePolicy(page, onMain)
      await page.route(isRpc, async (route) => {
        const { id, params } = route.request().postDataJSON() as { id: number; params: unknown[] }
        if (params[0] !== 'finalized') return route.continue()
        return route.fulfill({ json: { jsonrpc: '2.0', id, result: null } })
      })
    },
  },
  {
    ...scene('no-document', 'valid', 'undetermined', ['did not answer', 'n’a pas répondu'], onMain),
    prepare: async (page) => {
      await page.route('**/ipfs/**', (route) => route.abort())
    },
  },
]

function scene(
  name: string,
  link: State,
  seal: string,
  says: Scene['says'],
  policy: (policy: Json) => Json,
): Scene {
  return { name, link, seal, says, prepare: (page) => changePolicy(page, policy) }
}

function ofKind(policy: Json, kind: string): Json {
  const registries = (policy['registries'] as Json[]).map((pin) => ({ ...pin, kind }))
  return { ...policy, registries }
}

/** Two more, at addresses where nobody answers, and more than one must agree. */
function threeProviders(policy: Json): Json {
  const [found] = Object.entries(policy['providers'] as Record<string, string[]>)
  const [chain = '', [url = ''] = []] = found ?? []
  const { origin } = new URL(url)
  const providers = { [chain]: [url, `${origin}/silent1`, `${origin}/silent2`] }
  return { ...onMain(policy), providers, quorum: 2 }
}

export function isRpc(url: URL): boolean {
  return url.pathname === '/' && url.port !== ''
}

/** Once the page says how it ends. */
export async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor()
  await page.locator('.seal-checking').waitFor({ state: 'detached' })
  await page.locator('.seal').waitFor()
}
