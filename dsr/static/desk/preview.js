// Shows the letter anew while an officer types. Without this script the button
// “Preview” does the same.
"use strict";

const PAUSE = 400; // milliseconds without a key before the letter is asked for
const form = document.querySelector("form[data-preview]");
const frame = document.querySelector("iframe[name=preview]");
let timer;
let asked = 0;

async function show() {
  const mine = ++asked;
  const answer = await fetch(form.dataset.preview, {
    method: "POST",
    body: new FormData(form),
    credentials: "same-origin",
    redirect: "error",
  });
  if (!answer.ok || mine !== asked) return; // a later text is on its way
  const html = await answer.text();
  // Without its head: the style sheet is there already, and ours allows no second.
  const body = html.slice(html.indexOf("<body"));
  const parsed = new DOMParser().parseFromString(body, "text/html");
  const page = frame.contentDocument;
  // Only the text is exchanged: the page keeps its place, and no script can run.
  page.body.replaceWith(page.importNode(parsed.body, true));
}

form.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(() => show().catch(() => {}), PAUSE);
});
