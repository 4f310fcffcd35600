import { takeLock } from './lock.ts'

// For tests of the lock: takes it, says so, and keeps it until the process is ended.
const [folder = '', kind] = process.argv.slice(2)
process.on('SIGTERM', () => process.exit(0))
try {
  takeLock(folder, kind === 'command' ? 'command' : 'server')
  process.stdout.write('taken\n')
  setInterval(() => {}, 1000)
} catch (error) {
  process.stdout.write(`${(error as Error).name}: ${(error as Error).message}\n`)
  process.exitCode = 1
}
