/** A field that was not logged. */
export function NullValue() {
  return <span className="inline-block align-top font-mono leading-5 text-dim italic">NULL</span>
}
