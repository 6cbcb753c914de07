// Toasts: `HX-Trigger: {"toast": {"level": "success", "message": "…"}}` (or a list under "messages") from any response,
// and those the server put into the page. Text is set as text, never as markup.
const region = document.getElementById("toasts");
const ICONS = { success: "circle-check", warning: "triangle-alert", error: "circle-alert", info: "info" };
const SECONDS = { success: 5, info: 6, warning: 9 };

function dismiss(toast) {
  toast.remove();
}

function schedule(toast, level) {
  if (!(level in SECONDS)) return; // an error stays until it is read
  let timer = setTimeout(dismiss, SECONDS[level] * 1000, toast);
  const hold = () => clearTimeout(timer);
  const release = () => { timer = setTimeout(dismiss, 2500, toast); };
  for (const name of ["mouseenter", "focusin"]) toast.addEventListener(name, hold);
  for (const name of ["mouseleave", "focusout"]) toast.addEventListener(name, release);
}

function show({ level = "info", message }) {
  const kind = level in ICONS ? level : "info";
  const toast = document.getElementById("toast-template").content.firstElementChild.cloneNode(true);
  const use = toast.querySelector("use");
  use.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#${ICONS[kind]}`));
  toast.classList.add(`toast--${kind}`);
  toast.querySelector("p").textContent = message;
  region.append(toast);
  schedule(toast, kind);
}

document.addEventListener("toast", (event) => {
  const detail = event.detail ?? {};
  for (const item of detail.messages ?? [detail]) if (item.message) show(item);
});
region.addEventListener("click", (event) => {
  if (event.target.closest("[data-dismiss]")) event.target.closest(".toast").remove();
});
for (const toast of region.querySelectorAll(".toast")) schedule(toast, toast.dataset.level);

// What htmx could not fetch must not pass in silence.
const say = (name) => region.dataset[name];
document.addEventListener("htmx:sendError", (event) => {
  if (!event.detail.elt?.closest("[data-polling]")) show({ level: "error", message: say("offline") });
});
document.addEventListener("htmx:responseError", (event) => {
  const { xhr, elt } = event.detail;
  if (elt?.closest("[data-polling]") && xhr.status >= 500) return; // the next poll tells
  const known = { 403: say("expired"), 404: say("gone") }[xhr.status];
  const plain = xhr.getResponseHeader("Content-Type")?.startsWith("text/plain"); // the error's id
  show({ level: "error", message: known ?? [say("failed"), plain ? xhr.responseText : ""].join(" ").trim() });
});
