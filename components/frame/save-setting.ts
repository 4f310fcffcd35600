import type { Settings } from './settings.ts'

/** Keeps a setting for a year and shows it at once: themes and keys are read from `<html data-…>`. */
export function saveSetting<Name extends keyof Settings>(name: Name, value: Settings[Name]): void {
  document.documentElement.dataset[name] = value
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is absent over plain HTTP.
  document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=lax`
}
