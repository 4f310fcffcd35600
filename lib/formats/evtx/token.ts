/** Tokens of binary XML (MS-EVEN6 2.2.12). */
export const token = {
  endOfFragment: 0x00,
  openElement: 0x01,
  closeStart: 0x02,
  closeEmpty: 0x03,
  endElement: 0x04,
  value: 0x05,
  attribute: 0x06,
  cdata: 0x07,
  charReference: 0x08,
  entityReference: 0x09,
  instructionTarget: 0x0a,
  instructionData: 0x0b,
  templateInstance: 0x0c,
  substitution: 0x0d,
  optionalSubstitution: 0x0e,
  fragmentHeader: 0x0f,
} as const

/** The flag of a token after which more follows: attributes of an element, further attributes, further text. */
export const moreFlag = 0x40
