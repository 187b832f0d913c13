/** From a place in the file to its field in the form. */

/** Opens what it stands in, brings it into sight and gives it the focus; the nearest thing around it where it has none. */
export function leadTo(pointer: string): void {
  const found = nearest(pointer)
  if (found === undefined) return
  for (let outer = found.closest('details'); outer !== null;) {
    outer.open = true
    outer = outer.parentElement?.closest('details') ?? null
  }
  const target = isFocusable(found) ? found : (found.querySelector<HTMLElement>(FIELDS) ?? found)
  target.focus({ preventScroll: true })
  target.scrollIntoView({ block: 'center' })
}

const FIELDS = 'input, textarea, select, button'

function nearest(pointer: string): HTMLElement | undefined {
  for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const inside = document.querySelectorAll<HTMLElement>('[data-anchor]')
    const all = Array.from(inside)
    const exact = all.find(({ dataset }) => dataset['anchor'] === at)
    const within = all.find(({ dataset }) => dataset['anchor']?.startsWith(`${at}/`) === true)
    if (exact !== undefined || within !== undefined) return exact ?? within
  }
  return undefined
}

function isFocusable(element: HTMLElement): boolean {
  return element.matches(FIELDS)
}
