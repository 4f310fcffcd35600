import { CSPProvider } from '@base-ui/react/csp-provider'
import { Tooltip } from '@base-ui/react/tooltip'
import type { Metadata, Viewport } from 'next'
import { headers } from 'next/headers'
import { readSettings } from '#components/frame/settings.ts'
import './globals.css'

export const metadata: Metadata = {
  title: { default: 'ASR Hunt', template: '%s · ASR Hunt' },
  icons: { icon: { url: '/icon.svg', type: 'image/svg+xml' } },
  manifest: '/manifest.webmanifest',
}
export const viewport: Viewport = { colorScheme: 'light dark' }

/** The document: theme and key settings from the browser's cookies, and the nonce of this request. */
export default async function RootLayout({ children }: LayoutProps<'/'>) {
  const { theme, keys } = await readSettings()
  const nonce = (await headers()).get('x-nonce') ?? undefined
  return (
    <html lang="en" data-theme={theme} data-keys={keys}>
      <body className="isolate min-h-dvh">
        <CSPProvider nonce={nonce}>
          <Tooltip.Provider delay={300}>{children}</Tooltip.Provider>
        </CSPProvider>
      </body>
    </html>
  )
}
