import { managementSources } from './management-sources.ts'
import { officeSources } from './office-sources.ts'
import { policySources } from './policy-sources.ts'
import { programSources } from './program-sources.ts'
import type { Source } from './source.ts'

/** The noise of the fleet: what an analyst must see past. */
export const sources: readonly Source[] = [...managementSources, ...officeSources, ...programSources, ...policySources]
