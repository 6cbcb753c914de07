// A dialog that an answer brings along ([data-dialog-auto]) opens by itself, and leaves the page when it is closed.
function open() {
  for (const dialog of document.querySelectorAll("dialog[data-dialog-auto]:not([open])")) {
    dialog.addEventListener("close", () => dialog.remove(), { once: true });
    dialog.showModal();
  }
}
document.addEventListener("htmx:afterSettle", open);
