import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** How many connections and requests with a body there may be at once. */
export type ConnectionLimits = {
  /** Connections, of all clients and of one address. */
  total: number
  perAddress: number
  /** Connections without a request for a moment: those whose header does not come, and those kept open for the next. */
  waiting: number
  /** Milliseconds of that moment. Many requests that come at once have it to be read. */
  moment: number
  /** Requests of one client that send a body: behind a trusted proxy each has its own address. */
  bodies: number
}

export const connectionLimits: ConnectionLimits = {
  total: 4096,
  perAddress: 2048,
  waiting: 512,
  moment: 3000,
  bodies: 32,
}

/** Counts what each address has open. */
function openCounts() {
  const counts = new Map<string, number>()
  return {
    add: (address: string): number => {
      const count = (counts.get(address) ?? 0) + 1
      counts.set(address, count)
      return count
    },
    remove: (address: string): void => {
      const count = (counts.get(address) ?? 1) - 1
      if (count === 0) counts.delete(address)
      else counts.set(address, count)
    },
  }
}

/** What no other open connection of a server has. */
const endsOf = ({ remoteAddress, remotePort }: Socket): string => `${remoteAddress} ${remotePort}`

/**
 * Bounds the connections of a server, so that senders who are slow on purpose do not keep others out: of connections
 * without a request, the oldest goes when there are too many. Returns what must be asked before a request is answered:
 * false if its client sends too many bodies already.
 */
export function boundConnections(server: Server, limits: ConnectionLimits) {
  const connections = openCounts()
  const bodies = openCounts()
  /** Connections without a request and since when, by their ends, the oldest first: an encrypted one is two sockets. */
  const waiting = new Map<string, { socket: Socket; since: number }>()
  let isClosing = false

  function closeOldest(): void {
    isClosing = false
    for (const [oldest, { socket, since }] of waiting) {
      if (waiting.size <= limits.waiting || Date.now() - since < limits.moment) return
      waiting.delete(oldest)
      socket.destroy()
    }
  }

  function addWaiting(ends: string, socket: Socket): void {
    waiting.set(ends, { socket, since: Date.now() })
    if (isClosing || waiting.size <= limits.waiting) return
    isClosing = true
    // A server that was busy for a moment has not read what had come: it reads everything once before it closes anything.
    setImmediate(() => setImmediate(closeOldest))
  }

  server.maxConnections = limits.total
  server.on('connection', (socket: Socket) => {
    // Read now: a socket that is closed has no address any more.
    const [address, ends] = [socket.remoteAddress ?? '', endsOf(socket)]
    const count = connections.add(address)
    socket.once('close', () => {
      connections.remove(address)
      waiting.delete(ends)
    })
    if (count > limits.perAddress) socket.destroy()
    else addWaiting(ends, socket)
  })

  return (request: IncomingMessage, response: ServerResponse, client: string): boolean => {
    const { socket, method } = request
    const ends = endsOf(socket)
    waiting.delete(ends)
    const hasBody = method !== 'GET' && method !== 'HEAD' && method !== 'DELETE'
    const isOver = hasBody && bodies.add(client) > limits.bodies
    response.once('close', () => {
      if (hasBody) bodies.remove(client)
      if (!socket.destroyed) addWaiting(ends, socket)
    })
    return !isOver
  }
}
