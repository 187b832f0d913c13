/** Small pictures beside words: they say nothing themselves, and take the colour of the text around them. */

const PATHS = {
  check: 'm5 12.5 4.5 4.5L19 7.5',
  cross: 'M6 6l12 12M18 6 6 18',
  question: 'M9 9a3 3 0 1 1 4.2 2.8c-.8.4-1.2 1-1.2 2.2M12 17.6v.1',
  copy: 'M9 9h10v10H9zM5 15V5h10',
  share: 'M12 15V4m0 0L8 8m4-4 4 4M5 12v7h14v-7',
  download: 'M12 4v11m0 0 4-4m-4 4-4-4M5 19h14',
  print: 'M7 9V4h10v5M7 17H4v-7h16v7h-3M7 14h10v6H7z',
  retry: 'M5 12a7 7 0 0 1 12-5l2 2m0-5v5h-5M19 12a7 7 0 0 1-12 5l-2-2m0 5v-5h5',
  arrow: 'M5 12h14m-5-5 5 5-5 5',
  open: 'm9 6 6 6-6 6',
  eye: 'M3 12s3.5-6 9-6 9 6 9 6-3.5 6-9 6-9-6-9-6zM12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z',
  hidden:
    'M4 4l16 16M9.5 6.4A9.6 9.6 0 0 1 12 6c5.5 0 9 6 9 6a15 15 0 0 1-2.6 3.2M6.2 8.1A15 15 0 0 0 3 12s3.5 6 9 6c1.2 0 2.3-.3 3.3-.7M10.2 10.3a2.5 2.5 0 0 0 3.5 3.5',
  file: 'M6 3h8l4 4v14H6zM14 3v4h4',
  plus: 'M12 5v14M5 12h14',
  search: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5 20 20',
  warning: 'M12 4 2.8 20h18.4zM12 10v4.5M12 17.3v.1',
  link: 'M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.300l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3A4 4 0 0 0 11 18.700l1-1',
} as const
export type IconName = keyof typeof PATHS

type IconProps = { readonly name: IconName; readonly size?: number }

export function Icon({ name, size = 20 }: IconProps) {
  return (
    <svg
      class="icon"
      viewBox="0 0 24 24"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  )
}
