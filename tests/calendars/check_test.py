"""The rules of check.py find what is broken."""

import unittest

from check import Faults, by_icalendar, own_rules

GOOD = "\r\n".join([
    "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//a//b//EN",
    "BEGIN:VTIMEZONE", "TZID:America/Phoenix", "BEGIN:STANDARD", "DTSTART:19700101T000000",
    "TZOFFSETFROM:-0700", "TZOFFSETTO:-0700", "TZNAME:MST", "END:STANDARD", "END:VTIMEZONE",
    "BEGIN:VEVENT", "UID:1@example.org", "DTSTAMP:20250701T000000Z", "SEQUENCE:0",
    "DTSTART;TZID=America/Phoenix:20261001T083000", "DTEND;TZID=America/Phoenix:20261001T093000",
    "SUMMARY:A", "DESCRIPTION:\u00e9", "STATUS:CONFIRMED", "END:VEVENT", "END:VCALENDAR", "",
]).encode()


def faults_of(data):
    faults = Faults()
    own_rules("x.ics", data, faults)
    return " | ".join(faults)


class Rules(unittest.TestCase):
    def test_a_good_file_has_no_fault(self):
        self.assertEqual(faults_of(GOOD), "")
        found = by_icalendar("x.ics", GOOD, Faults())
        self.assertEqual(found, {"1@example.org": [1790868600, 1790872200]})

    def test_every_fault_is_found(self):
        event = GOOD[GOOD.index(b"BEGIN:VEVENT"):GOOD.index(b"END:VCALENDAR")]
        for data, words in [
            (GOOD.replace(b"SUMMARY:A", b"SUMMARY:" + b"A" * 68), "76 octets"),
            (GOOD.replace(b"\xc3\xa9", b"\xc3\r\n \xa9"), "inside a character"),
            (GOOD.replace(b"SUMMARY:A\r\n", b"SUMMARY:A\n"), "control character"),
            (GOOD[:-2], "no end"),
            (GOOD.replace(b"SUMMARY:A", b"SUMMARY:A\r\nB"), "no content line"),
            (GOOD.replace(b"SUMMARY:A\r\n", b""), "0 times SUMMARY"),
            (GOOD.replace(b"CONFIRMED", b"CANCELLED"), "its name does not say so"),
            (GOOD.replace(b"TZID:America/Phoenix", b"TZID:America/Denver"), "no VTIMEZONE for"),
            (GOOD.replace(event, event + event), "a UID twice"),
            (GOOD.replace(b"VERSION:2.0", b"VERSION:2.0\r\nMETHOD:PUBLISH"), "METHOD"),
        ]:
            self.assertIn(words, faults_of(data))


if __name__ == "__main__":
    unittest.main()
