"""Which fields of the schemas occur in the data of a site, and which in none."""


def seen(schemas, files):
    """The places in the schemas, `session.json/properties/note`, of every field that occurs."""
    found = set()

    def walk(value, name, path):
        name, path, schema = resolve(schemas, name, path)
        if isinstance(value, list):
            for one in value:
                walk(one, name, f"{path}/items")
        elif isinstance(value, dict):
            for key, one in value.items():
                if key in schema.get("properties", {}):
                    found.add(f"{name}{path}/properties/{key}")
                    walk(one, name, f"{path}/properties/{key}")

    for value in files.values():
        walk(value, value["$schema"].rsplit("/", 1)[1], "")
    return found


def told(schemas):
    """The places of every field that the schemas tell of."""
    found = set()

    def walk(node, place):
        if isinstance(node, dict):
            for key in node.get("properties", {}) if isinstance(node.get("properties"), dict) else ():
                found.add(f"{place}/properties/{key}")
            for key, value in node.items():
                if key != "if":
                    walk(value, f"{place}/{key}")

    for name, schema in schemas.items():
        walk(schema, name)
    return found


def resolve(schemas, name, path):
    """Follows references to the place where a schema stands."""
    while True:
        schema = schemas[name]
        for step in filter(None, path.split("/")):
            schema = schema[step]
        if "$ref" not in schema:
            return name, path, schema
        target, _, fragment = schema["$ref"].partition("#")
        name, path = target or name, fragment.rstrip("/")
