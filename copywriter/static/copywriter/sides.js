// Differences side by side, switched by [data-sides-toggle] and remembered by this browser.
const SIDES = "sides-on";
const remembered = () => {
  try { return localStorage.getItem(SIDES) === "1"; } catch { return false; }
};

function show(on) {
  document.documentElement.toggleAttribute("data-sides", on);
  for (const button of document.querySelectorAll("[data-sides-toggle]")) button.setAttribute("aria-pressed", String(on));
}

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-sides-toggle]")) return;
  const on = !document.documentElement.hasAttribute("data-sides");
  try { localStorage.setItem(SIDES, on ? "1" : "0"); } catch { /* a browser that keeps nothing forgets it with the page */ }
  show(on);
});
show(remembered());
