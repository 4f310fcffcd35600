// Runs on whatever Node the user has, before anything is installed: plain JavaScript, Node's own modules only.

import './check-node.js'

const { run } = await import('./run.js')
const { setUp } = await import('./set-up.js')

const help = `npm start

Installs what is missing, builds, migrates the database and serves. A second start reuses all of it.

Settings (environment variables):
  PORT          port, default 3000
  HOST          address to listen on, default 127.0.0.1; one that others reach needs ALLOWED_HOSTS, and one of
                TLS_CERT with TLS_KEY, TRUSTED_PROXIES, PLAIN_HTTP=1
  ALLOWED_HOSTS names that the server answers to besides localhost: exact, comma-separated
  TLS_CERT, TLS_KEY   files of a certificate and its key: https
  TRUSTED_PROXIES     addresses of reverse proxies, whose headers are believed
  PLAIN_HTTP    1: no encryption; every page says so
  ALLOW_OPEN    1: everybody may do everything, as long as there is no account
  DATA_DIR      folder of the data, default ./data
  DATABASE_URL  unset: SQLite in DATA_DIR
  QUERY_SECONDS seconds that one question may take, default 60
  LOG_LEVEL     least level that is logged: debug, info (default), warn, error
The README has the others, such as those of sign-in by a provider (OIDC_ISSUER) or a proxy (AUTH_PROXY_HEADER).
`

if (process.argv.includes('--help')) {
  process.stdout.write(help)
  process.exit(0)
}
// npm starts this through a shell that may keep SIGTERM to itself. Once the shell is gone, so is who wanted the server.
const shell = process.ppid
if (process.env.npm_lifecycle_event === 'start' && process.platform !== 'win32') {
  setInterval(() => {
    if (process.ppid !== shell) process.emit('SIGTERM', 'SIGTERM')
  }, 500).unref()
}

await setUp({ build: true })
process.exitCode = await run('node', ['bin/serve.ts'], { NODE_ENV: 'production' })
