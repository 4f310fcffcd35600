/** Characters of a part up to which comparing it with every place of a text is quick enough. */
export const shortPart = 240

/** For each place of a part, how many characters before it are also the start of the part: where to go on after a difference. */
function restarts(part: string): Int32Array {
  const lengths = new Int32Array(part.length)
  let length = 0
  for (let at = 1; at < part.length; at++) {
    while (length > 0 && part.charCodeAt(at) !== part.charCodeAt(length)) length = lengths[length - 1] as number
    if (part.charCodeAt(at) === part.charCodeAt(length)) length += 1
    lengths[at] = length
  }
  return lengths
}

/**
 * Returns the first place from `from` on at which a text has a part, or -1, as `indexOf` does. A long part is looked for in time linear in
 * text and part (Knuth, Morris and Pratt): `indexOf` takes the product of both if they are of few different characters.
 */
export function placeOf(text: string, part: string, from: number): number {
  if (part.length <= shortPart) return text.indexOf(part, from)
  if (text.length - from < part.length) return -1
  const lengths = restarts(part)
  let length = 0
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at)
    while (length > 0 && code !== part.charCodeAt(length)) length = lengths[length - 1] as number
    if (code === part.charCodeAt(length)) length += 1
    if (length === part.length) return at - length + 1
  }
  return -1
}
