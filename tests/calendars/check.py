"""Reads every calendar of a site by two parsers and by rules of its own.

    python check.py SITE_DIR INSTANTS LIBICAL

INSTANTS is what `cargo run --example instants` prints: when every event is, as the model has it.
LIBICAL is libical.c, compiled. Both parsers must read every file without a fault, by the time zones
that stand in the file, and find every event when the model says.
"""

import json
import re
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import icalendar



class Faults(list):
    def add(self, file, what):
        self.append(f"{file}: {what}")


def own_rules(file, data, faults):
    """What neither parser minds: line ends, octets, what is there twice, what was mentioned."""
    if not data.endswith(b"\r\n"):
        faults.add(file, "the last line has no end")
    lines = data.split(b"\r\n")[:-1]
    for number, line in enumerate(lines, 1):
        if len(line) > 75:
            faults.add(file, f"line {number} has {len(line)} octets")
        if re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", line):
            faults.add(file, f"line {number} has a control character")
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            faults.add(file, f"line {number} is folded inside a character")
    text = data.replace(b"\r\n ", b"").decode("utf-8", "replace")
    unfolded = text.split("\r\n")[:-1]
    for line in unfolded:
        if not re.match(r"[A-Z][A-Z-]*(;[A-Z-]+=[^:;]+)*:", line):
            faults.add(file, f"no content line: {line[:60]}")
    if "METHOD:" in "\n".join(line for line in unfolded if line.startswith("METHOD")):
        faults.add(file, "a METHOD, which is for invitations")
    zones = re.findall(r"(?m)^TZID:(.*?)\r$", text)
    if len(zones) != len(set(zones)):
        faults.add(file, "a VTIMEZONE twice")
    used = set(re.findall(r"(?m)^DT(?:START|END);TZID=([^:]+):", text))
    for zone in used - set(zones):
        faults.add(file, f"no VTIMEZONE for {zone}")
    for block in re.findall(r"BEGIN:VEVENT\r\n.*?END:VEVENT\r\n", text, re.S):
        names = [line.split(":")[0].split(";")[0] for line in block.split("\r\n")]
        for name in ("UID", "DTSTAMP", "SEQUENCE", "DTSTART", "SUMMARY", "DESCRIPTION", "STATUS"):
            if names.count(name) != 1:
                faults.add(file, f"{names.count(name)} times {name} in an event")
        if "STATUS:CANCELLED" in block and not re.search(r"SUMMARY:(Cancelled|Postponed)", block):
            faults.add(file, "an event is off, and its name does not say so")
    uids = re.findall(r"(?m)^UID:(.*?)\r$", text)
    if len(uids) != len(set(uids)):
        faults.add(file, "a UID twice")


def seconds(value, zones):
    """Whole days as dates, hours as seconds since 1970 by the file's own VTIMEZONE."""
    if isinstance(value.dt, datetime):
        zone = value.params.get("TZID")
        moment = value.dt
        if zone is not None:
            moment = moment.replace(tzinfo=zones[zone])
        return int(moment.timestamp())
    assert isinstance(value.dt, date)
    return value.dt.isoformat()


def by_icalendar(file, data, faults):
    calendar = icalendar.Calendar.from_ical(data)
    zones = {}
    for zone in calendar.walk("VTIMEZONE"):
        zones[str(zone["TZID"])] = zone.to_tz(lookup_tzid=False)
    for component in calendar.walk():
        for name, error in component.errors:
            faults.add(file, f"icalendar: {name}: {error}")
    found = {}
    for event in calendar.walk("VEVENT"):
        start = seconds(event["DTSTART"], zones)
        end = seconds(event["DTEND"], zones) if "DTEND" in event else start
        found[str(event["UID"])] = [start, end]
    return found


def by_libical(files, program, faults):
    run = subprocess.run(
        [program], input="\n".join(map(str, files)) + "\n", capture_output=True, text=True
    )
    for line in run.stderr.splitlines():
        faults.append(line)
    found = {}
    for line in run.stdout.splitlines():
        file, uid, start, end = line.split("\t")
        day = lambda text: f"{text[:4]}-{text[4:6]}-{text[6:]}"
        read = lambda text: day(text) if len(text) == 8 else int(text)
        found.setdefault(file, {})[uid] = [read(start), read(start if end == "-" else end)]
    if run.returncode not in (0, 1):
        faults.append(f"libical ended with {run.returncode}")
    return found


def main(site, instants, libical):
    model = json.loads(Path(instants).read_text())
    faults = Faults()
    files = sorted(Path(site).glob("calendar/**/*.ics"))
    second = by_libical(files, libical, faults)
    seen, events = set(), 0
    for file in files:
        data = file.read_bytes()
        name = file.relative_to(site)
        own_rules(name, data, faults)
        try:
            first = by_icalendar(name, data, faults)
        except Exception as error:
            faults.add(name, f"icalendar cannot read it: {error!r}")
            continue
        for parser, found in (("icalendar", first), ("libical", second.get(str(file), {}))):
            if found.keys() != first.keys():
                faults.add(name, f"{parser} finds {len(found)} events, not {len(first)}")
            for uid, when in found.items():
                if model.get(uid, [])[:2] != when:
                    faults.add(name, f"{parser}: {uid} is {when}; the model: {model.get(uid)}")
        events += len(first)
        if name.parts[1] in ("offering", "enrollment.ics"):
            seen |= first.keys()
    # What does not take place leaves the calendars after a year; everything else is in one.
    for uid in model.keys() - seen:
        if not model[uid][2:] and not re.search("_(opens|closes|round[0-9]+)@", uid):
            faults.append(f"{uid} is in no calendar of its offering")
    for fault in faults:
        print(fault)
    print(
        f"{len(files)} calendars with {events} events by two parsers, "
        f"{len(seen)} of the model's {len(model)} events, {len(faults)} faults"
    )
    if not files or not events:
        print("a site without an event was not read right")
        return 1
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
