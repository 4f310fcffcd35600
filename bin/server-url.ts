/**
 * The address of the server by the settings of this process, for links that a command prints: the first of ALLOWED_HOSTS, else
 * HOST, else 127.0.0.1. A proxy in front of it may have another one.
 */
export function serverUrl(environment: Record<string, string | undefined> = process.env): string {
  const { ALLOWED_HOSTS = '', HOST, PORT, TLS_CERT } = environment
  const named = ALLOWED_HOSTS.split(',')[0]?.trim()
  const host = named || (HOST && !['0.0.0.0', '::'].includes(HOST) ? HOST : '127.0.0.1')
  return `${TLS_CERT ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${PORT || 3000}`
}
