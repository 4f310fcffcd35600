/** A piece of logged text: as it reads, or a character that would deceive or not show, with what it is called. */
export type Piece = { text: string; kind: 'plain' | 'hidden' | 'lookalike'; name: string }

const names: Record<number, string> = {
  9: 'TAB',
  10: 'LF',
  13: 'CR',
  27: 'ESC',
  127: 'DEL',
  160: 'NBSP',
  173: 'SHY',
  1564: 'ALM',
  8203: 'ZWSP',
  8204: 'ZWNJ',
  8205: 'ZWJ',
  8206: 'LRM',
  8207: 'RLM',
  8234: 'LRE',
  8235: 'RLE',
  8236: 'PDF',
  8237: 'LRO',
  8238: 'RLO',
  8288: 'WJ',
  8294: 'LRI',
  8295: 'RLI',
  8296: 'FSI',
  8297: 'PDI',
  65279: 'BOM',
}

const codePoint = (char: string): number => char.codePointAt(0) ?? 0
const nameOf = (char: string): string =>
  names[codePoint(char)] ?? `U+${codePoint(char).toString(16).toUpperCase().padStart(4, '0')}`

// Controls, formats (bidi, zero-width, tags), private use, lone surrogates, unassigned, and every space but the plain one.
const hidden = /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}|[\u115f\u1160\u3164\uffa0]|\p{Variation_Selector}/u

// Letters that pass for Latin ones: Cyrillic, Greek, Armenian, Latin beyond a keyboard's, full-width and mathematical forms.
const lookalike =
  /[\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u04bb\u0501\u051b\u051d\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425\u0405\u0406\u0408\u03bf\u03b1\u03bd\u03c1\u03c5\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u0585\u0578\u057d\u0131\u0251\u0261\u01c0\u2024\u2044\u2215\u29f5\ufe68\u2216\ua789\u2236]|[\uff01-\uff5e]|[\u{1d400}-\u{1d7ff}]/u

const word = /[\p{L}\p{N}\p{M}\p{So}\p{Sm}._-]+|[^\p{L}\p{N}\p{M}\p{So}\p{Sm}._-]+/gu

/**
 * Logged text in pieces, so that a screen can show what it would hide: control, bidi and zero-width characters, odd
 * blanks, and letters that pass for Latin ones in a word that is otherwise Latin. The texts joined are the logged text.
 */
export function visiblePieces(logged: string): Piece[] {
  if (/^[\x20-\x7e]*$/.test(logged)) return logged === '' ? [] : [{ text: logged, kind: 'plain', name: '' }]
  const pieces: Piece[] = []
  for (const [part] of logged.matchAll(word)) {
    // A complete word in another script is just another language; a mixture is a disguise.
    const isMixed = /[A-Za-z0-9]/.test(part)
    for (const char of part) {
      const kind = hidden.test(char) ? 'hidden' : looksAlike(char, isMixed) ? 'lookalike' : 'plain'
      const last = pieces.at(-1)
      if (kind === 'plain' && last?.kind === 'plain') last.text += char
      else pieces.push({ text: char, kind, name: kind === 'plain' ? '' : nameOf(char) })
    }
  }
  return pieces
}

// Separators and complete alphabets of styled letters are never innocent in a path.
const alwaysOdd = /[\u2024\u2044\u2215\u29f5\ufe68\u2216\ua789\u2236]|[\uff01-\uff5e]|[\u{1d400}-\u{1d7ff}]/u
const looksAlike = (char: string, isMixed: boolean): boolean =>
  alwaysOdd.test(char) || (isMixed && lookalike.test(char))

/** The text with every such character replaced by its name, for places that take text only: `evil⟨RLO⟩fdp.exe`. */
export const visibleText = (logged: string): string =>
  visiblePieces(logged)
    .map(({ text, kind, name }) => (kind === 'plain' ? text : kind === 'hidden' ? `⟨${name}⟩` : `${text}⟨${name}⟩`))
    .join('')
