const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const

/** A size in decimal units, three figures: `512 B`, `1.5 GB`. */
export function bytesText(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000
    unit += 1
  }
  const text =
    unit === 0 || value >= 99.95 ? String(Math.round(value)) : value >= 9.995 ? value.toFixed(1) : value.toFixed(2)
  return `${text.replace(/\.0+$|(\.\d)0$/, '$1')} ${units[unit]}`
}
