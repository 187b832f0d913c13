/** How the pages are built: one HTML file each, its script and style beside it under names that are hashes. */
import { defineConfig } from 'vite'
import { PAGES } from './pages.ts'

export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  logLevel: 'warn',
  // What the library is made of is measured in SPEC's words, not in polyfills.
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    // Pages run no inline script, and fetch nothing as data.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: { input: PAGES.map((page) => `${import.meta.dirname}/${page}.html`) },
  },
})
