// Keys for who settles many mails: j and k go to the next and the previous one, 1 to 9
// tick a right, Enter confirms the proposal. Without this script everything works.
"use strict";

const NEEDS_KEYS = "a, button, input, select, textarea, summary, [contenteditable]";
const primary = document.querySelector("form[data-primary]");

function follow(rel) {
  const link = document.querySelector(`.tray-place a[rel=${rel}]`);
  if (link) link.click();
}

function toggle(number) {
  const form = primary || document.querySelector(".tray-acts form");
  const boxes = form ? form.querySelectorAll("input[name=rights]") : [];
  const box = boxes[number - 1];
  if (!box) return;
  const folded = box.closest("details");
  if (folded) folded.open = true;
  box.checked = !box.checked;
  box.focus();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const at = event.target;
  const isBox = at.matches("input[type=checkbox]");
  // A box that was just ticked takes the keys on; it has no use for them itself.
  if (at.matches(NEEDS_KEYS) && !isBox) return;
  if (event.key === "j") follow("next");
  else if (event.key === "k") follow("prev");
  else if (/^[1-9]$/.test(event.key)) toggle(Number(event.key));
  else if (event.key === "Enter" && primary && !(isBox && !primary.contains(at))) {
    event.preventDefault();
    primary.requestSubmit();
  } else return;
  event.preventDefault();
});

const keys = document.querySelector(".tray-place .keys");
if (keys) keys.hidden = false;
