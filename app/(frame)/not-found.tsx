/** The same inside the frame, so that the rail leads on. */
export { default } from '../not-found.tsx'
