/** The pages, each a file `<name>.html` here and in `dist/web/`. */
export const PAGES = ['home', 'certificate', 'verify', 'share', 'console', 'nowhere'] as const
