/** What a problem says of each reason why something cannot be issued or changed: fixed words, which repeat nothing sent. */

import type { IssuingCode } from '../issuance/errors.ts'

export const ISSUING_DETAILS: Readonly<Record<IssuingCode, string>> = {
  'template-incomplete': 'the template lacks mandatory elements; a lint of it says which',
  'key-in-use': 'this idempotency key was used for another request',
  'in-progress': 'somebody is working on the same; ask again in 15 seconds',
  'not-found': 'there is no such thing, or it is another’s',
  'no-such-issuer': 'there is no such issuer',
  'not-anchored': 'the batch is not final yet; its events say when it is',
  'awaiting-approval': 'the batch awaits the approval of a second person',
  'not-awaiting': 'the batch awaits no approval',
  'same-person': 'whoever asked for a batch does not decide on it; use another key',
  rejected: 'the batch was rejected',
  'template-archived': 'this template is archived and issues nothing',
  'template-superseded': 'this is not the newest version of the template',
  'not-deployed': 'the registry is not on this chain yet',
  permanent: 'a permanent certificate cannot be erased',
  delivered: 'these permanent links were delivered and forgotten',
  corrected: 'this certificate is corrected already; correct its replacement',
  interrupted: 'the corrected row was not kept; ask again',
  locked: 'this server runs without the passphrase of its keys',
  'permanent-by-mail': 'permanent links are handed out as a file, not by e-mail',
  'permanent-link': 'a permanent link cannot be called back',
  'no-address': 'no e-mail address of this learner is known',
  'no-mail': 'this server has no mail server configured',
  exported: 'these links left before; ask with again=true where this is meant',
  erased: 'this certificate is erased',
  'bad-url': 'a webhook leads to https://<name>, without credentials in it',
  'bad-events': 'these are not the names of events',
  'too-many': 'this issuer has as many webhooks as it may',
}
