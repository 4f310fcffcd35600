const key = 'author'

/** The name that this browser signs decisions with; empty if it has none yet, or keeps nothing. */
export function savedAuthor(): string {
  try {
    return localStorage.getItem(key) ?? ''
  } catch {
    // The browser is set to keep nothing.
    return ''
  }
}

export function saveAuthor(author: string): void {
  try {
    localStorage.setItem(key, author)
  } catch {
    // It is asked for again.
  }
}
