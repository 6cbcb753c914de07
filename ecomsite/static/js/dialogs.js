// Menus that close, dialogs, and questions before what can't be taken back.
// data-dialog-open="#id" opens, data-dialog-close closes; data-confirm="question" on a form or hx-confirm on an
// element asks in the product's own dialog; data-confirm-label names the button, data-confirm-tone="stop" reddens it.
const question = document.getElementById("confirm");
let proceed = null;

function ask(text, label, tone, action) {
  question.querySelector("[data-confirm-text]").textContent = text;
  const yes = question.querySelector("[data-confirm-yes]");
  yes.textContent = label || yes.dataset.label;
  yes.classList.toggle("btn--stop", tone === "stop");
  yes.classList.toggle("btn--primary", tone !== "stop");
  proceed = action;
  question.showModal();
}

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
  const opener = event.target.closest("[data-dialog-open]");
  if (opener) document.querySelector(opener.dataset.dialogOpen)?.showModal();
  const dialog = event.target.closest("dialog");
  if (dialog && (event.target === dialog || event.target.closest("[data-dialog-close]"))) dialog.close();
  if (event.target.closest("[data-confirm-yes]")) {
    question.close();
    proceed?.();
    proceed = null;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  const asked = event.submitter?.dataset.confirm ?? form.dataset.confirm;
  if (!asked || form.dataset.confirmed) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const submitter = event.submitter;
  ask(asked, submitter?.dataset.confirmLabel ?? form.dataset.confirmLabel, form.dataset.confirmTone, () => {
    form.dataset.confirmed = "yes";
    form.requestSubmit(submitter);
    delete form.dataset.confirmed;
  });
}, true);

document.addEventListener("htmx:confirm", (event) => {
  if (!event.detail.question) return;
  event.preventDefault();
  ask(event.detail.question, event.detail.elt.dataset.confirmLabel, event.detail.elt.dataset.confirmTone, () => event.detail.issueRequest(true));
});

document.addEventListener("dialog:close", () => {
  for (const dialog of document.querySelectorAll("dialog[open]")) dialog.close();
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const source = document.querySelector(button.dataset.copy);
  const text = source.value ?? source.textContent.trim();
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    source.select?.();
    return;
  }
  document.dispatchEvent(new CustomEvent("toast", { detail: { level: "success", message: button.dataset.copied } }));
});
// A select that applies itself: data-submit-on-change, with a button for those without JavaScript in <noscript>.
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submit-on-change]")) event.target.form.requestSubmit();
});
