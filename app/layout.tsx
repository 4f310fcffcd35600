import type { Metadata, Viewport } from 'next'
import { EarlyKeys } from '#components/frame/early-keys.tsx'
import { PlainHttp } from '#components/frame/plain-http.tsx'
import { readSettings } from '#components/frame/settings.ts'
import { isPlainHttp } from '#lib/http/way-in.ts'
import './globals.css'

export const metadata: Metadata = {
  title: { default: 'ASR Hunt', template: '%s · ASR Hunt' },
  icons: { icon: { url: '/icon.svg', type: 'image/svg+xml' } },
  manifest: '/manifest.webmanifest',
}
export const viewport: Viewport = { colorScheme: 'light dark' }

/** The document: theme and key settings from the browser's cookies, and whether it was sent without encryption. */
export default async function RootLayout({ children }: LayoutProps<'/'>) {
  const { theme, keys } = await readSettings()
  const isPlain = isPlainHttp()
  return (
    <html lang="en" data-theme={theme} data-keys={keys} data-plain-http={isPlain || undefined}>
      <body className="isolate min-h-dvh">
        <EarlyKeys />
        {isPlain && <PlainHttp />}
        {children}
      </body>
    </html>
  )
}
