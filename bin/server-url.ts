/**
 * The address of the server by the settings of this process, for links that are printed: the first of ALLOWED_HOSTS, else HOST, else
 * 127.0.0.1. Behind a reverse proxy it is that name with https, which is what the proxy is for.
 */
export function serverUrl(environment: Record<string, string | undefined> = process.env): string {
  const { ALLOWED_HOSTS = '', HOST, PORT, TLS_CERT, TRUSTED_PROXIES } = environment
  const named = ALLOWED_HOSTS.split(',')[0]?.trim()
  const host = named || (HOST && !['0.0.0.0', '::'].includes(HOST) ? HOST : '127.0.0.1')
  if (named && TRUSTED_PROXIES && !TLS_CERT) return `https://${named}`
  return `${TLS_CERT ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${PORT || 3000}`
}
