// [data-bulk]: ticked rows. [data-bulk-item] checkboxes, one [data-bulk-all], a [data-bulk-bar] that appears with
// the number of ticks in [data-bulk-count]. Survives swaps, because it looks again after each.
function refresh(group) {
  const items = [...group.querySelectorAll("[data-bulk-item]")];
  const ticked = items.filter((item) => item.checked).length;
  const all = group.querySelector("[data-bulk-all]");
  if (all) {
    all.checked = items.length > 0 && ticked === items.length;
    all.indeterminate = ticked > 0 && ticked < items.length;
  }
  for (const count of group.querySelectorAll("[data-bulk-count]")) count.textContent = ticked;
  for (const bar of group.querySelectorAll("[data-bulk-bar]")) bar.hidden = ticked === 0;
}
const refreshAll = () => document.querySelectorAll("[data-bulk]").forEach(refresh);

document.addEventListener("change", (event) => {
  const group = event.target.closest("[data-bulk]");
  if (!group) return;
  if (event.target.matches("[data-bulk-all]")) {
    for (const item of group.querySelectorAll("[data-bulk-item]")) item.checked = event.target.checked;
  }
  refresh(group);
});
document.addEventListener("click", (event) => {
  const clear = event.target.closest("[data-bulk-clear]");
  if (!clear) return;
  const group = clear.closest("[data-bulk]");
  for (const item of group.querySelectorAll("[data-bulk-item]")) item.checked = false;
  refresh(group);
});
document.addEventListener("htmx:afterSettle", refreshAll);
window.addEventListener("pageshow", refreshAll);
refreshAll();
