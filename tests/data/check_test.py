"""The checks of data, news and linked data find what is broken.

    python check_test.py SITE_DIR INSTANTS

A sound site is broken in one place after the other; each time there must be a fault.
"""

import json
import shutil
import sys
import tempfile
from pathlib import Path

import api
import feeds
import pages

SESSIONS = "api/v1/sessions.json"
TABLE = "api/v1/sessions.csv"
OFFERING = "offerings/leadership-convening/index.html"
BREAKS = [
    ("a field that no schema tells of", "api/v1/people.json", '"name":', '"secret":1,"name":'),
    ("a field that must be there", "api/v1/offerings.json", '"access":"open",', ""),
    ("a word of no list", SESSIONS, '"mode":"online"', '"mode":"afar"'),
    ("an ID that leads nowhere", "api/v1/offerings.json", '"kind":"series"', '"kind":"serial"'),
    ("a session an hour later", SESSIONS, "T08:30:00-05:00", "T09:30:00-05:00"),
    ("a UID twice", SESSIONS, "self-as-core.fall.2@", "self-as-core.fall.1@"),
    ("a count", "api/v1/catalog.json", '"places":', '"places":9'),
    ("a formula", TABLE, "Self as Core", "=Self as Core"),
    ("a line feed alone", TABLE, "\r\n", "\n"),
    ("another place in the table", TABLE, "PA Convention Center", "Elsewhere"),
    ("XML that is none", "feed.atom", "</entry>", ""),
    ("a date that is none", "feed.atom", "<updated>2026-", "<updated>26-"),
    ("an entry twice", "feed.atom", "/micro-disruptions/new</id>", "/macro-disruptions/new</id>"),
    ("other news in the other form", "feed.json", '"title":"Moved', '"title":"Gone'),
    ("a feed that no page leads to", "index.html", "feed.atom", "feed.xml"),
    ("an event without a name", OFFERING, '"name":"Leadership Convening: Winter convening",', ""),
    ("an event that did not move", OFFERING, "EventRescheduled", "EventScheduled"),
    ("a node that is not there", OFFERING, '"superEvent":{"@id":"', '"superEvent":{"@id":"x'),
    ("an end of the script", OFFERING, '"inLanguage":"', '"inLanguage":"<b'),
    ("a picture of another size", OFFERING, 'width" content="1200"', 'width" content="1201"'),
    ("an icon of another size", "site.webmanifest", "192x192", "190x190"),
]


def faults_of(site, model):
    faults = []
    try:
        api.check(site, model, faults)
        feeds.check(site, faults)
        pages.check(site, faults)
    except Exception as error:
        faults.append(repr(error))
    return faults


def main(site, instants):
    model = json.loads(Path(instants).read_text())
    missed = []
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "site"
        shutil.copytree(site, copy)
        sound = faults_of(copy, model)
        assert not sound, sound
        for what, name, old, new in BREAKS:
            file = copy / name
            data = file.read_bytes()
            broken = data.replace(old.encode(), new.encode())
            assert broken != data, f"{name} has no {old}"
            file.write_bytes(broken)
            found = faults_of(copy, model)
            if not found:
                missed.append(what)
            file.write_bytes(data)
    for what in missed:
        print(f"not found: {what}")
    print(f"{len(BREAKS) - len(missed)} of {len(BREAKS)} breaks are found")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
