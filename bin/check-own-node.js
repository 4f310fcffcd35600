// Run by the Node that is to run the program: fails if that is too old, or cannot open a database.
if (Number(process.versions.node.split('.')[0]) < 24) process.exit(1)
const { default: Database } = await import('better-sqlite3')
new Database(':memory:').close()
