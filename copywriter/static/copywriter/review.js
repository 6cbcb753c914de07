// The review queue. When the last draft of a page is decided the next ones come; the editor answers to
// Ctrl+Enter and Escape; the bar with "Undo" goes after a while, unless somebody is at it.
const SECONDS = 12;
let timer = 0;
let refilling = false;
let deciding = false;

function refill() {
  const list = document.querySelector("[data-refill]");
  if (!list || list.querySelector("[data-row]")) return;
  refilling = true;
  htmx.trigger(list, "refill");
}

// The draft to go on with: the one that came back ([data-arrived]), or the first of the next page.
function goOn() {
  const first = refilling ? document.querySelector("[data-refill] [data-row]") : null;
  const row = document.querySelector("#review [data-arrived]") ?? first;
  if (!row) return;
  refilling = false;
  for (const other of document.querySelectorAll("[data-row].is-current, [data-arrived]")) {
    other.classList.remove("is-current");
    other.removeAttribute("data-arrived");
  }
  row.classList.add("is-current");
  if (row.contains(document.activeElement)) return;
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

// Two answers that cross (a decision's and the next page's) can leave the keyboard without a place after a decision.
function recover() {
  if (!deciding || document.activeElement !== document.body) return;
  const row = document.querySelector("#review [data-row].is-current") ?? document.querySelector("#review [data-row]");
  if (!row) return;
  deciding = false;
  row.classList.add("is-current");
  row.focus({ preventScroll: true });
}

function scheduleUndo() {
  const bar = document.querySelector("#undo > form");
  clearTimeout(timer);
  if (!bar) return;
  timer = setTimeout(() => {
    if (bar.matches(":hover") || bar.contains(document.activeElement)) scheduleUndo();
    else bar.remove();
  }, SECONDS * 1000);
}

document.addEventListener("htmx:afterSettle", (event) => {
  refill();
  if (event.target.id === "undo" || document.querySelector("#undo > form")) scheduleUndo();
  goOn();
  setTimeout(recover);
});

document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.requestConfig.verb === "post" && event.target.closest("#review, #undo")) deciding = true;
});

// The editor opens with the caret behind the text, where most additions go.
document.addEventListener("focusin", (event) => {
  const text = event.target;
  if (!text.matches("[data-editor] textarea") || text.dataset.opened) return;
  text.dataset.opened = "yes";
  text.setSelectionRange(text.value.length, text.value.length);
});

// What somebody typed does not go unasked: neither by Escape or Cancel, nor with the page.
const changed = (editor) => {
  const text = editor.querySelector("textarea");
  return Boolean(text) && text.value !== text.defaultValue;
};

document.addEventListener("input", (event) => {
  const editor = event.target.closest?.("[data-editor]");
  const cancel = editor?.querySelector("[data-editor-cancel]");
  if (!cancel) return;
  if (changed(editor)) cancel.setAttribute("hx-confirm", cancel.dataset.question);
  else cancel.removeAttribute("hx-confirm");
});

window.addEventListener("beforeunload", (event) => {
  if ([...document.querySelectorAll("[data-editor]")].some(changed)) event.preventDefault();
});

document.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  const comments = event.target.closest?.(".comments");
  if (comments && event.target.matches("textarea")) { comment(event, comments); return; }
  const editor = event.target.closest?.("[data-editor]");
  if (!editor) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    editor.querySelector("[data-editor-submit]").click();
  } else if (event.key === "Escape") {
    event.preventDefault();
    editor.querySelector("[data-editor-cancel]").click();
  }
});

// A fold of comments opens with the caret where one writes; Ctrl+Enter sends, Escape gives the keyboard back to the card.
// At once, not when the browser tells of it: the letters typed meanwhile would be keys of the page, and decide.
document.addEventListener("click", (event) => {
  const fold = event.target.closest(".comments:not([open]) > summary")?.parentElement;
  if (!fold) return;
  event.preventDefault();
  fold.open = true;
  fold.querySelector("textarea").focus();
});

document.addEventListener("toggle", (event) => {
  if (event.target.matches?.(".comments[open]")) event.target.querySelector("textarea").focus();
}, true);

function comment(event, fold) {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    fold.querySelector("[data-comment-submit]").click();
  } else if (event.key === "Escape") {
    event.preventDefault();
    fold.open = false;
    fold.closest("[data-row]")?.focus({ preventScroll: true });
  }
}
