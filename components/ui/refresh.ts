const event = 'asr-hunt:refresh'

/** Renders the page again with what the server has now, and shows that it does if that takes long. */
export function refreshPage(): void {
  window.dispatchEvent(new Event(event))
}

/** Calls `refresh` whenever the page is to be rendered again; returns what stops that. */
export function onRefresh(refresh: () => void): () => void {
  window.addEventListener(event, refresh)
  return () => window.removeEventListener(event, refresh)
}
