/** Whoever asks: the one user of a server without sign-in, or the server itself. */
export type Actor = { kind: 'local' | 'server'; name: string }

export const theLocalActor: Actor = { kind: 'local', name: 'local' }
export const serverActor: Actor = { kind: 'server', name: 'server' }
