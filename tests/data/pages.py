"""What pages say to other programs: JSON-LD, the title picture, the icons."""

import json
import re
import struct
from html.parser import HTMLParser

STATUS = {"cancelled": "EventCancelled", "postponed": "EventPostponed"}
DAY = r"\d{4}-\d{2}-\d{2}"
WHEN = re.compile(rf"^{DAY}(T\d{{2}}:\d{{2}}:\d{{2}}(Z|[+-]\d{{2}}:\d{{2}}(:\d{{2}})?))?$")
# By type: the members without which a node is of no use, and those that are asked for.
MEMBERS = {
    "EducationEvent": ("@id name startDate endDate location eventStatus "
                       "organizer description image url superEvent"),
    "EventSeries": "@id name description url eventStatus organizer",
    "CourseInstance": "@id name",
    "Course": "@id name description provider hasCourseInstance url",
    "Organization": "@id name url",
    "WebSite": "@id name url publisher",
    "BreadcrumbList": "itemListElement",
    "ListItem": "position name item",
    "Place": "name address",
    "VirtualLocation": "url",
    "Person": "name url",
    "Offer": "url availability",
    "Audience": "audienceType",
}


class Page(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.data, self.meta, self.links, self.inside = [], {}, {}, False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "script" and attrs.get("type") == "application/ld+json":
            self.inside = True
            self.data.append("")
        elif tag == "meta":
            self.meta[attrs.get("property") or attrs.get("name")] = attrs.get("content")
        elif tag == "link":
            self.links[attrs.get("rel")] = attrs.get("href")

    def handle_endtag(self, tag):
        if tag == "script":
            self.inside = False

    def handle_data(self, data):
        if self.inside:
            self.data[-1] += data


def check(site, faults):
    api = site / "api" / "v1"
    catalog = json.loads((api / "catalog.json").read_text("utf-8"))
    sessions = json.loads((api / "sessions.json").read_text("utf-8"))["sessions"]
    sessions = {one["url"]: one for whole in sessions for one in whole.get("alternatives") or [whole]}
    offerings = json.loads((api / "offerings.json").read_text("utf-8"))["offerings"]
    offerings = {one["url"]: one for one in offerings}
    counts, told = {}, set()
    for file in sorted(site.rglob("*.html")):
        name = file.relative_to(site).as_posix()
        page = Page(file.read_text("utf-8"))
        if "og:image" in page.meta or "noindex" not in page.meta.get("robots", ""):
            shared(site, catalog["url"], name, page.meta, faults)
        for text in page.data:
            if re.search("[<>&\u2028\u2029]", text):
                faults.append(f"{name}: JSON-LD with a character that must be escaped")
            graph = json.loads(text)
            if graph["@context"] != "https://schema.org":
                faults.append(f"{name}: the context {graph['@context']}")
            ids = {node["@id"] for node in graph["@graph"] if "@id" in node}
            for node in nodes(graph["@graph"]):
                of_node(name, node, ids, faults)
                for kind in types(node):
                    counts[kind] = counts.get(kind, 0) + 1
                if "EducationEvent" in types(node):
                    told.add(node["@id"])
                    same(name, node, sessions[node["@id"]], offerings[node["url"].split("#")[0]], faults)
        if name == "index.html":
            icons(site, catalog["url"], page.links, faults)
    for kind in ("EducationEvent", "EventSeries", "CourseInstance", "Course", "Organization", "BreadcrumbList"):
        if kind not in counts:
            faults.append(f"no page has a {kind}")
    return len(told)


def types(node):
    kind = node.get("@type", [])
    return kind if isinstance(kind, list) else [kind]


def nodes(value):
    if isinstance(value, list):
        for one in value:
            yield from nodes(one)
    elif isinstance(value, dict):
        yield value
        for one in value.values():
            yield from nodes(one)


def of_node(name, node, ids, faults):
    if "@type" not in node:
        # A reference: to a node of this page, or to the organization of the home page.
        if set(node) != {"@id"} or node["@id"] not in ids:
            faults.append(f"{name}: {node} leads to no node")
        return
    for kind in types(node):
        if kind not in MEMBERS:
            faults.append(f"{name}: a node of the type {kind}")
            continue
        for member in MEMBERS[kind].split():
            if node.get(member) in (None, "", []):
                faults.append(f"{name}: {kind} {node.get('@id', '')} has no {member}")
    for member in ("startDate", "endDate", "previousStartDate", "validFrom", "validThrough"):
        if member in node and not WHEN.match(node[member]):
            faults.append(f"{name}: {member} is {node[member]}")


def same(name, node, session, offering, faults):
    """An event says what the data says."""
    moved = session.get("moved_from")
    status = "EventRescheduled" if moved else "EventScheduled"
    status = STATUS.get(session.get("status"), status)
    if offering["cancelled"]:
        status = "EventCancelled"
    wanted = {
        "startDate": session["meetings"][0]["start"],
        "endDate": session["meetings"][-1]["end"],
        "previousStartDate": moved and (moved["at"] if "time" in moved else moved["date"]),
        "eventStatus": f"https://schema.org/{status}",
        "superEvent": {"@id": offering["url"] + (
            f"#cohort.{session['cohort']}" if "cohort" in session else "#at_series")},
    }
    for member, value in wanted.items():
        if node.get(member) != value:
            faults.append(f"{name}: {node['@id']}: {member} is {node.get(member)}, not {value}")
    # One without a place or a link does not say how one takes part.
    mode = {"in-person": "Offline", "online": "Online", "hybrid": "Mixed"}.get(session.get("mode"))
    mode = mode and f"https://schema.org/{mode}EventAttendanceMode"
    if node.get("eventAttendanceMode") != mode:
        faults.append(f"{name}: {node['@id']}: {node.get('eventAttendanceMode')}, not {mode}")
    if offering["private"]:
        text = json.dumps(node["location"])
        if any(place["name"] not in ("Told to participants", "Online") for place in node["location"]):
            faults.append(f"{name}: a private place: {text}")
    if (session.get("enroll") or offering.get("enroll")) and "offers" not in node:
        faults.append(f"{name}: {node['@id']} does not say where to enroll")


def shared(site, url, name, meta, faults):
    for key in ("og:title", "og:type", "og:url", "og:site_name", "og:image", "og:image:alt", "twitter:card"):
        if not meta.get(key):
            faults.append(f"{name}: no {key}")
            return
    size = (int(meta["og:image:width"]), int(meta["og:image:height"]))
    if size != (1200, 630) or png_size(site / meta["og:image"].removeprefix(url)) != size:
        faults.append(f"{name}: the picture {meta['og:image']} is not of the size {size}")


def icons(site, url, links, faults):
    base = "/" + url.split("://")[1].partition("/")[2]
    local = lambda href: site / href.removeprefix(base)
    for rel in ("icon", "apple-touch-icon", "manifest"):
        if not local(links[rel]).is_file():
            faults.append(f"index.html: no {rel} {links[rel]}")
    if png_size(local(links["apple-touch-icon"])) != (180, 180):
        faults.append("the touch icon is not of 180 pixels")
    manifest = json.loads(local(links["manifest"]).read_text("utf-8"))
    for member in ("name", "short_name", "start_url", "scope", "display", "icons", "theme_color"):
        if not manifest.get(member):
            faults.append(f"site.webmanifest: no {member}")
    found = set()
    for icon in manifest["icons"]:
        file = local(icon["src"])
        if icon["type"] == "image/png":
            width, height = png_size(file)
            found.add(width)
            if icon["sizes"] != f"{width}x{height}":
                faults.append(f"site.webmanifest: {icon['src']} is {width}x{height}")
        elif not file.read_text("utf-8").lstrip().startswith("<"):
            faults.append(f"site.webmanifest: {icon['src']} is no SVG")
    if not {192, 512} <= found:
        faults.append(f"site.webmanifest: icons of {sorted(found)} pixels alone")


def png_size(file):
    data = file.read_bytes()
    if data[:8] != b"\x89PNG\r\n\x1a\n" or data[12:16] != b"IHDR" or data[-8:-4] != b"IEND":
        return None
    return struct.unpack(">II", data[16:24])
