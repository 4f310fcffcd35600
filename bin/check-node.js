// The oldest Node that can run npm and these scripts; the program itself runs on the Node it brings.
// Older ones come as far as this file, so it is written for them and imported before all else.
const least = 20

if (Number(process.versions.node.split('.')[0]) < least) {
  process.stderr.write(
    `Node ${process.versions.node} is too old to set this up: install Node ${least} or newer from https://nodejs.org.\n`,
  )
  process.exit(1)
}
