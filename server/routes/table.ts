/** Every route there is. A new endpoint is a file of its own here and one line below. */

import { deleteKey } from './deleteKey.ts'
import { deleteSession } from './deleteSession.ts'
import { deleteShare } from './deleteShare.ts'
import { deleteTemplate } from './deleteTemplate.ts'
import { deleteWebhook } from './deleteWebhook.ts'
import { getAudit } from './getAudit.ts'
import { getBatch } from './getBatch.ts'
import { getBatchCertificate } from './getBatchCertificate.ts'
import { getBatchCertificates } from './getBatchCertificates.ts'
import { getBatchEvents } from './getBatchEvents.ts'
import { getBatchLinks } from './getBatchLinks.ts'
import { getBatchMail } from './getBatchMail.ts'
import { getBatches } from './getBatches.ts'
import { getBlock } from './getBlock.ts'
import { getCertificate } from './getCertificate.ts'
import { getCertificateChanges } from './getCertificateChanges.ts'
import { getCertificateContents } from './getCertificateContents.ts'
import { getCertificateShares } from './getCertificateShares.ts'
import { getDocs, getDocsScript, getDocsStyle } from './getDocs.ts'
import { getDocument } from './getDocument.ts'
import { getHealth } from './getHealth.ts'
import { getIssuer } from './getIssuer.ts'
import { getIssuerLogo } from './getIssuerLogo.ts'
import { getIssuerProfile } from './getIssuerProfile.ts'
import { getKeys } from './getKeys.ts'
import { getAsset, getMark } from './getAsset.ts'
import { getOpenapi } from './getOpenapi.ts'
import { getOperation } from './getOperation.ts'
import { getCertificatePage, getConsolePage, getHomePage, getVerifyPage } from './getPages.ts'
import { getPolicy } from './getPolicy.ts'
import { getReady } from './getReady.ts'
import { getServerKey } from './getServerKey.ts'
import { getSession } from './getSession.ts'
import { getShare } from './getShare.ts'
import { getShareEmbed, getSharePage, getSharePicture } from './getSharePage.ts'
import { getStatistics } from './getStatistics.ts'
import { getSuccessor } from './getSuccessor.ts'
import { getTemplate } from './getTemplate.ts'
import { getTemplates } from './getTemplates.ts'
import { getVerifierFile, getVerifierHash } from './getVerifierFile.ts'
import { getWebhookDeliveries } from './getWebhookDeliveries.ts'
import { getWebhooks } from './getWebhooks.ts'
import { postApproval } from './postApproval.ts'
import { postBatchLinksDelivered } from './postBatchLinksDelivered.ts'
import { postBatchMail } from './postBatchMail.ts'
import { postBatchRevoke } from './postBatchRevoke.ts'
import { postBatches } from './postBatches.ts'
import { postCertificateCorrect } from './postCertificateCorrect.ts'
import { postCertificateErase } from './postCertificateErase.ts'
import { postCertificateMail } from './postCertificateMail.ts'
import { postCertificateReinstate } from './postCertificateReinstate.ts'
import { postCertificateReseal } from './postCertificateReseal.ts'
import { postCertificateRevoke } from './postCertificateRevoke.ts'
import { postCertificateSearch } from './postCertificateSearch.ts'
import { postCertificateStates } from './postCertificateStates.ts'
import { postCertificateSuspend } from './postCertificateSuspend.ts'
import { postDryRuns } from './postDryRuns.ts'
import { postKeys } from './postKeys.ts'
import { postLinkRequests } from './postLinkRequests.ts'
import { postPreviews } from './postPreviews.ts'
import { postTables } from './postTables.ts'
import { postRejection } from './postRejection.ts'
import { postSession } from './postSession.ts'
import { postShares } from './postShares.ts'
import { postTemplateLints } from './postTemplateLints.ts'
import { postTemplates } from './postTemplates.ts'
import { postVerifications } from './postVerifications.ts'
import { postWebhookPing } from './postWebhookPing.ts'
import { postWebhookRedeliver } from './postWebhookRedeliver.ts'
import { postWebhooks } from './postWebhooks.ts'
import { putProfile } from './putProfile.ts'
import type { Route } from './route.ts'

export const ROUTES: readonly Route[] = [
  getHealth,
  getReady,
  getBlock,
  getServerKey,
  postVerifications,
  postCertificateSearch,
  postCertificateStates,
  getCertificate,
  getCertificateContents,
  getBatchCertificate,
  postCertificateRevoke,
  postCertificateSuspend,
  postCertificateReinstate,
  postBatchRevoke,
  postCertificateCorrect,
  postCertificateErase,
  getOperation,
  getDocument,
  getSuccessor,
  getCertificateChanges,
  postShares,
  getShare,
  deleteShare,
  getCertificateShares,
  getBatchLinks,
  postBatchLinksDelivered,
  postBatchMail,
  getBatchMail,
  postCertificateMail,
  postCertificateReseal,
  postLinkRequests,
  getWebhooks,
  postWebhooks,
  deleteWebhook,
  postWebhookPing,
  getWebhookDeliveries,
  postWebhookRedeliver,
  getIssuer,
  getIssuerProfile,
  getIssuerLogo,
  putProfile,
  getPolicy,
  getStatistics,
  postSession,
  getSession,
  deleteSession,
  getAudit,
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
  postTables,
  getBatch,
  getBatchEvents,
  getBatchCertificates,
  postApproval,
  postRejection,
  getHomePage,
  getCertificatePage,
  getVerifyPage,
  getConsolePage,
  getSharePage,
  getShareEmbed,
  getSharePicture,
  getAsset,
  getMark,
  getVerifierFile,
  getVerifierHash,
  getOpenapi(() => ROUTES),
  getDocs,
  getDocsScript,
  getDocsStyle,
]
