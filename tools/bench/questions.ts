/** What a page asks for. `view`: the plain GROUP BY of that view over raw events is its baseline. */
export type Question = { page: string; path: string; view?: string }

/** One question or more for each page. A page without a table of its own is requested as a page, rendering included. */
export function questions(dest: string): Question[] {
  const api = (path: string) => `/api/v1/${path}`
  const week = 'last=7d&anchor=newest'
  const name = encodeURIComponent(dest)
  return [
    { page: '/ (whole page)', path: '/' },
    { page: '/stacking', path: api('stacking'), view: 'windows_defender_asr_rules_stacking' },
    { page: '/stacking, faithful', path: api('stacking?mode=faithful') },
    { page: '/stacking, 7 days', path: api(`stacking?${week}`) },
    { page: '/stacking, one host', path: api(`stacking?dest=${name}`) },
    { page: '/stacking, one process', path: api('stacking?Process_Name=*winword.exe') },
    { page: '/stacking, by Path', path: api('stacking?sort=Path') },
    { page: '/stacking, text anywhere', path: api('stacking?q=rclone') },
    { page: '/audit', path: api('audit'), view: 'windows_defender_asr_audit_events' },
    { page: '/audit, 7 days', path: api(`audit?${week}`) },
    { page: '/block', path: api('block'), view: 'windows_defender_asr_block_events' },
    { page: '/block, 7 days', path: api(`block?${week}`) },
    { page: '/registry', path: api('registry'), view: 'windows_defender_asr_registry_modification' },
    { page: '/disabled', path: api('disabled'), view: 'windows_defender_asr_rule_disabled' },
    { page: '/hosts', path: api('hosts?anchor=newest') },
    { page: '/hosts, 7 days', path: api(`hosts?${week}`) },
    { page: '/hosts/[dest] (whole page)', path: `/hosts/${name}?anchor=newest` },
    { page: '/hosts/[dest], risk', path: api(`risk/${name}?anchor=newest`) },
    { page: '/risk', path: api('risk?anchor=newest') },
    { page: '/rules', path: api('rules') },
    { page: '/rules, 7 days', path: api(`rules?${week}`) },
    { page: '/events', path: api('events') },
    { page: '/events, 7 days', path: api(`events?${week}`) },
    { page: '/events, one host', path: api(`events?dest=${name}`) },
    { page: '/uploads', path: api('uploads') },
    { page: '/wall (whole page)', path: '/wall?anchor=newest' },
  ]
}
