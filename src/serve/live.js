// Live preview: reloads the page when the site changes, and lays content errors over it.
// Served by `convene serve` alone; it is in no published file.

// The page as it came, before any script changed it.
const loaded = await fetchPage();
const events = new EventSource("/_convene/events");

events.addEventListener("message", (event) => {
  const message = JSON.parse(event.data);
  if (message.type === "errors") cover(message.report);
  if (message.type === "clear") uncover();
  if (message.type === "changed") update(message.paths);
});

/**
 * A change of styles alone renames the style sheet, and with it every page. So the fresh page is
 * compared with this one: the same body means that only the sheet is exchanged; anything else
 * reloads, which keeps the scroll position.
 */
async function update(paths) {
  const styled = paths.some((path) => path.endsWith(".css"));
  const fresh = styled ? await fetchPage() : null;
  const sheet = fresh?.querySelector("head link[rel=stylesheet]");
  if (!sheet || fresh.body.innerHTML !== loaded.body.innerHTML) {
    location.reload();
    return;
  }
  const old = document.querySelector("head link[rel=stylesheet]");
  const copy = document.importNode(sheet);
  copy.addEventListener("load", () => old.remove());
  old.after(copy);
}

async function fetchPage() {
  const response = await fetch(location.href, { cache: "no-store" });
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

function cover(report) {
  uncover();
  const overlay = document.createElement("section");
  overlay.id = "convene_errors";
  overlay.className = "convene-live";
  overlay.setAttribute("role", "alert");
  const title = document.createElement("h2");
  title.textContent = "The content has errors. This is the last good page.";
  const text = document.createElement("pre");
  text.tabIndex = 0;
  text.textContent = report;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Hide until the next change";
  button.addEventListener("click", uncover);
  overlay.append(title, text, button);
  document.body.append(overlay);
}

function uncover() {
  document.getElementById("convene_errors")?.remove();
}
