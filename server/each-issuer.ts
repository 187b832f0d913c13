/** What is done for every issuer of a data folder in turn. */

import { invariant } from '../src/index.ts'
import type { DeployReport, ResumeReport } from './issuance/types.ts'
import type { OwnIssuer } from './issuer.ts'

/** Every issuer's report as one. */
export async function deployEach(issuers: readonly OwnIssuer[]): Promise<DeployReport> {
  const reports: DeployReport[] = []
  for (const issuer of issuers) reports.push(await issuer.deploy())
  const [first] = reports
  invariant(first !== undefined, 'a folder has an issuer')
  return { ...first, operators: reports.flatMap(({ operators }) => operators) }
}

export async function resumeEach(issuers: readonly OwnIssuer[]): Promise<ResumeReport> {
  const reports: ResumeReport[] = []
  for (const issuer of issuers) reports.push(await issuer.resume())
  return {
    anchored: reports.flatMap(({ anchored }) => anchored),
    dropped: reports.flatMap(({ dropped }) => dropped),
    failed: reports.flatMap(({ failed }) => failed),
  }
}
