import { readFileSync } from 'node:fs'

/** When a process began, in the kernel's own count, which no process after it shares; null if that cannot be known. */
function beginningOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The 22nd field; the second is the program's name in brackets, with any character in it (proc_pid_stat(5)).
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
  } catch {
    // No /proc on this system, or no such process.
    return null
  }
}

/** A process by its number and its beginning: after a restart of the machine the number alone may be another's. */
export const ownProcess = (): string => `${process.pid} ${beginningOf(process.pid) ?? ''}`

/** Whether the process that named itself so still runs. */
export function isStillRunning(name: string): boolean {
  const [pid, began] = name.split(' ')
  const now = beginningOf(Number(pid))
  return exists(Number(pid)) && (now === null || began === '' || now === began)
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
