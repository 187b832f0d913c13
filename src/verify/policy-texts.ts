/** What a policy's texts look like (SPEC section 7). */
import * as z from 'zod'

export const text = z.string().min(1).max(2_000)

/** No credentials, which would stand in logs, and no fragment or capitals: they would make one provider look like two. */
const URL_FORM =
  /^https?:\/\/(?:[a-z0-9_-]+(?:\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\])(?::([1-9][0-9]{0,4}))?(?:[/?][!"$-~]*)?$/
/** Where a provider is asked. */
export const url = text.refine(isUrl, 'is no URL of http or https in its plain spelling')
/** A host name in lower case, with at least two labels. */
export const domain = text.regex(
  /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/,
)

function isUrl(value: string): boolean {
  const found = URL_FORM.exec(value)
  return found !== null && Number(found[1] ?? 0) <= 65_535
}
