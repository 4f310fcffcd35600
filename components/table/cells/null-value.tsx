/** A field that was not logged. */
export function NullValue() {
  return <span className="font-mono text-dim italic">NULL</span>
}
