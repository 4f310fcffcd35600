import { crc32, deflateRawSync } from 'node:zlib'
import { pack } from 'tar-stream'

/** A file for an archive made by a test. */
export type TestFile = { name: string; content: string | Uint8Array }

const little = (bytes: number, ...values: number[]): Buffer => {
  const buffer = Buffer.alloc(values.length * bytes)
  for (const [index, value] of values.entries()) buffer.writeUIntLE(value, index * bytes, bytes)
  return buffer
}

/** A ZIP of deflated files, as APPNOTE.TXT 4.3 has it. */
export function zipOf(files: TestFile[]): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, content } of files) {
    const bytes = Buffer.from(content as Uint8Array)
    const packed = deflateRawSync(bytes)
    const fields = [little(2, 20, 0x0800, 8, 0, 0), little(4, crc32(bytes), packed.length, bytes.length)]
    const common = Buffer.concat([...fields, little(2, Buffer.byteLength(name), 0)])
    const local = Buffer.concat([little(4, 0x04034b50), common, Buffer.from(name), packed])
    const more = Buffer.concat([little(2, 0, 0, 0), little(4, 0, offset)])
    directory.push(Buffer.concat([little(4, 0x02014b50), little(2, 20), common, more, Buffer.from(name)]))
    locals.push(local)
    offset += local.length
  }
  const central = Buffer.concat(directory)
  const count = files.length
  const end = [little(4, 0x06054b50), little(2, 0, 0, count, count), little(4, central.length, offset), little(2, 0)]
  return Buffer.concat([...locals, central, ...end])
}

/** A tar of files. */
export async function tarOf(files: TestFile[]): Promise<Buffer> {
  const archive = pack()
  for (const { name, content } of files) archive.entry({ name }, Buffer.from(content as Uint8Array))
  archive.finalize()
  return Buffer.concat(await Array.fromAsync(archive as AsyncIterable<Buffer>))
}
