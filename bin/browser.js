// Runs before and during the tests on whatever Node there is: plain JavaScript.

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './run.js'

const isWindows = process.platform === 'win32'

/** Where Chromium and Chrome are installed, the one asked for first. */
function usualPlaces() {
  if (process.env.CHROME_PATH) return [process.env.CHROME_PATH]
  if (process.platform === 'darwin') {
    const programs = ['Chromium.app/Contents/MacOS/Chromium', 'Google Chrome.app/Contents/MacOS/Google Chrome']
    const folders = ['/Applications', join(process.env.HOME ?? '', 'Applications')]
    return programs.flatMap((program) => folders.map((folder) => join(folder, program)))
  }
  if (isWindows) {
    const programs = ['Chromium\\Application\\chrome.exe', 'Google\\Chrome\\Application\\chrome.exe']
    const { LOCALAPPDATA, ProgramFiles, 'ProgramFiles(x86)': program86 } = process.env
    const folders = [ProgramFiles, program86, LOCALAPPDATA].filter((folder) => folder !== undefined)
    return programs.flatMap((program) => folders.map((folder) => join(folder, program)))
  }
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
  return names.flatMap((name) => ['/usr/bin', '/usr/local/bin', '/snap/bin'].map((folder) => join(folder, name)))
}

// A file of that name may be no more than advice to install a package. On Windows asking would open a window.
const runs = (program) => isWindows || spawnSync(program, ['--version'], { timeout: 30_000 }).status === 0

/** The Chromium or Chrome of this machine: CHROME_PATH, else one in the usual places; undefined if there is none. */
export const installedBrowser = () => usualPlaces().find((program) => existsSync(program) && runs(program))

/** What Playwright has downloaded; undefined if it has not, or if the system lacks what it needs. */
async function downloadedBrowser() {
  const { chromium } = await import('@playwright/test')
  const program = chromium.executablePath()
  return existsSync(program) && runs(program) ? program : undefined
}

const isRoot = () => process.getuid?.() === 0

const ways = [
  {
    what: "Downloading Playwright's Chromium …",
    isOpen: () => true,
    commands: [['playwright', ['install', 'chromium']]],
    find: downloadedBrowser,
  },
  {
    what: "Installing Debian's chromium …",
    isOpen: () => isRoot() && existsSync('/usr/bin/apt-get'),
    commands: [
      ['apt-get', ['update']],
      ['apt-get', ['install', '-y', 'chromium']],
    ],
    find: installedBrowser,
  },
]

async function runAll(commands) {
  for (const [command, args] of commands)
    if ((await run(command, args, { DEBIAN_FRONTEND: 'noninteractive' })) !== 0) return false
  return true
}

/** Makes sure that the tests have a browser and returns its program; undefined if there is none, after printing why. */
export async function makeSureOfBrowser() {
  if (process.env.CHROME_PATH && !existsSync(process.env.CHROME_PATH)) {
    process.stderr.write(
      `CHROME_PATH is ${process.env.CHROME_PATH}, which is not a file. Name a Chromium or unset it.\n`,
    )
    return undefined
  }
  const known = installedBrowser() ?? (await downloadedBrowser())
  if (known !== undefined) return known
  for (const { what, isOpen, commands, find } of ways) {
    if (!isOpen()) continue
    process.stdout.write(`${what}\n`)
    const program = (await runAll(commands)) ? await find() : undefined
    if (program !== undefined) return program
  }
  process.stderr.write(
    'No browser could be found or installed. Install Chromium or Chrome, or set CHROME_PATH to the program of one.\n',
  )
  return undefined
}
