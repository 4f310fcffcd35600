'use client'
import { ErrorScreen } from '#components/frame/error-screen.tsx'

/** A screen that failed; the rail stays. */
export default ErrorScreen
