/** What is not done yet is counted without reading what is done, for both drivers. */

export const BACKLOG_INDEXES = `
  CREATE INDEX outbox_unsent ON outbox (state) WHERE state <> 'accepted';
  CREATE INDEX webhook_deliveries_untold ON webhook_deliveries (state) WHERE state <> 'delivered';
  `

/** Batches that are not anchored are few beside those that are: a list of them reads no others. */
export const unfinishedIndexBy = (id: string): string => `
  CREATE INDEX batches_unfinished_by_issuer ON batches (issuer, created_at, ${id}) WHERE state <> 'anchored';
  `
