import type { Metadata, Viewport } from 'next'
import { EarlyKeys } from '#components/frame/early-keys.tsx'
import { readSettings } from '#components/frame/settings.ts'
import './globals.css'

export const metadata: Metadata = {
  title: { default: 'ASR Hunt', template: '%s · ASR Hunt' },
  icons: { icon: { url: '/icon.svg', type: 'image/svg+xml' } },
  manifest: '/manifest.webmanifest',
}
export const viewport: Viewport = { colorScheme: 'light dark' }

/** The document: theme and key settings from the browser's cookies. */
export default async function RootLayout({ children }: LayoutProps<'/'>) {
  const { theme, keys } = await readSettings()
  return (
    <html lang="en" data-theme={theme} data-keys={keys}>
      <body className="isolate min-h-dvh">
        <EarlyKeys />
        {children}
      </body>
    </html>
  )
}
