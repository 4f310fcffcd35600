import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'

/** Words that no text of the project contains, each with what to write instead. */
const banned: [pattern: RegExp, instead: string][] = [
  [/\b(un)?told\b/, 'known, unknown, reported, detected'],
  [/\btells\b/, 'says, shows, reports'],
  [/\bunread\b/, 'not parsed, not read yet'],
  [/\bunlooked\b/, 'not checked'],
  [/\banew\b/, 'again'],
  [/\b(beside)\b/, 'next to, besides'],
  [/\b(stands|stood|lies|bears)\b/, 'is, has'],
  [/(?<!there )\bis no (?!space\b|longer\b|more\b|other\b|one\b)/, 'is not a'],
  [/\b(whole|wholly)\b(?! (numbers?|seconds?|minutes?|hours?|days?|pages?|word)\b)/, 'complete, all of'],
  [/(?<!help )\b(desks?|doors?|houses?|rooms)\b/, 'module, interface, queue'],
  [/\b(null|undefined|false|also|only|except|but) where (it|they|there|none|nothing)\b/, 'if'],
]

/** Texts that contain such a word for a reason: the path, and what of its text does not count. */
const allowed: [path: RegExp, text: RegExp, reason: string][] = []

/** Names and words in camel case or with underscores are looked at word by word. */
const wordsOf = (text: string): string =>
  text
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase()

const findings = (path: string, text: string): string[] =>
  wordsOf(allowed.reduce((rest, [of, some]) => (of.test(path) ? rest.replaceAll(some, '') : rest), text))
    .split('\n')
    .flatMap((line, index) =>
      banned.flatMap(([pattern, instead]) => {
        const found = pattern.exec(line)
        return found ? [`${path}:${index + 1}: "${found[0].trim()}" (write: ${instead})`] : []
      }),
    )
