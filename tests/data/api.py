"""The data below /api/v1/: against its schemas, against itself, against the model."""

import copy
import csv
import io
import json
import re
from datetime import date, datetime, timedelta

import coverage
from jsonschema import Draft202012Validator, RefResolver

LISTS = ("offerings", "sessions", "requirements", "people", "places")


def check(site, model, faults):
    """`site` is a folder, `model` what `cargo run --example instants` prints of its content.

    The number of files, the fields that occur in them, and those of which the schemas tell.
    """
    api = site / "api" / "v1"
    data = {file.relative_to(api).as_posix(): json.loads(file.read_text("utf-8"))
            for file in sorted(api.rglob("*.json"))}
    schemas = {name: one for name, one in data.items() if name.startswith("schema/")}
    files = {name: one for name, one in data.items() if name not in schemas}
    against_schemas(schemas, files, faults)
    catalog = files["catalog.json"]
    for name in LISTS:
        if catalog["counts"][name] != len(files[f"{name}.json"][name]):
            faults.append(f"catalog.json counts other {name} than there are")
    names(files, faults)
    same_offerings(files, faults)
    same_days(files["sessions.json"]["sessions"], model, faults)
    same_table((api / "sessions.csv").read_bytes(), files, faults)
    by_name = {name.removeprefix("schema/"): one for name, one in schemas.items()}
    return len(files), coverage.seen(by_name, files), coverage.told(by_name)


def against_schemas(schemas, files, faults):
    by_address = {one["$id"]: one for one in schemas.values()}
    for name, schema in schemas.items():
        Draft202012Validator.check_schema(schema)
        for path, node in nodes(schema):
            for key, value in node.get("properties", {}).items():
                if "description" not in value and not path.endswith("/if"):
                    faults.append(f"{name}: {path}/{key} has no description")
    closed = {address: close(schema) for address, schema in by_address.items()}
    for name, value in files.items():
        address = value.get("$schema")
        if address not in closed:
            faults.append(f"{name}: no schema {address}")
            continue
        schema = closed[address]
        resolver = RefResolver(address, schema, store=dict(closed))
        for error in Draft202012Validator(schema, resolver=resolver).iter_errors(value):
            faults.append(f"{name}: {error.json_path}: {error.message[:200]}")


def nodes(schema, path=""):
    """Every object in a schema that is a schema itself, near enough."""
    if isinstance(schema, dict):
        if isinstance(schema.get("properties", {}), dict):
            yield path, schema
        for key, value in schema.items():
            yield from nodes(value, f"{path}/{key}")
    elif isinstance(schema, list):
        for index, value in enumerate(schema):
            yield from nodes(value, f"{path}/{index}")


def close(schema):
    """A published schema lets new fields come. Here a field of which it does not tell is a fault."""
    closed = copy.deepcopy(schema)
    for _, node in list(nodes(closed)):
        if node.get("type") == "object" and "properties" in node:
            node["additionalProperties"] = False
    return closed


def names(files, faults):
    """Every ID that is named is there."""
    catalog = files["catalog.json"]
    known = {name: {one["id"] for one in files[f"{name}.json"][name]}
             for name in ("offerings", "requirements", "people", "places")}
    for name in ("kinds", "roles", "networks", "topics", "credits"):
        known[name] = {one["id"] for one in catalog[name]}

    def want(what, ids, where):
        for missing in set(ids) - known[what]:
            faults.append(f"{where}: no {what[:-1]} {missing}")

    for one in files["offerings.json"]["offerings"]:
        where = f"the offering {one['id']}"
        want("kinds", [one["kind"]], where)
        for what in ("roles", "networks", "topics"):
            want(what, one.get(what, []), where)
        want("people", one.get("facilitators", []), where)
        want("people", [p for p in [one.get("contact", {}).get("person")] if p], where)
        want("offerings", one.get("prerequisites", []), where)
        want("offerings", [o for o in (one.get("continues"), one.get("continued_by")) if o], where)
        want("requirements", one.get("requirements", []), where)
        want("credits", [credit["type"] for credit in one["credit"]], where)
    for one in leaves(files["sessions.json"]["sessions"]):
        where = f"the session {one['key']}"
        want("offerings", [one["offering"]], where)
        want("roles", one.get("roles", []), where)
        want("people", one.get("facilitators", []), where)
        places = one.get("places", []) + [p for day in one["meetings"] for p in day.get("places", [])]
        want("places", [place["id"] for place in places if "id" in place], where)
    for one in files["requirements.json"]["requirements"]:
        want("offerings", one["rule"].get("offerings", []), f"the requirement {one['id']}")


def leaves(sessions):
    for session in sessions:
        yield from session.get("alternatives") or [session]


def same_offerings(files, faults):
    """The lists say what the file of each offering says."""
    listed = {one["id"]: one for one in files["offerings.json"]["offerings"]}
    sessions = {}
    for one in files["sessions.json"]["sessions"]:
        sessions.setdefault((one["offering"], one.get("cohort")), []).append(one)
    own = {name: one for name, one in files.items() if name.startswith("offerings/")}
    if {f"offerings/{one}.json" for one in listed} != set(own):
        faults.append("offerings.json has other offerings than there are files")
    for name, whole in own.items():
        brief = copy.deepcopy(whole)
        brief.pop("$schema")
        brief.pop("body", None)
        for cohort in brief["cohorts"]:
            theirs = cohort.pop("sessions")
            if sessions.get((brief["id"], cohort.get("id")), []) != theirs:
                faults.append(f"{name}: sessions.json has other sessions")
        if listed.get(brief["id"]) != brief:
            faults.append(f"{name}: offerings.json says otherwise")


