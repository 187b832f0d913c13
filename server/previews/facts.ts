/** What a preview tells of a share: of what its holder shows, and nothing of what is hidden. */

import type { IssuerLook } from '../profile/look.ts'
import { accentOf, catalogueOf, parseCertificate, title } from '../../src/index.ts'
import type { Certificate, Json, JsonObject, Language, Policy, Verdict } from '../../src/index.ts'

export type PreviewFacts = {
  /** Of the achievement. */
  readonly title: string
  /** Undefined where the share does not show it. */
  readonly learner: string | undefined
  /** Of an issuer for whom the policy of this server vouches; never the document's own word. */
  readonly issuer: string | undefined
  /** As that issuer has it in its profile, `#rrggbb` of at least 4.5:1 on paper; undefined for ours. */
  readonly accent: string | undefined
  /** Of its profile likewise: a data URL. */
  readonly logo: string | undefined
  /** RFC 3339: when it was awarded, or else from when it holds. */
  readonly awarded: string | undefined
  /** That of the document where pages speak it; else English. */
  readonly language: Language
  /** Said where the chain is no public main network. */
  readonly warning: string | undefined
}

/**
 * @param verdict undefined where nobody could be asked in time: then no issuer is named
 * @param look of the issuer that `vouchedIssuer` gives
 */
export function factsOf(
  presentation: Uint8Array,
  verdict: Verdict | undefined,
  { registries }: Pick<Policy, 'registries'>,
  look: IssuerLook | undefined,
): PreviewFacts {
  const certificate = parseCertificate(presentation)
  const { credential, home } = certificate
  const subject = objectOf(credential['credentialSubject'])
  const names = [textOf(subject['givenName']), textOf(subject['familyName'])]
  const learner = names.filter((name) => name !== undefined).join(' ')
  const language = languageOf(certificate)
  const kind = registries.find((pin) => pin.home.text === home.text)?.kind
  const { notes } = catalogueOf(language)
  return {
    title: title(credential),
    learner: learner === '' ? undefined : learner,
    issuer: vouchedIssuer(verdict)?.name,
    accent: accentOf(look?.colours),
    logo: look?.logo,
    awarded: textOf(credential['awardedDate']) ?? textOf(credential['validFrom']),
    language,
    warning:
      kind === 'main' ? undefined : notes[kind === 'local' ? 'local-network' : 'test-network'],
  }
}

/**
 * The issuer whose name a reader's own verifier would put in the headline, where everything on which it rests was seen.
 */
export function vouchedIssuer(
  verdict: Verdict | undefined,
): { readonly account: string; readonly name: string } | undefined {
  if (verdict?.checks.issuer.outcome !== 'passed' || verdict.outcome === 'invalid') return undefined
  const { account, name } = verdict.issuer ?? {}
  return account === undefined || !name ? undefined : { account, name }
}

function languageOf({ credential }: Certificate): Language {
  const achievement = objectOf(objectOf(credential['credentialSubject'])['achievement'])
  return textOf(achievement['inLanguage'])?.slice(0, 2) === 'fr' ? 'fr' : 'en'
}

function objectOf(json: Json | undefined): JsonObject {
  return typeof json === 'object' && json !== null && !isList(json) ? json : {}
}

function isList(json: Json): json is readonly Json[] {
  return Array.isArray(json)
}

function textOf(json: Json | undefined): string | undefined {
  return typeof json === 'string' && json.trim() !== '' ? json : undefined
}
