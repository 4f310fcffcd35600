import { execFileSync } from 'node:child_process'
import { mkdtempSync, realpathSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A checkout of this project that can be run: its root folder, and the name it has in a table. */
export type Checkout = { root: string; name: string }

const projectRoot = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '')

const git = (repository: string, ...args: string[]): string =>
  execFileSync('git', ['-C', repository, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim()

/** Returns the checkout that this benchmark is part of, named by its commit if git knows it. */
export function thisCheckout(): Checkout {
  try {
    return { root: projectRoot, name: git(projectRoot, 'describe', '--always', '--dirty') }
  } catch {
    return { root: projectRoot, name: 'this checkout' }
  }
}

function requireCommit(repository: string, commit: string): void {
  try {
    git(repository, 'cat-file', '-e', `${commit}^{commit}`)
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    throw new Error(isMissing ? 'git is not installed' : `${repository} is not a git repository with this commit`)
  }
}

export type Baseline = { checkout: Checkout; remove: () => void }

/**
 * Checks a commit out into a temporary folder below `folder`, with the packages of this checkout.
 * @throws if git is not installed or the repository does not have the commit.
 */
export function checkOutBaseline(folder: string, repository: string | null, commit: string): Baseline {
  const source = repository ?? projectRoot
  requireCommit(source, commit)
  const root = mkdtempSync(join(folder, 'baseline-'))
  const remove = () => void git(source, 'worktree', 'remove', '--force', root)
  git(source, 'worktree', 'add', '--detach', '--force', root, commit)
  try {
    symlinkSync(realpathSync(join(projectRoot, 'node_modules')), join(root, 'node_modules'), 'junction')
  } catch (error) {
    remove()
    throw error
  }
  return { checkout: { root, name: commit }, remove }
}
