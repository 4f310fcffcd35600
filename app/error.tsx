'use client'
import { ErrorScreen } from '#components/frame/error-screen.tsx'

/** A failure outside the frame. */
export default ErrorScreen
