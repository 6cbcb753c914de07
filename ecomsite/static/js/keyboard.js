// Keyboard: data-key="a" presses an element, data-go="p" follows a link after "g"; "?" lists them all.
// Inside [data-keys-list], j and k walk the [data-row] items, and data-key inside a row acts on the current row only.
// All of it stops while somebody types, and can be switched off in the "?" dialog (WCAG 2.1.4).
const OFF = "keyboard-off";
const off = () => {
  try { return localStorage.getItem(OFF) === "1"; } catch { return false; }
};
let awaiting = 0;

const typing = (target) => target.closest("input:not([type=checkbox],[type=radio]), textarea, select, [contenteditable]");
const visible = (element) => element.getClientRects().length > 0;
const rows = () => [...document.querySelectorAll("[data-keys-list] [data-row]")].filter(visible);
const currentRow = () => document.activeElement?.closest("[data-row]") ?? document.querySelector("[data-row].is-current");

function focusRow(row) {
  for (const other of document.querySelectorAll("[data-row].is-current")) other.classList.remove("is-current");
  if (!row) return;
  row.classList.add("is-current");
  if (!row.hasAttribute("tabindex")) row.tabIndex = -1;
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function walk(step) {
  const all = rows();
  if (!all.length) return false;
  const at = all.indexOf(currentRow());
  focusRow(all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + step))]);
  return true;
}

function press(key) {
  const matches = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].filter(visible);
  const row = currentRow();
  const inRow = row && matches.find((element) => row.contains(element));
  const target = inRow ?? matches.find((element) => !element.closest("[data-row]"));
  if (!target) return false;
  if (target.matches("input, textarea, select") && target.type !== "checkbox") target.focus();
  else target.click();
  return true;
}

// The row that an answer replaced or removed hands its place to the one after it.
let place = -1;
document.addEventListener("htmx:beforeSwap", () => { place = rows().indexOf(currentRow()); });
document.addEventListener("htmx:afterSettle", () => {
  if (place < 0 || typing(document.activeElement)) return;
  if (document.activeElement === document.body) focusRow(rows()[Math.min(place, rows().length - 1)]);
  place = -1;
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (off() || typing(event.target) || document.querySelector("dialog[open]")) return;
  const { key } = event;
  if (Date.now() - awaiting < 1500) {
    awaiting = 0;
    const link = document.querySelector(`[data-go="${CSS.escape(key)}"]`);
    if (link) { event.preventDefault(); link.click(); }
    return;
  }
  if (key === "g") { awaiting = Date.now(); return; }
  if (key === "?") { document.getElementById("keys")?.showModal(); event.preventDefault(); return; }
  if ((key === "j" || key === "k") && walk(key === "j" ? 1 : -1)) { event.preventDefault(); return; }
  if (press(key)) event.preventDefault();
});

const toggle = document.querySelector("[data-keys-toggle]");
if (toggle) {
  toggle.checked = !off();
  toggle.addEventListener("change", () => {
    try { localStorage.setItem(OFF, toggle.checked ? "0" : "1"); } catch { /* private mode: nothing to keep */ }
  });
}
