/** A picture for each place, beside its name, so it says nothing itself. */
import type { PlaceName } from './place.ts'

const PATHS: Readonly<Record<PlaceName, string>> = {
  batches: 'M12 3 3 7.5l9 4.5 9-4.5zM3 12l9 4.5 9-4.5M3 16.5 12 21l9-4.5',
  templates: 'M6 3h9l4 4v14H6zM14.5 3v4.5H19M9.5 12h6M9.5 16h6',
  certificates:
    'M12 3.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11M8.6 13.3 7.5 21l4.5-2.6 4.5 2.6-1.1-7.7',
  statistics: 'M4 20.5h16M6.5 20v-6M12 20V5M17.5 20v-9.5',
  settings:
    'M4 7h9m5 0h2M4 17h3m5 0h8M15.5 4.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5m-6 10a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5',
}

export function PlaceIcon({ name }: { readonly name: PlaceName }) {
  return (
    <svg class="desk-icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  )
}
