// One calendar of the plan's dates, cut out of the calendars of the offerings, so that an event is
// the same one here and in a subscribed calendar.

// The parts of a calendar that begin and end with a name, as they are written.
function parts(text, name) {
  return text.match(new RegExp(`BEGIN:${name}\\r\\n[^]*?END:${name}\\r\\n`, 'g')) ?? [];
}

// The value of a line of a part; long ones are folded (RFC 5545, section 3.1).
function value(part, name) {
  const line = part.replace(/\r\n[ \t]/g, '').match(new RegExp(`\r\n${name}:([^\r]*)`));
  return line?.[1];
}

// `plans` are the offerings with the sessions that the reader attends; `folder` holds `ID.ics`.
export async function calendarOf(plans, folder) {
  const zones = new Map();
  const events = new Map();
  for (const { data, sessions } of plans) {
    // An event says on which place of which page its session stands.
    const wanted = new Set(sessions.map(({ url }) => url));
    if (!wanted.size) continue;
    const response = await fetch(`${folder}${data.id}.ics`);
    if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
    const text = await response.text();
    for (const zone of parts(text, 'VTIMEZONE')) zones.set(value(zone, 'TZID'), zone);
    for (const event of parts(text, 'VEVENT')) {
      if (wanted.has(value(event, 'URL'))) events.set(value(event, 'UID'), event);
    }
  }
  return [
    'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//convene//plan//EN\r\n',
    ...zones.values(),
    ...events.values(),
    'END:VCALENDAR\r\n',
  ].join('');
}
