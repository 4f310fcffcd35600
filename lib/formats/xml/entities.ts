const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function decodeOne(match: string, name: string): string {
  if (name[0] !== '#') return named[name] ?? match
  const code = name[1] === 'x' ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10)
  return code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : match
}

/**
 * Replaces the five entities of XML and character references, control characters included, since Windows logs them.
 * Any other entity stays as written: a log declares none.
 */
export const decodeEntities = (text: string): string =>
  text.includes('&') ? text.replace(/&(#\d{1,7}|#x[\dA-Fa-f]{1,6}|[a-z]{2,4});/g, decodeOne) : text
