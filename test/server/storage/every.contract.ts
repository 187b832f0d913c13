/** Every promise of a store, whichever driver it is. */
import { describeApiKeys } from './api-keys.contract.ts'
import { describeOperations } from './operations.contract.ts'
import { describeBacklog } from './backlog.contract.ts'
import { describeFrames } from './frames.contract.ts'
import { describeOutbox } from './outbox.contract.ts'
import { describeProfiles } from './profiles.contract.ts'
import { describeQueue } from './queue.contract.ts'
import { describeRequests } from './requests.contract.ts'
import { describeSealed } from './sealed.contract.ts'
import { describeSearch } from './search.contract.ts'
import { describeSessions } from './sessions.contract.ts'
import { describeShares } from './shares.contract.ts'
import { describeStanding } from './standing.contract.ts'
import { describeStatistics } from './statistics.contract.ts'
import { describeStore } from './store.contract.ts'
import type { OpenedStore } from './store.contract.ts'
import { describeTemplates } from './templates.contract.ts'
import { describeWebhooks } from './webhooks.contract.ts'

export function describeEvery(
  name: string,
  open: () => Promise<OpenedStore>,
  close: () => Promise<void>,
): void {
  for (const contract of CONTRACTS) contract(name, open, close)
}

const CONTRACTS = [
  describeStore,
  describeQueue,
  describeTemplates,
  describeOutbox,
  describeBacklog,
  describeWebhooks,
  describeApiKeys,
  describeRequests,
  describeFrames,
  describeSealed,
  describeSearch,
  describeStanding,
  describeOperations,
  describeShares,
  describeSessions,
  describeStatistics,
  describeProfiles,
]
