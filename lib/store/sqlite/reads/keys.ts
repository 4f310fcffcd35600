/** The stable key of a stack from the hexadecimal form of its 16 bytes. */
export const keyOfHex = (hex: string): string => Buffer.from(hex, 'hex').toString('base64url')
