import { csvTable } from '#tools/logs/csv.ts'
import { dataOf, defender, messageOf } from '#tools/logs/parts.ts'
import type { SimulatedEvent } from '#tools/simulate/event.ts'
import { renderMultiline } from '#tools/simulate/render-multiline.ts'
import { renderXml } from '#tools/simulate/render-xml.ts'

type Events = readonly SimulatedEvent[]
const ndjson = (objects: readonly object[]): string => objects.map((each) => `${JSON.stringify(each)}\n`).join('')
const milliseconds = (event: SimulatedEvent): string => new Date(event.time).toISOString()

/** A document of Winlogbeat: blanks in Data names are `_`, and what is empty is not there. */
function ecs(event: SimulatedEvent) {
  const data = dataOf(event).filter(([, value]) => value !== '')
  return {
    '@timestamp': milliseconds(event),
    agent: { name: 'collector', type: 'winlogbeat', version: '8.14.1' },
    event: { code: String(event.EventCode), provider: defender, kind: 'event' },
    host: { name: 'collector' },
    message: messageOf(event),
    winlog: {
      channel: event.channel,
      computer_name: event.dest,
      event_data: Object.fromEntries(data.map(([name, value]) => [name.replaceAll(' ', '_'), value])),
      event_id: String(event.EventCode),
      provider_name: defender,
      record_id: String(event.recordId),
      process: { pid: event.processId, thread: { id: event.threadId } },
    },
  }
}

export const winlogbeat = (events: Events): string => ndjson(events.map(ecs))

/** Elastic Agent with `preserve_original_event`; the fields next to the event are of no use. */
export const withOriginal = (events: Events): string =>
  ndjson(events.map((event) => ({ ...ecs(event), event: { code: '0', original: renderXml(event) } })))

/** What Elasticsearch answers to a search. */
export const searchHits = (events: Events): string =>
  JSON.stringify({
    took: 3,
    hits: {
      total: { value: events.length },
      hits: events.map((event) => ({ _index: 'logs', _id: '1', _source: ecs(event) })),
    },
  })

/** A report of Kibana: names with dots, times as they are shown, `-` for what is not there. */
export function kibanaCsv(events: Events): string {
  const names = [...new Set(events.flatMap((event) => event.names))]
  return csvTable(
    events.map((event) => {
      const { '@timestamp': time, winlog } = ecs(event)
      const at = new Date(time)
      const month = at.toLocaleString('en-US', { month: 'short', timeZone: 'UTC' })
      const data = names.map((name) => {
        const key = name.replaceAll(' ', '_')
        return [`winlog.event_data.${key}`, winlog.event_data[key] ?? '-']
      })
      return {
        '@timestamp': `${month} ${at.getUTCDate()}, ${at.getUTCFullYear()} @ ${time.slice(11, -1)}`,
        'winlog.channel': winlog.channel,
        'winlog.computer_name': winlog.computer_name,
        'winlog.event_id': winlog.event_id,
        'winlog.record_id': winlog.record_id,
        ...Object.fromEntries(data),
      }
    }),
  )
}

/** Values as Wazuh's agent hands them on: escaped once more. */
const escaped = (value: string): string => value.replace(/[\\"]/g, '\\$&')
const lowerFirst = (name: string): string => name.slice(0, 1).toLowerCase() + name.slice(1)

export const wazuh = (events: Events): string =>
  ndjson(
    events.map((event) => ({
      timestamp: '2026-11-20T18:00:00.000+0000',
      rule: { level: 5, description: 'Windows Defender' },
      agent: { id: '001', name: event.dest },
      data: {
        win: {
          system: {
            providerName: defender,
            eventID: String(event.EventCode),
            systemTime: event.systemTime,
            eventRecordID: String(event.recordId),
            channel: event.channel,
            computer: event.dest,
            message: `"${messageOf(event)}"`,
          },
          eventdata: Object.fromEntries(
            dataOf(event)
              .filter(([, value]) => value !== '')
              .map(([name, value]) => [lowerFirst(name), escaped(value)]),
          ),
        },
      },
      location: 'EventChannel',
    })),
  )

const splunkTime = (event: SimulatedEvent): string => milliseconds(event).replace('Z', '+00:00')

/** `splunk search -output json` of XmlWinEventLog. */
export const splunkXml = (events: Events): string =>
  ndjson(
    events.map((event, offset) => ({
      preview: false,
      offset,
      result: { _raw: renderXml(event), _time: splunkTime(event), host: 'h' },
    })),
  )

/** Results of WinEventLog text in one array; the text has local time, `_time` has the instant. */
export const splunkText = (events: Events): string =>
  JSON.stringify(
    events.map((event) => ({
      _raw: renderMultiline(event, 'Asia/Kolkata').replaceAll('\n', '\r\n'),
      _time: Math.floor(event.time / 1000),
    })),
  )

/** What a search with `table` gives: fields, some with several values, and no `_raw`. */
export const splunkFields = (events: Events): string =>
  JSON.stringify({
    preview: false,
    init_offset: 0,
    fields: [{ name: '_time' }],
    results: events.map((event) => ({
      _time: splunkTime(event),
      host: 'forwarder',
      source: 'XmlWinEventLog:Microsoft-Windows-Windows Defender/Operational',
      EventCode: [String(event.EventCode), String(event.EventCode)],
      Computer: event.dest,
      EventRecordID: String(event.recordId),
      ...Object.fromEntries(
        dataOf(event)
          .filter(([, value]) => value !== '')
          .map(([name, value]) => [name.replaceAll(' ', '_'), value]),
      ),
    })),
    highlighted: {},
  })

export const splunkCsv = (events: Events): string =>
  csvTable(events.map((event) => ({ _time: splunkTime(event), host: 'h', _raw: renderXml(event) })))

/** One column of text: the local time is all there is. */
export const splunkTextCsv = (events: Events, tz: string): string =>
  csvTable(
    events.map((event) => ({ _raw: renderMultiline(event, tz), sourcetype: 'WinEventLog' })),
    ',',
    true,
  )
