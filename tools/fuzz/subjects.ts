import type { Container } from '#lib/containers/kind.ts'
import type { Format } from '#lib/formats/detect.ts'
import { readers } from '#lib/formats/readers.ts'

/** What can be fuzzed: a format that has a reader, or what logs come packed in. */
export type Subject = Format | Container

const containers: Container[] = ['gzip', 'zstd', 'zip', 'tar']

export const isContainer = (subject: Subject): subject is Container => containers.some((name) => name === subject)

/** Every subject, by the name it has on the command line. */
export const subjects: Subject[] = [...(Object.keys(readers) as Format[]), ...containers]