def same_days(sessions, model, faults):
    """The days of the model, by their UIDs: whole days as dates, hours as seconds since 1970."""
    found, keys = {}, []
    for session in leaves(sessions):
        keys.append((session["offering"], session["key"]))
        backup = [session["backup"]] if session["meetings"] and "backup" in session else []
        for day in session["meetings"] + backup:
            if "hours" in day:
                when = [int(datetime.fromisoformat(day[edge].replace("Z", "+00:00")).timestamp())
                        for edge in ("starts", "ends")]
                local = [int(datetime.fromisoformat(day[edge]).timestamp()) for edge in ("start", "end")]
                if local != when:
                    faults.append(f"sessions.json: {day['uid']} is {local} by its offset, not {when}")
            else:
                when = [day["date"], (date.fromisoformat(day["date"]) + timedelta(1)).isoformat()]
            if day["uid"] in found:
                faults.append(f"sessions.json: the UID {day['uid']} twice")
            found[day["uid"]] = when
    if len(keys) != len(set(keys)):
        faults.append("sessions.json: a key twice")
    days = {uid: when[:2] for uid, when in model.items()
            if not re.search("_(opens|closes|round[0-9]+)@", uid)}
    for uid in days.keys() | found.keys():
        if days.get(uid) != found.get(uid):
            faults.append(f"sessions.json: {uid} is {found.get(uid)}; the model: {days.get(uid)}")


def same_table(data, files, faults):
    text = data.decode("utf-8")
    if re.search(r"(?<!\r)\n", re.sub(r'"(?:[^"]|"")*"', "", text)) or not text.endswith("\r\n"):
        faults.append("sessions.csv: a line does not end in CRLF")
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    head, rows = rows[0], rows[1:]
    for number, row in enumerate(rows, 2):
        if len(row) != len(head):
            faults.append(f"sessions.csv: record {number} has {len(row)} fields")
        for field in row:
            if field[:1] in ("=", "+", "-", "@", "\t", "\r") and field:
                faults.append(f"sessions.csv: record {number} has a formula: {field[:40]!r}")
    read = [dict(zip(head, row)) for row in rows]
    expected = list(expected_rows(files))
    if len(read) != len(expected):
        faults.append(f"sessions.csv has {len(read)} records, not {len(expected)}")
    for number, (one, wanted) in enumerate(zip(read, expected), 2):
        if one.keys() != wanted.keys():
            faults.append(f"sessions.csv: other columns: {sorted(one.keys() ^ wanted.keys())}")
            break
        for column, value in wanted.items():
            safe = f"'{value}" if value[:1] in ("=", "+", "-", "@", "\t", "\r") and value else value
            if one[column] != safe:
                faults.append(f"sessions.csv: record {number}: {column} is {one[column]!r}, not {safe!r}")


def expected_rows(files):
    zone = files["catalog.json"]["timezone"]
    offerings = {one["id"]: one for one in files["offerings.json"]["offerings"]}
    for whole in files["sessions.json"]["sessions"]:
        offering = offerings[whole["offering"]]
        cohorts = {one.get("id"): one.get("title", "") for one in offering["cohorts"]}
        for one in whole.get("alternatives") or [whole]:
            own = lambda name: one.get(name) or whole.get(name)
            for day in one["meetings"] or [None]:
                at = day or {}
                timed = "hours" in at
                places = at.get("places") or one.get("places", [])
                lead = offering.get("facilitators", []) + one.get("facilitators", [])
                lead += whole.get("facilitators", [])
                yield {
                    "offering": offering["id"],
                    "offering_title": offering["title"],
                    "kind": offering["kind"],
                    "year": offering.get("year", ""),
                    "cohort": one.get("cohort", ""),
                    "cohort_title": cohorts[one.get("cohort")],
                    "session": whole["id"],
                    "session_title": one["title"],
                    "alternative": one["id"] if one is not whole else "",
                    "date": at.get("date", ""),
                    "start": at["start"][11:16] if timed else "",
                    "end": at["end"][11:16] if timed else "",
                    "all_day": ("no" if timed else "yes") if day else "",
                    "timezone": at.get("timezone", zone) if day else "",
                    "starts_at": at.get("starts", ""),
                    "ends_at": at.get("ends", ""),
                    "when": one["when"],
                    "status": "cancelled" if offering["cancelled"] else own("status") or "",
                    "moved_from": (own("moved_from") or {}).get("text", ""),
                    "reason": own("reason") or "",
                    "mode": one.get("mode", ""),
                    "place": "; ".join(
                        ", ".join(filter(None, [p["name"], p.get("room")])) for p in places
                    ),
                    "address": "; ".join(p["address"] for p in places if "address" in p),
                    "join_url": one.get("online", {}).get("url", ""),
                    "roles": " ".join(own("roles") or offering["roles"]),
                    "facilitators": " ".join(dict.fromkeys(lead)),
                    "url": one["url"],
                    "uid": at.get("uid", ""),
                }
