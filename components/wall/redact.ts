const profile = /((?:^|[\\/])(?:Users|Documents and Settings|home)[\\/])([^\\/]+)/gi
const shared = new Set(['public', 'default', 'all users', 'default user'])

/** A path with the name of the user whose profile it is in hidden. */
export const withoutUser = (path: string): string =>
  path.replace(profile, (match, folder: string, name: string) =>
    shared.has(name.toLowerCase()) ? match : `${folder}•••`,
  )
