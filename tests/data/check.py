"""Reads the data, the news and the linked data of a site as other systems do.

    python check.py SITE_DIR INSTANTS

INSTANTS is what `cargo run --example instants` prints: when every event is, as the model has it.
"""

import json
import sys
from pathlib import Path

import api
import feeds
import pages


def main(site, instants):
    site = Path(site)
    model = json.loads(Path(instants).read_text())
    faults = []
    files = api.check(site, model, faults)
    entries = feeds.check(site, faults)
    events = pages.check(site, faults)
    for fault in faults:
        print(fault)
    print(f"{files} files of data, {entries} entries of news, "
        f"{events} events in JSON-LD, {len(faults)} faults")
    return 1 if faults or not files or not entries or not events else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
