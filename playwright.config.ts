import { defineConfig, devices } from '@playwright/test'
import { installedBrowser } from './bin/browser.js'

/** Specs that take minutes. They run with `npm run test:all`, which sets ALL_TESTS. */
const slow = [
  ...['faults', 'restart', 'large-upload', 'interrupted-upload', 'stalled-senders'],
  ...['past-the-end', 'first-load', 'full-screens'],
]

// Each worker starts servers of its own (e2e/fixtures/server.ts) from the build that is there.
export default defineConfig({
  testDir: 'e2e',
  testIgnore: process.env.ALL_TESTS ? [] : slow.map((name) => `${name}.spec.ts`),
  outputDir: 'test-results',
  workers: '50%',
  // A test that passes the second time only is counted by itself in the last line of `npm test`.
  retries: process.env.CI ? 1 : 0,
  globalTimeout: 45 * 60_000,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: {
    ...devices['Desktop Chrome'],
    viewport: { width: 1440, height: 900 },
    screenshot: 'only-on-failure',
    permissions: ['clipboard-read', 'clipboard-write'],
    launchOptions: {
      // Undefined: what Playwright has downloaded.
      executablePath: installedBrowser(),
      // The browser sees no page but ours, and its sandbox does not start for root.
      chromiumSandbox: false,
      args: ['--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    },
  },
})
