const event = 'asr-hunt:announce'

/** Says a short sentence at the foot of the screen and to screen readers. */
export function announce(sentence: string): void {
  window.dispatchEvent(new CustomEvent<string>(event, { detail: sentence }))
}

/** Calls `hear` with each sentence announced; returns what stops that. */
export function onAnnounce(hear: (sentence: string) => void): () => void {
  const listen = (heard: Event) => {
    if (heard instanceof CustomEvent && typeof heard.detail === 'string') hear(heard.detail)
  }
  window.addEventListener(event, listen)
  return () => window.removeEventListener(event, listen)
}
