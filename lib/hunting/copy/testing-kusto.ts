import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

// The package has declarations for a global namespace of 2 MB; this is what the tests use of it.
type List<T> = { Count: number; getItem: (at: number) => T }
type Node = { Kind: number; LiteralValue: string }
type Table = { WithName: (name: string) => Table }
type Code = { Syntax: Node; GetDiagnostics: () => List<{ Message: string }> }
type Kusto = {
  Symbols: {
    TableSymbol: { From: (columns: string) => Table }
    DatabaseSymbol: { $ctor1: new (name: string, tables: Table[]) => object }
  }
  GlobalState: { Default: { WithDatabase: (database: object) => object } }
  KustoCode: { ParseAndAnalyze: (query: string, globals: object) => Code }
  Syntax: {
    SyntaxElement: { WalkNodes: (root: Node, visit: (node: Node) => void) => void }
    SyntaxKind: { StringLiteralExpression: number }
  }
}

/** The columns of DeviceEvents that a query may name. Source: learn.microsoft.com, advanced-hunting-deviceevents-table. */
const columns = [
  ...['ActionType', 'FileName', 'FolderPath', 'AccountDomain', 'AccountName', 'DeviceName', 'DeviceId', 'RemoteUrl'],
  ...['RemoteIP', 'ProcessCommandLine', 'InitiatingProcessFileName', 'InitiatingProcessFolderPath'],
  ...['InitiatingProcessCommandLine', 'InitiatingProcessAccountDomain', 'InitiatingProcessAccountName'],
].map((name) => `${name}: string`)

function load(): Kusto {
  require('@kusto/language-service-next/bridge.min.js')
  require('@kusto/language-service-next/Kusto.Language.Bridge.min.js')
  return (globalThis as unknown as { Kusto: { Language: Kusto } }).Kusto.Language
}

/**
 * Makes a function that returns what Microsoft's own parser says of a query: its errors and warnings, also those of names and
 * types, and the values of its string literals. `AdditionalFields` has another type in Sentinel than in the Defender portal.
 */
export function openKusto(typeOfAdditionalFields: 'string' | 'dynamic') {
  const kusto = load()
  const schema = `(Timestamp: datetime, AdditionalFields: ${typeOfAdditionalFields}, ${columns.join(', ')})`
  const table = kusto.Symbols.TableSymbol.From(schema).WithName('DeviceEvents')
  const globals = kusto.GlobalState.Default.WithDatabase(new kusto.Symbols.DatabaseSymbol.$ctor1('hunting', [table]))
  return (query: string): { problems: string[]; strings: string[] } => {
    const code = kusto.KustoCode.ParseAndAnalyze(query, globals)
    const found = code.GetDiagnostics()
    const problems = Array.from({ length: found.Count }, (_, at) => found.getItem(at).Message)
    const strings: string[] = []
    kusto.Syntax.SyntaxElement.WalkNodes(code.Syntax, (node) => {
      if (node.Kind === kusto.Syntax.SyntaxKind.StringLiteralExpression) strings.push(node.LiteralValue)
    })
    return { problems, strings }
  }
}
