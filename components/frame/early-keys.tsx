import { headers } from 'next/headers'

/**
 * Keeps the keys that are pressed before the scripts of the page run, but none that the browser answers itself: what is typed in a
 * field, and Enter on a link or button. `shortcuts.ts` takes them over.
 */
const script = `(() => {
  const keys = []
  const keep = ({ key, target, ctrlKey, metaKey, altKey }) => {
    if (ctrlKey || metaKey || altKey || (key.length > 1 && key !== 'Enter')) return
    if (target.closest?.('input, textarea, select, [contenteditable]') || (key === 'Enter' && target.closest?.('a, button'))) return
    if (document.documentElement.dataset.keys !== 'off') keys.push(key)
  }
  addEventListener('keydown', keep)
  window.earlyKeys = () => (removeEventListener('keydown', keep), keys.splice(0))
})()`

/** The script that keeps early keys, under the policy that the page is sent with. */
export async function EarlyKeys() {
  const policy = (await headers()).get('content-security-policy') ?? ''
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1]
  // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of this file.
  return <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: script }} />
}
