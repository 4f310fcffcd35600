import { announce } from './announce.ts'

/** Puts a text on the clipboard and says `done` to whoever looks or listens. Returns false if the browser refuses. */
export async function copyText(text: string, done: string): Promise<boolean> {
  const isCopied = (await copyByClipboard(text)) || copyBySelection(text)
  announce(isCopied ? done : 'The browser did not let the text be copied')
  return isCopied
}

// Absent if the page came by plain HTTP from another machine.
async function copyByClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}

function copyBySelection(text: string): boolean {
  const area = document.createElement('textarea')
  area.value = text
  area.className = 'sr-only'
  document.body.append(area)
  area.select()
  const isCopied = document.execCommand('copy')
  area.remove()
  return isCopied
}
