import { cpus, loadavg, totalmem } from 'node:os'

/** What the figures were measured on, and how busy it was with other work. */
export function machineLine(): string {
  const processors = cpus()
  const model = processors[0]?.model.trim().replace(/\s+/g, ' ') || process.arch
  const memory = Math.round(totalmem() / 2 ** 30)
  const load = loadavg()[0]?.toFixed(1)
  const day = new Date().toISOString().slice(0, 10)
  return `${day}: ${processors.length} × ${model}, ${memory} GiB, ${process.platform}, Node ${process.versions.node}, load ${load} at the start`
}
