/** Every route there is. A new endpoint is a file of its own here and one line below. */

import { deleteKey } from './deleteKey.ts'
import { getBlock } from './getBlock.ts'
import { getDocs, getDocsScript, getDocsStyle } from './getDocs.ts'
import { getHealth } from './getHealth.ts'
import { getKeys } from './getKeys.ts'
import { getOpenapi } from './getOpenapi.ts'
import { getReady } from './getReady.ts'
import { getServerKey } from './getServerKey.ts'
import { postKeys } from './postKeys.ts'
import { postVerifications } from './postVerifications.ts'
import { deleteTemplate } from './deleteTemplate.ts'
import { getBatch } from './getBatch.ts'
import { getBatchCertificates } from './getBatchCertificates.ts'
import { getBatches } from './getBatches.ts'
import { getBatchEvents } from './getBatchEvents.ts'
import { getTemplate } from './getTemplate.ts'
import { getTemplates } from './getTemplates.ts'
import { postApproval } from './postApproval.ts'
import { postBatches } from './postBatches.ts'
import { postDryRuns } from './postDryRuns.ts'
import { postPreviews } from './postPreviews.ts'
import { postRejection } from './postRejection.ts'
import { postTemplateLints } from './postTemplateLints.ts'
import { postTemplates } from './postTemplates.ts'
import type { Route } from './route.ts'

export const ROUTES: readonly Route[] = [
  getHealth,
  getReady,
  getBlock,
  getServerKey,
  postVerifications,
  getKeys,
  postKeys,
  deleteKey,
  getTemplates,
  postTemplates,
  // Before the address of one template, which it would be taken for.
  postTemplateLints,
  getTemplate,
  deleteTemplate,
  getBatches,
  postBatches,
  postDryRuns,
  postPreviews,
  getBatch,
  getBatchEvents,
  getBatchCertificates,
  postApproval,
  postRejection,
  getOpenapi(() => ROUTES),
  getDocs,
  getDocsScript,
  getDocsStyle,
]
