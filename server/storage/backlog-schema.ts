/** What is not done yet is counted without reading what is done, for both drivers. */

export const BACKLOG_INDEXES = `
  CREATE INDEX outbox_unsent ON outbox (state) WHERE state <> 'accepted';
  CREATE INDEX webhook_deliveries_untold ON webhook_deliveries (state) WHERE state <> 'delivered';
  `
