/**
 * What the most used passwords of twelve and more characters are made of: these words, with digits and signs around them or in
 * place of letters, written once or again and again.
 */
const words = new Set([
  ...['password', 'passwort', 'passw', 'passwd', 'pass', 'pwd', 'kennwort', 'motdepasse', 'contrasena', 'parola'],
  ...['admin', 'administrator', 'administrador', 'root', 'user', 'guest', 'test', 'testing', 'default', 'changeme'],
  ...['welcome', 'willkommen', 'bienvenue', 'letmein', 'login', 'logmein', 'secret', 'trustno', 'hello', 'helloworld'],
  ...['iloveyou', 'ilovegod', 'iloveme', 'love', 'lovely', 'princess', 'sunshine', 'superman', 'batman', 'starwars'],
  ...['football', 'baseball', 'basketball', 'liverpool', 'manchester', 'chelsea', 'arsenal', 'barcelona', 'yankees'],
  ...['monkey', 'dragon', 'master', 'shadow', 'michael', 'jennifer', 'jordan', 'charlie', 'computer', 'internet'],
  ...['qwerty', 'qwertz', 'azerty', 'qwertyuiop', 'qwertzuiop', 'azertyuiop', 'asdfghjkl', 'zxcvbnm', 'asdf', 'zxcv'],
  ...['qwertyuiopasdfghjklzxcvbnm', 'qazwsxedc', 'qazwsx', 'qwe', 'asd', 'zxc', 'qweasdzxc', 'abc', 'abcdef', 'xyz'],
  ...['spring', 'summer', 'autumn', 'fall', 'winter', 'fruehling', 'sommer', 'herbst', 'monday', 'friday', 'sunday'],
  ...['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november'],
  ...['december', 'microsoft', 'windows', 'defender', 'google', 'facebook', 'samsung', 'company', 'business', 'office'],
  ...['correcthorsebatterystaple', 'asrhunt', 'hunt', 'splunk', 'security', 'soc', 'analyst', 'viewer', 'sysadmin'],
  ...['my', 'the', 'is', 'new', 'my', 'this', 'your', 'me', 'in', 'god', 'no', 'one', 'myname', 'temp', 'temporary'],
])

/** Keys next to each other, and what is counted: no part of it is a word to guess. */
const rows = ['01234567890', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiop', 'qwertzuiop', 'azertyuiop', 'asdfghjkl']
const runs = [...rows, 'zxcvbnm', 'yxcvbnm', '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik', '1q2w3e4r5t6y7u8i9o0p', '!@#$%^&*()']
const both = runs.flatMap((run) => [run, [...run].reverse().join('')])

const letters: Readonly<Record<string, string>> = {
  0: 'o',
  1: 'i',
  3: 'e',
  4: 'a',
  5: 's',
  7: 't',
  8: 'b',
  '@': 'a',
  $: 's',
  '!': 'i',
}

/** Whether a text is one of up to six characters again and again. */
const isRepeated = (text: string): boolean =>
  [1, 2, 3, 4, 5, 6].some((length) => text.slice(length) === text.slice(0, -length))

/** Whether a text consists of parts of rows of keys, each of three characters or more. */
function isRun(text: string): boolean {
  for (let at = 0; at < text.length; ) {
    let length = 0
    while (at + length < text.length && both.some((run) => run.includes(text.slice(at, at + length + 1)))) length += 1
    if (length < 3) return false
    at += length
  }
  return true
}

/** Whether a text consists of the words alone. Each position is looked at once. */
function isOfWords(text: string): boolean {
  const reached = new Set([0])
  for (const at of reached) for (const word of words) if (text.startsWith(word, at)) reached.add(at + word.length)
  return text !== '' && reached.has(text.length)
}

/** Whether a password is one of those that are tried first. It takes no list: most of them follow few patterns. */
export function isCommonPassword(password: string): boolean {
  const text = password.toLowerCase().replaceAll(/\s/g, '')
  if (isRepeated(text) || isRun(text)) return true
  const bare = text.replaceAll(/[^\p{L}]/gu, '')
  const read = [...text].map((sign) => letters[sign] ?? sign).join('')
  const trimmed = text.replace(/^[^\p{L}]{1,200}/u, '').replaceAll(/[^\p{L}@$!\d]/gu, '')
  const core = [...trimmed.replaceAll(/[\d!@$]{1,200}$/g, '')].map((sign) => letters[sign] ?? sign).join('')
  return bare === '' || [bare, core, read.replaceAll(/[^\p{L}]/gu, '')].some(isOfWords)
}
