"""Reads the data, the news and the linked data of sites as other systems do.

    python check.py SITE_DIR INSTANTS [SITE_DIR INSTANTS ...]

INSTANTS is what `cargo run --example instants` prints: when every event is, as the model has it.
Together the sites must have every field of which the schemas tell.
"""

import json
import sys
from pathlib import Path

import api
import feeds
import pages


def main(*arguments):
    seen, told, failed = set(), set(), False
    for site, instants in zip(arguments[::2], arguments[1::2], strict=True):
        site, faults = Path(site), []
        files, own, told = api.check(site, json.loads(Path(instants).read_text()), faults)
        seen |= own
        entries = feeds.check(site, faults)
        events = pages.check(site, faults)
        for fault in faults:
            print(fault)
        print(f"{files} files of data with {len(own)} fields, {entries} entries of news, "
              f"{events} events in JSON-LD, {len(faults)} faults")
        failed |= bool(faults) or 0 in (files, entries, events)
    for field in sorted(told - seen):
        print(f"{field} occurs nowhere, so that nothing shows what it says of it")
    return 1 if failed or told - seen or not told else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
