/** The mark of the place; beside its name, so it says nothing itself. */
export function Mark() {
  return (
    <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
      <circle cx="16" cy="16" r="14" fill="#1d4d3e" />
      <path
        d="m9 16.5 4.6 4.6L23.4 11"
        fill="none"
        stroke="#fdfcf9"
        stroke-width="3"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  )
}
