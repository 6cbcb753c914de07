// [data-dropzone]: shows what was chosen; with data-dropzone-submit it sends the form at once.
// [data-upload-progress] inside the form shows how much went up (htmx forms).
function chosen(zone) {
  const input = zone.querySelector("input[type=file]");
  const label = zone.querySelector("[data-dropzone-file]");
  const file = input.files[0];
  if (label && file) {
    label.textContent = `${file.name} · ${size(file.size)}`;
    label.hidden = false;
  }
  if (file && "dropzoneSubmit" in zone.dataset) input.form.requestSubmit();
}

function size(bytes) {
  const unit = bytes >= 1e6 ? ["megabyte", 1e6] : ["kilobyte", 1e3];
  const format = new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit: unit[0], maximumFractionDigits: 1 });
  return format.format(bytes / unit[1]);
}

for (const name of ["dragenter", "dragover", "dragleave", "drop"]) {
  document.addEventListener(name, (event) => {
    const zone = event.target.closest?.("[data-dropzone]");
    if (!zone) return;
    zone.classList.toggle("is-over", name === "dragenter" || name === "dragover");
  });
}
document.addEventListener("change", (event) => {
  const zone = event.target.closest("[data-dropzone]");
  if (zone) chosen(zone);
});
document.addEventListener("htmx:xhr:progress", (event) => {
  const bar = event.target.querySelector?.("[data-upload-progress]");
  if (!bar || !event.detail.lengthComputable) return;
  bar.hidden = false;
  bar.value = event.detail.loaded / event.detail.total;
});
