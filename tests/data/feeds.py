"""The news, as Atom by feedparser and as JSON Feed by its rules: valid, and both the same."""

import html
import json
import re
from datetime import datetime
from xml.dom import minidom

import feedparser

TAG = re.compile(r"^tag:[a-z0-9.-]+,\d{4}:[A-Za-z0-9/._~%-]+$")
INSTANT = re.compile(r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$")


def check(site, faults):
    atom = (site / "feed.atom").read_bytes()
    entries = by_atom(atom, faults)
    items = by_json(json.loads((site / "feed.json").read_text("utf-8")), faults)
    if entries != items:
        faults.append("feed.atom and feed.json tell different news")
    home = (site / "index.html").read_text("utf-8")
    for kind, name in (("atom+xml", "feed.atom"), ("feed+json", "feed.json")):
        if not re.search(rf'<link rel="alternate" type="application/{re.escape(kind)}" title="[^"]+" href="[^"]*/{name}">', home):
            faults.append(f"index.html does not lead to {name}")
    return len(entries)


def by_atom(data, faults):
    feed = feedparser.parse(data, response_headers={"content-type": "application/atom+xml; charset=utf-8"})
    if feed.bozo:
        faults.append(f"feed.atom: feedparser: {feed.bozo_exception!r}")
    if feed.version != "atom10":
        faults.append(f"feed.atom: feedparser takes it for {feed.version!r}")
    root = minidom.parseString(data).documentElement
    own(root, faults, "feed.atom", ("id", "title", "updated", "author"))
    relations = {link.getAttribute("rel"): link.getAttribute("href") for link in children(root, "link")}
    if relations.get("self") != text(root, "id") or "alternate" not in relations:
        faults.append("feed.atom: no address of its own, or none of the site")
    found = []
    for entry in children(root, "entry"):
        own(entry, faults, "feed.atom", ("id", "title", "updated", "content"))
        published = [node.firstChild.data for node in children(entry, "published")]
        links = children(entry, "link")
        found.append({
            "id": text(entry, "id"),
            "title": text(entry, "title"),
            "url": links[0].getAttribute("href"),
            "published": published[0] if published else None,
            "updated": text(entry, "updated"),
            "html": text(entry, "content"),
            "tags": [node.getAttribute("label") for node in children(entry, "category")],
        })
    if len(feed.entries) != len(found):
        faults.append(f"feed.atom: feedparser finds {len(feed.entries)} entries, not {len(found)}")
    for one, other in zip(feed.entries, found):
        if (one.id, html.unescape(one.title), one.link) != (other["id"], html.unescape(other["title"]), other["url"]):
            faults.append(f"feed.atom: feedparser reads {one.id}: {one.title!r}")
        if one.get("updated_parsed") is None:
            faults.append(f"feed.atom: feedparser does not read the date of {one.id}")
    rules(found, text(root, "updated"), faults)
    return found


def children(node, name):
    return [one for one in node.childNodes if one.nodeType == one.ELEMENT_NODE and one.tagName == name]


def text(node, name):
    return "".join(one.data for child in children(node, name) for one in child.childNodes)


def own(node, faults, file, names):
    for name in names:
        if len(children(node, name)) != 1:
            faults.append(f"{file}: {node.tagName} has {len(children(node, name))} times {name}")


def rules(found, latest, faults):
    ids = [entry["id"] for entry in found]
    if len(ids) != len(set(ids)):
        faults.append("feed.atom: an id twice")
    dates = [entry["updated"] for entry in found]
    if dates != sorted(dates, reverse=True) or (dates and dates[0] != latest):
        faults.append("feed.atom: the latest is not first, or is not the date of the feed")
    for entry in found:
        if not TAG.match(entry["id"]):
            faults.append(f"feed.atom: no tag: {entry['id']}")
        for date in filter(None, (entry["published"], entry["updated"])):
            if not INSTANT.match(date):
                faults.append(f"feed.atom: {entry['id']} has the date {date}")
            datetime.fromisoformat(date.replace("Z", "+00:00"))
        if re.search(r"<(?!/?(p|a)\b)", entry["html"]):
            faults.append(f"feed.atom: {entry['id']} has other elements than it should")


def by_json(feed, faults):
    known = {"version", "title", "home_page_url", "feed_url", "description", "icon", "favicon",
             "authors", "language", "items"}
    if feed.get("version") != "https://jsonfeed.org/version/1.1" or set(feed) - known:
        faults.append(f"feed.json: {feed.get('version')}, {sorted(set(feed) - known)}")
    for name in ("title", "home_page_url", "feed_url", "items"):
        if name not in feed:
            faults.append(f"feed.json has no {name}")
    found = []
    for item in feed["items"]:
        allowed = {"id", "url", "title", "content_html", "content_text", "date_published",
                   "date_modified", "tags"}
        if set(item) - allowed or not item.get("content_text") or not item.get("content_html"):
            faults.append(f"feed.json: {item.get('id')}: {sorted(item)}")
        found.append({
            "id": item["id"], "title": item["title"], "url": item["url"],
            "published": item.get("date_published"), "updated": item["date_modified"],
            "html": item["content_html"], "tags": item["tags"],
        })
    return found
